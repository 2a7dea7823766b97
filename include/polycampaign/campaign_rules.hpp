#pragma once

#include "polycampaign/channel.hpp"
#include "polycampaign/export.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace polycampaign::inline v1 {

enum class Support : std::uint8_t;

/// What a NewCampaign or an UpdateCampaign may contain.
enum class Feature : std::uint8_t {
  to_numbers,    ///< `NewCampaign::recipients`
  to_lists,      ///< `NewCampaign::lists`
  own_texts,     ///< `Recipient::text`
  references,    ///< `Recipient::reference`
  name,          ///< `NewCampaign::name`
  schedule,      ///< `NewCampaign::start_at`
  draft,         ///< `NewCampaign::draft`
  purpose,       ///< `NewCampaign::purpose`
  update_name,   ///< `UpdateCampaign::name`
  update_text,   ///< `UpdateCampaign::text`
  update_start,  ///< `UpdateCampaign::start_at`
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Feature feature) noexcept;
/// Returns every feature of this version, in the order in which tables show them. Valid for the lifetime of
/// the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Feature const> all_features() noexcept;

/// A row of `CampaignRules::features`.
struct FeatureSupport {
  Feature feature{};            ///< the member of NewCampaign or UpdateCampaign
  Support support{};            ///< who provides it
  std::string_view evidence{};  ///< the vendor page that states this, and any doubt about it
};

/// A limit that a vendor documents. Constant data.
struct Limit {
  std::int64_t most = 0;        ///< more is refused before any request; 0: no limit is known
  std::int64_t doubtful = 0;    ///< more gives a warning, because the documents disagree; 0: no doubt
  std::string_view evidence{};  ///< the vendor page that states this
};

/// What a sender may look like. Constant data.
struct SenderRule {
  bool required = false;  ///< whether a campaign needs one
  Limit letters{};        ///< characters of a sender that is a word
  Limit digits{};         ///< digits of a sender that is a number
};

/// What the value of an option is.
enum class OptionKind : std::uint8_t {
  text,    ///< any text of `least` to `most` bytes
  number,  ///< a whole number from `least` to `most`
  word,    ///< one of `words`
  flag,    ///< `true` or `false`
};

/// A row of `CampaignRules::options`: something that only this vendor has. Constant data.
struct OptionRule {
  std::string_view name{};                    ///< the name in `CampaignOption`
  OptionKind kind = OptionKind::text;         ///< what the value is
  std::int64_t least = 0;                     ///< see OptionKind
  std::int64_t most = 0;                      ///< see OptionKind
  std::span<std::string_view const> words{};  ///< see OptionKind
  bool repeatable = false;                    ///< whether it may be given more than once
  bool replaces_text = false;                 ///< whether `NewCampaign::text` may be left out with it
  std::string_view summary{};                 ///< what it does, the default, and the vendor page
};

/// Something in a text that the vendor replaces by something else.
struct Placeholder {
  std::string_view pattern{};  ///< as in the text; `#` stands for one or more digits, `*` for a word
  bool lists_only = false;     ///< only in campaigns that are sent to lists
};

/// What a vendor accepts in a new campaign, as documented. The data is constant and valid for the lifetime of
/// the program. A feature without a row is unsupported.
struct CampaignRules {
  std::span<FeatureSupport const> features{};   ///< at most one row per feature
  std::span<Channel const> channels{};          ///< the channels of `NewCampaign::channel`
  std::span<OptionRule const> options{};        ///< at most one row per name
  std::span<Placeholder const> placeholders{};  ///< what the vendor replaces in a text
  SenderRule sender{};                          ///< the form of `NewCampaign::sender`
  Limit recipients{};                    ///< numbers of one campaign; with more, it takes several campaigns
  Limit lists{};                         ///< lists of one campaign
  Limit name{};                          ///< characters of the name
  Limit reference{};                     ///< characters of a recipient's reference
  Limit gsm7_units{};                    ///< units of a text in GSM-7
  Limit ucs2_units{};                    ///< units of a text in UCS-2
  Limit characters{};                    ///< characters of a text in any encoding
  std::int64_t least_number_digits = 7;  ///< digits of the shortest number that the vendor accepts
  /// How many days ahead a campaign may start, by the vendor's calendar; 0: no limit is known.
  Limit days_ahead{};

  /// Returns who provides the feature. `unsupported` if `features` has no row for it.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Feature feature) const noexcept;
};

/// What a vendor accepts in recipient lists, as documented. Constant data.
struct RecipientListRules {
  Limit numbers{};              ///< numbers of one CreateRecipientList or AddRecipients
  Limit name{};                 ///< characters of a list's name
  std::int64_t least_name = 1;  ///< characters of the shortest name
  /// Whether a name may contain only ASCII letters, digits, `-` and `_`.
  bool plain_name = false;
  bool needs_numbers = false;  ///< whether a list can only be made with a first number in it
};

/// How long the counters of a campaign can move, as documented. Constant data.
struct ReportRules {
  /// Whether the vendor receives delivery reports at all. If not, counters stop when sending ends.
  bool delivery_reports = true;
  /// Hours after a message was handed over in which a delivery report can come; 0: not documented.
  std::int64_t validity_hours = 0;
  std::string_view evidence{};  ///< the vendor page that states this, and any doubt about it
};

}  // namespace polycampaign::inline v1
