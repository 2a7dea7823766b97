#include "polycampaign/capabilities.hpp"

#include "polycampaign/operations.hpp"

#include "campaign_rules_view.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <functional>

namespace polycampaign::inline v1::command {

namespace {

std::string mark(Support support) {
  switch (support) {
    case Support::native: return "yes";
    case Support::emulated: return "client";
    case Support::unverified: return "?";
    case Support::unsupported: break;
  }
  return "-";
}

constexpr std::string_view legend =
    "yes: the vendor does this. client: polycampaign does this with the data that the vendor returns.\n"
    "?: the vendor's documentation is unclear or contradicts itself. -: not supported.\n"
    "Fields: in a list / in the detail of one campaign.\n";

struct Row {
  std::string name;
  std::function<std::string(Capabilities const&)> cell;
};

struct Section {
  std::string title;
  std::vector<Row> rows;
};

std::string page_sizes(Capabilities const& c) {
  return std::to_string(c.min_page_size) + " to " + std::to_string(c.max_page_size);
}

std::string yes_or_no(bool yes) {
  return yes ? "yes" : "no";
}

bool creates(Capabilities const& c) {
  return c.support(CreateCampaign::operation) != Support::unsupported;
}

bool makes_lists(Capabilities const& c) {
  return c.support(CreateRecipientList::operation) != Support::unsupported ||
         c.support(AddRecipients::operation) != Support::unsupported;
}

std::vector<Section> sections() {
  Section operations{"Operations", {}};
  for (auto const operation : all_operations())
    operations.rows.push_back({std::string{operation.name},
                               [operation](Capabilities const& c) { return mark(c.support(operation)); }});
  Section filters{"List filters", {}};
  for (auto const filter : all_filters())
    filters.rows.push_back({std::string{to_string(filter)},
                            [filter](Capabilities const& c) { return mark(c.support(filter)); }});
  Section fields{"Fields (list / detail)", {}};
  for (auto const field : all_fields())
    fields.rows.push_back({std::string{to_string(field)}, [field](Capabilities const& c) {
                             return mark(c.in_list(field)) + " / " + mark(c.in_detail(field));
                           }});
  Section limits{"Limits", {}};
  limits.rows = {
      {"page size", page_sizes},
      {"default page size", [](Capabilities const& c) { return std::to_string(c.default_page_size); }},
      {"default prefetch", [](Capabilities const& c) { return std::to_string(c.default_prefetch); }},
      {"pages known ahead", [](Capabilities const& c) { return yes_or_no(c.pages_known_ahead); }},
      {"days per request",
       [](Capabilities const& c) {
         return c.window_days ? std::to_string(*c.window_days) : std::string{"any"};
       }},
      {"campaign time", [](Capabilities const& c) { return std::string{c.time_member}; }},
  };
  Section features{"New and changed campaigns", {}};
  for (auto const feature : all_features())
    features.rows.push_back({std::string{to_string(feature)}, [feature](Capabilities const& c) {
                               return mark(c.campaigns.support(feature));
                             }});
  Section rules{"Limits of new campaigns", {}};
  for (auto& row : rule_rows())
    rules.rows.push_back({std::string{row.name}, [cell = std::move(row.cell)](Capabilities const& c) {
                            return creates(c) ? cell(c.campaigns) : "-";
                          }});
  Section lists{"Limits of recipient lists", {}};
  for (auto& row : list_rule_rows())
    lists.rows.push_back({std::string{row.name}, [cell = std::move(row.cell)](Capabilities const& c) {
                            return makes_lists(c) ? cell(c.lists) : "-";
                          }});
  Section reports{"Delivery reports", {}};
  reports.rows.push_back(
      {"hours in which they can come", [](Capabilities const& c) { return report_cell(c.reports); }});
  return {std::move(operations), std::move(filters), std::move(fields), std::move(limits),
          std::move(features),   std::move(rules),   std::move(lists),  std::move(reports)};
}

void line(std::string& text, std::string_view name, std::string_view evidence) {
  if (!evidence.empty()) text.append("  ").append(name).append(": ").append(evidence).append("\n");
}

/// Returns the vendor's page for each claim.
std::string evidence_of(Capabilities const& c) {
  std::string text{"\n"};
  text.append(c.display_name).append("\n");
  for (auto const& each : c.operations) line(text, each.operation.name, each.evidence);
  for (auto const& each : c.filters)
    line(text, std::string{"filter "}.append(to_string(each.filter)), each.evidence);
  for (auto const& each : c.fields)
    line(text, std::string{"field "}.append(to_string(each.field)), each.evidence);
  line(text, "limits", c.limits_evidence);
  auto const& rules = c.campaigns;
  for (auto const& each : rules.features)
    line(text, std::string{"new campaign "}.append(to_string(each.feature)), each.evidence);
  for (auto const& each : rule_limits(rules))
    line(text, std::string{"limit, "}.append(each.name), each.evidence);
  for (auto const& each : list_rule_limits(c.lists))
    line(text, std::string{"recipient lists, "}.append(each.name), each.evidence);
  line(text, "delivery reports", c.reports.evidence);
  return text;
}

/// Returns the options of `--set` and what the vendors replace in texts.
std::string options(std::vector<Capabilities const*> const& all, std::string_view space,
                    std::string_view bullet) {
  std::string options;
  std::string placeholders;
  for (auto const* c : all) {
    for (auto const& each : option_lines(c->campaigns))
      options.append(bullet).append(c->display_name).append(": ").append(each).append("\n");
    if (auto const words = placeholder_line(c->campaigns); !words.empty())
      placeholders.append(bullet).append(c->display_name).append(": ").append(words).append("\n");
  }
  std::string text;
  if (!options.empty())
    text.append("\nOptions of new campaigns (--set NAME=VALUE)").append(space).append(options);
  if (!placeholders.empty())
    text.append("\nReplaced by the vendor in texts").append(space).append(placeholders);
  return text;
}

/// Returns the limitations below `title`, or an empty string if there are none.
std::string limitations(std::vector<Capabilities const*> const& all, std::string_view title,
                        std::string_view bullet) {
  std::string text;
  for (auto const* c : all)
    for (auto const& sentence : c->limitations)
      text.append(bullet).append(c->display_name).append(": ").append(sentence).append("\n");
  return text.empty() ? text : std::string{title}.append(text);
}

std::string as_table(std::vector<Capabilities const*> const& all, Look const& look) {
  std::vector<Column> columns{{.title = ""}};
  for (auto const* c : all) columns.push_back({.title = std::string{c->display_name}, .least = 6});
  TextTable table{std::move(columns)};
  constexpr int bold = 1;
  for (auto const& section : sections()) {
    table.add(std::vector<Cell>(all.size() + 1));
    std::vector<Cell> title{{section.title, bold}};
    title.resize(all.size() + 1);
    table.add(std::move(title));
    for (auto const& row : section.rows) {
      std::vector<Cell> cells{{"  " + row.name}};
      for (auto const* c : all) cells.push_back({row.cell(*c)});
      table.add(std::move(cells));
    }
  }
  return table.text(look.width, look.coloured)
      .append("\n")
      .append(legend)
      .append(rule_legend)
      .append(limitations(all, "\nLimitations of lists\n", "  "))
      .append(options(all, "\n", "  "));
}

std::string as_markdown(std::vector<Capabilities const*> const& all) {
  std::string text;
  for (auto const& section : sections()) {
    text.append(text.empty() ? "| " : "\n| ").append(section.title).append(" |");
    for (auto const* c : all) text.append(" ").append(c->display_name).append(" |");
    text.append("\n|---|");
    for (std::size_t i = 0; i < all.size(); ++i) text.append("---|");
    text.append("\n");
    for (auto const& row : section.rows) {
      text.append("| `").append(row.name).append("` |");
      for (auto const* c : all) text.append(" ").append(row.cell(*c)).append(" |");
      text.append("\n");
    }
  }
  return text.append("\n")
      .append(legend)
      .append(rule_legend)
      .append(limitations(all, "\nLimitations of lists:\n\n", "* "))
      .append(options(all, ":\n\n", "* "));
}

nlohmann::ordered_json as_json(Capabilities const& c) {
  using Json = nlohmann::ordered_json;
  Json operations = Json::object();
  for (auto const operation : all_operations()) {
    auto const found =
        std::find_if(c.operations.begin(), c.operations.end(),
                     [&](OperationSupport const& each) { return each.operation == operation; });
    operations[std::string{operation.name}] = {
        {"support", to_string(c.support(operation))},
        {"evidence", found == c.operations.end() ? std::string_view{} : found->evidence}};
  }
  Json filters = Json::object();
  for (auto const filter : all_filters()) {
    auto const found = std::find_if(c.filters.begin(), c.filters.end(),
                                    [&](FilterSupport const& each) { return each.filter == filter; });
    filters[std::string{to_string(filter)}] = {
        {"support", to_string(c.support(filter))},
        {"evidence", found == c.filters.end() ? std::string_view{} : found->evidence}};
  }
  Json fields = Json::object();
  for (auto const field : all_fields()) {
    auto const found = std::find_if(c.fields.begin(), c.fields.end(),
                                    [&](FieldSupport const& each) { return each.field == field; });
    fields[std::string{to_string(field)}] = {
        {"list", to_string(c.in_list(field))},
        {"detail", to_string(c.in_detail(field))},
        {"evidence", found == c.fields.end() ? std::string_view{} : found->evidence}};
  }
  Json spots = Json::array();
  for (auto const& sentence : c.limitations) spots.push_back(sentence);
  return {{"provider", c.provider},
          {"display_name", c.display_name},
          {"operations", operations},
          {"filters", filters},
          {"fields", fields},
          {"limits",
           {{"min_page_size", c.min_page_size},
            {"max_page_size", c.max_page_size},
            {"default_page_size", c.default_page_size},
            {"default_prefetch", c.default_prefetch},
            {"pages_known_ahead", c.pages_known_ahead},
            {"window_days", c.window_days ? Json(*c.window_days) : Json{}},
            {"evidence", c.limits_evidence}}},
          {"time_member", c.time_member},
          {"limitations", spots},
          {"campaigns", creates(c) ? rules_json(c.campaigns) : Json{}},
          {"lists", makes_lists(c) ? list_rules_json(c.lists) : Json{}},
          {"reports", reports_json(c.reports)}};
}

}  // namespace

int capabilities(Context& context, CapabilitiesRequest const& request) {
  std::vector<Capabilities const*> all;
  for (auto const* provider : request.providers) all.push_back(&provider->capabilities());
  if (all.empty())
    for (auto const& vendor : context.vendors.all()) all.push_back(&vendor.provider.capabilities());

  if (request.format == Format::json) {
    auto json = nlohmann::ordered_json::array();
    for (auto const* c : all) json.push_back(as_json(*c));
    context.output.write(json.dump(2) + "\n");
    return finish_output(context, success);
  }
  context.output.write(request.format == Format::markdown ? as_markdown(all)
                                                          : as_table(all, look_of(STDOUT_FILENO)));
  if (request.evidence)
    for (auto const* c : all) context.output.write(evidence_of(*c));
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
