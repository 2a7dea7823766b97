#include "polycampaign/json.hpp"

#include "commands.hpp"
#include "exit_status.hpp"
#include "input.hpp"

namespace polycampaign::inline v1::command {

int decode(Context& context, DecodeRequest const& request) {
  auto body = read_file(request.file, true);
  if (!body) {
    auto const source = request.file == "-" ? "standard input" : request.file;
    body.error().message = "cannot read " + source + ": " + body.error().message;
    context.console.error(body.error());
    return usage;
  }
  auto campaigns =
      request.provider->decode(request.document, *std::move(body), {.time_zone = request.time_zone});
  if (!campaigns) {
    if (campaigns.error().provider.empty()) campaigns.error().provider = request.provider->name;
    context.console.error(campaigns.error());
    return campaigns.error().code == ErrorCode::configuration ? usage : nothing;
  }
  for (auto const& campaign : *campaigns)
    if (!context.output.write(to_json(campaign) + "\n")) break;
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
