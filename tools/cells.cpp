#include "cells.hpp"

#include "display.hpp"

namespace polycampaign::inline v1::command {

std::string text_or_absent(std::optional<std::string> const& text) {
  return text ? printable(*text) : std::string{absent};
}

std::string count_text(Count const& count) {
  return count ? std::to_string(*count) : std::string{absent};
}

std::string cost_cell(std::optional<Cost> const& cost) {
  if (!cost) return std::string{absent};
  auto text = cost->amount.text() + " " + printable(cost->unit);
  if (cost->kind == CostKind::estimate) text += " (estimate)";
  return text;
}

std::string minute(CompactOptional<Timestamp> const& time) {
  if (!time) return std::string{absent};
  auto text = to_rfc3339(time->time);
  text[10] = ' ';
  text.resize(16);
  if (time->zone == ZoneBasis::assumed) text += '~';
  return text;
}

}  // namespace polycampaign::inline v1::command
