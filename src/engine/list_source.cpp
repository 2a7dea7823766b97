#include "engine/list_source.hpp"

#include <initializer_list>

namespace polycampaign::inline v1::engine {

namespace {

using Texts = std::initializer_list<std::optional<std::string> const*>;
using Times = std::initializer_list<CompactOptional<Timestamp> const*>;

/// Hashes these members. Absent if all of them are.
std::optional<std::uint64_t> contents_hash(Texts texts, Times times) {
  auto h = text::hash("no id");
  bool any = false;
  for (auto const* text : texts) {
    any = any || *text;
    h = text::hash(text->value_or(""), h);
  }
  for (auto const* time : times) {
    any = any || *time;
    h = text::mix(h + (*time ? static_cast<std::uint64_t>((*time)->time.time_since_epoch().count()) : 1u));
  }
  return any ? std::optional{h} : std::nullopt;
}

}  // namespace

std::uint64_t contents_of(Campaign const& campaign) {
  auto h = text::hash("no id");
  for (auto const* text : {&campaign.name, &campaign.sender, &campaign.text, &campaign.status.vendor_word})
    h = text::hash(text->value_or(""), h);
  for (auto const* time : {&campaign.created_at, &campaign.scheduled_at, &campaign.started_at,
                           &campaign.finished_at, &campaign.updated_at})
    h = text::mix(h + (*time ? static_cast<std::uint64_t>((*time)->time.time_since_epoch().count()) : 1u));
  return h;
}

std::optional<std::uint64_t> contents_of(Message const& message) {
  return contents_hash({&message.number, &message.text, &message.reference, &message.status.vendor_word},
                       {&message.created_at, &message.sent_at, &message.reported_at});
}

std::optional<std::uint64_t> contents_of(Reply const& reply) {
  return contents_hash({&reply.number, &reply.text, &reply.reference}, {&reply.at});
}

std::optional<std::uint64_t> contents_of(OptOut const& opt_out) {
  return contents_hash({&opt_out.number, &opt_out.text, &opt_out.reference}, {&opt_out.at});
}

std::uint64_t identity_of(Reply const& reply) {
  return text::hash(reply.id, contents_of(reply).value_or(0));
}

}  // namespace polycampaign::inline v1::engine
