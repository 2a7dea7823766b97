#pragma once

#include <polycampaign/testing/vendor_simulator.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A third-party vendor, simulated as anybody outside of the library would do it. Its login returns a ticket,
/// and its list is lines of text.
class CourierSimulator final : public testing::VendorSimulator {
 public:
  static constexpr testing::Switch switches[] = {
      {"order", "newest|oldest", "of the list"},
      {"page_size", "10|50", "jobs a page"},
      {"mood", "good|bad", "whether a job is told, or the server breaks"},
  };
  static constexpr testing::CampaignShape shape{.first_number = 1000, .currency = "EUR"};

  explicit CourierSimulator(testing::SimulatorOptions options)
      : VendorSimulator{std::move(options), switches, shape},
        key_{testing::hex_text(this->options().seed, 16)} {}

  HttpResponse answer(HttpRequest const& request, testing::RequestTarget const& target) override {
    if (target.path == "/ticket") {
      if (request.method != "POST" || testing::request_header(request, "x-key") != key_)
        return testing::text_answer(403, "text/plain", "who are you?");
      tickets_.push_back("ticket-" + std::to_string(++issued_));
      return testing::text_answer(200, "text/plain", tickets_.back());
    }
    if (std::ranges::find(tickets_, target.parameter("ticket").value_or("")) == tickets_.end())
      return testing::text_answer(401, "text/plain", "no ticket");
    if (target.segments.size() == 2 && target.segments[0] == "jobs") {
      if (is("mood", "bad")) throw std::runtime_error{"in a bad mood"};
      auto const* const job = find(target.segments[1]);
      return job ? testing::text_answer(200, "text/plain", job->name)
                 : testing::text_answer(404, "text/plain", "");
    }
    auto jobs = campaigns();
    if (is("order", "oldest")) std::ranges::reverse(jobs);
    auto const size = switch_number("page_size");
    auto const page = testing::whole_number(target.parameter("page").value_or("0")).value_or(0);
    std::string body;
    for (auto const& job : testing::page_of(jobs, page * size, size)) body += job.id + '\n';
    return testing::text_answer(200, "text/plain", std::move(body));
  }
  std::map<std::string, std::string> credentials() const override { return {{"key", key_}}; }
  void expire_tokens() override { tickets_.clear(); }
  bool lists_by_default(testing::SimulatedCampaign const& job) const override {
    return job.status != StatusCode::failed;
  }
  bool keeps_connections() const override { return false; }
  bool is_credential(std::string_view parameter) const override { return parameter == "ticket"; }

 private:
  std::string key_;
  std::vector<std::string> tickets_;
  int issued_ = 0;
};

inline constexpr testing::SimulatedVendor courier{
    .name = "courier",
    .make = [](testing::SimulatorOptions options) -> std::unique_ptr<testing::VendorSimulator> {
      return std::make_unique<CourierSimulator>(std::move(options));
    },
    .switches = []() noexcept -> std::span<testing::Switch const> { return CourierSimulator::switches; },
};

}  // namespace polycampaign::test
