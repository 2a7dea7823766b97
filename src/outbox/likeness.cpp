#include "outbox/likeness.hpp"

#include "polycampaign/capabilities.hpp"

#include "outbox/fingerprint.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::outbox {

namespace {

using std::chrono::sys_seconds;

/// Clocks differ by this much without a doubt.
constexpr std::chrono::minutes clock_skew{5};
/// A clock may be wrong by this much; more excludes a campaign.
constexpr std::chrono::minutes wrong_clock{30};
/// A vendor that does not document its time zone may be off by this much.
constexpr std::chrono::hours zone_skew{14};
/// A vendor may show a start without its seconds.
constexpr std::chrono::minutes start_skew{1};

/// Vendors show a number with and without `+`, and remove spaces.
std::string comparable_sender(std::string_view sender) {
  std::string digits;
  for (char const c : sender) {
    if (text::is_digit(c))
      digits += c;
    else if (std::string_view{"+ -./()"}.find(c) == std::string_view::npos)
      return std::string{sender};
  }
  return digits;
}

bool too_long(std::string_view text, Limit const& limit) {
  return limit.doubtful > 0 && static_cast<std::int64_t>(text.size()) > limit.doubtful;
}

Fit compared(std::string const& hash, std::optional<std::string> const& shown) {
  if (hash.empty() || !shown || shown->empty()) return Fit::unknown;
  auto const other = sha256(*shown);
  if (!other) return Fit::unknown;
  return *other == hash ? Fit::yes : Fit::no;
}

/// Returns whether name, text and sender are the part's, and whether the name or the text is.
Likeness contents(Campaign const& campaign, Details const& details, CampaignRules const& rules) {
  auto const stores_names = rules.support(Feature::name) != Support::unsupported;
  // A name that the library made has a token, so another name is that of another campaign.
  if (stores_names && !details.named && campaign.name && !campaign.name->empty()) return {.fit = Fit::no};
  auto const name = compared(details.name_hash, campaign.name);
  auto const text = compared(details.text_hash, campaign.text);
  auto const sender =
      compared(details.sender_hash,
               campaign.sender ? std::optional{comparable_sender(*campaign.sender)} : std::nullopt);
  if (name == Fit::yes || text == Fit::yes) {
    auto const differs = name == Fit::no || text == Fit::no || sender == Fit::no;
    return {.fit = differs ? Fit::unknown : Fit::yes, .content = true};
  }
  if (name == Fit::no || sender == Fit::no) return {.fit = Fit::no};
  // Vendors change texts: a note how to opt out, other characters.
  return {.fit = sender == Fit::yes && text == Fit::unknown ? Fit::yes : Fit::unknown};
}

/// How a time fits, from nearest to farthest.
enum class Nearness {
  inside,
  unknown,
  near,
  far
};

Nearness nearness(Timestamp const& time, sys_seconds first, sys_seconds last, std::chrono::seconds skew) {
  auto const within = [&](std::chrono::seconds more) {
    return time.time >= first - more && time.time <= last + more;
  };
  if (within(skew)) return Nearness::inside;
  if (time.zone == ZoneBasis::assumed && within(zone_skew + skew)) return Nearness::unknown;
  return within(wrong_clock) ? Nearness::near : Nearness::far;
}

/// Returns whether the campaign was made after the intent and before its attempt had ended.
Nearness time_of(Campaign const& campaign, JournalRecord const& record, Details const& details) {
  if (campaign.created_at)
    return nearness(*campaign.created_at, record.created_at, details.send_until, clock_skew);
  if (!campaign.scheduled_at) return Nearness::unknown;
  if (details.start_at)
    return nearness(*campaign.scheduled_at, *details.start_at, *details.start_at, start_skew);
  if (details.draft) return Nearness::unknown;
  return nearness(*campaign.scheduled_at, record.created_at, details.send_until, clock_skew);
}

/// A vendor may show fewer: it leaves some out, or it has not counted all of them yet.
Fit count_of(Campaign const& campaign, JournalRecord const& record) {
  if (record.recipients == 0) return Fit::unknown;
  auto const& s = campaign.statistics;
  if (s.recipients && *s.recipients > record.recipients) return Fit::no;
  auto const shown = s.recipients ? s.recipients : s.messages;
  return shown && *shown == record.recipients ? Fit::yes : Fit::unknown;
}

Fit combined(Fit contents, Nearness time, Fit count) {
  if (contents == Fit::no || count == Fit::no || time == Nearness::far) return Fit::no;
  // Two deviations together are another campaign.
  if (time == Nearness::near && contents != Fit::yes) return Fit::no;
  return contents == Fit::yes && count == Fit::yes && time == Nearness::inside ? Fit::yes : Fit::unknown;
}

}  // namespace

Result<void> set_hashes(Details& details, NewCampaign const& campaign, CampaignRules const& rules) {
  auto const set = [](std::string& hash, std::string const& text) -> Result<void> {
    hash.clear();
    if (text.empty()) return {};
    auto computed = sha256(text);
    if (!computed) return std::move(computed).error();
    hash = *std::move(computed);
    return {};
  };
  auto const sender = comparable_sender(campaign.sender);
  auto const is_number = !sender.empty() && text::is_digits(sender);
  auto const& longest = is_number ? rules.sender.digits : rules.sender.letters;
  auto const stores_names = rules.support(Feature::name) != Support::unsupported;
  details.named = !campaign.name.empty();
  for (auto const& done :
       {set(details.sender_hash, too_long(sender, longest) ? std::string{} : sender),
        set(details.text_hash, campaign.text),
        set(details.name_hash,
            stores_names && !too_long(campaign.name, rules.name) ? campaign.name : std::string{})})
    if (!done) return done.error();
  return {};
}

Likeness likeness(Campaign const& campaign, JournalRecord const& record, Details const& details,
                  CampaignRules const& rules) {
  auto const shown = contents(campaign, details, rules);
  return {.fit = combined(shown.fit, time_of(campaign, record, details), count_of(campaign, record)),
          .content = shown.content};
}

Likeness likeness_by_reference(Campaign const& campaign, JournalRecord const& record,
                               Details const& details) {
  return {.fit = combined(Fit::yes, time_of(campaign, record, details), count_of(campaign, record)),
          .content = true};
}

bool has_token(Campaign const& campaign, Details const& details) {
  if (!campaign.name) return false;
  auto const in_name = [&](std::string const& token) {
    return !token.empty() && campaign.name->find(token) != std::string::npos;
  };
  return in_name(details.token) || std::ranges::any_of(details.earlier_tokens, in_name);
}

}  // namespace polycampaign::inline v1::outbox
