#include "testing/vendors/yeastar/pages.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::yeastar {

std::optional<Answer> read_page(RequestTarget const& target, VendorSimulator const& simulator,
                                std::int64_t total, PageSlice& slice) {
  std::int64_t numbers[2]{};
  for (auto const& [field, into] : {std::pair{"page", &numbers[0]}, std::pair{"page_size", &numbers[1]}}) {
    auto const text = target.parameter(field).value_or("");
    if (text.empty()) return invalid(field, "required");
    auto const number = whole_number(text);
    if (!number) return invalid(field, "integer");
    *into = *number;
  }
  auto [page, size] = numbers;
  if (page == 0 && simulator.is("page_zero", "first")) page = 1;
  if (page < 1) return invalid("page", "min");
  if (size < 1) return invalid("page_size", "min");
  auto const cap = std::max<std::int64_t>(simulator.switch_number("page_cap"), 1);
  if (size > cap && simulator.is("page_size_over", "refuse")) return invalid("page_size", "max");
  size = std::min(size, cap);
  // A page this far out has no records. The check keeps the product below in range.
  auto const first = page > total / size + 1 ? total : std::min((page - 1) * size, total);
  if (first == total && page > 1 && simulator.is("past_end", "refuse")) return invalid("page", "max");
  slice = {first, size};
  return std::nullopt;
}

Answer page_answer(VendorSimulator const& simulator, std::int64_t total, nlohmann::ordered_json items) {
  Answer answer;
  bool const text = simulator.is("total_number", "text");
  answer.content["total_number"] =
      text ? nlohmann::ordered_json(std::to_string(total)) : nlohmann::ordered_json(total);
  answer.content[std::string{simulator.switch_value("list_key")}] = std::move(items);
  return answer;
}

Answer one_answer(VendorSimulator const& simulator, nlohmann::ordered_json record) {
  Answer answer;
  auto const* const member = simulator.is("get_shape", "list") ? "list" : "data";
  if (simulator.is("get_shape", "object"))
    answer.content[member] = std::move(record);
  else
    answer.content[member] = nlohmann::ordered_json::array({std::move(record)});
  return answer;
}

std::optional<Answer> wrong_id(std::string_view id) {
  if (id.empty()) return invalid("id", "required");
  if (!whole_number(id)) return invalid("id", "integer");
  return std::nullopt;
}

nlohmann::ordered_json id_value(std::int64_t id, VendorSimulator const& simulator) {
  if (simulator.is("id", "text")) return std::to_string(id);
  return id;
}

}  // namespace polycampaign::inline v1::testing::yeastar
