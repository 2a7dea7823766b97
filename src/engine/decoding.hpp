#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include "engine/decode_threads.hpp"
#include "runtime/waker.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// The decoding of a large response. The destructor leaves the thread behind and does not wait for it.
class Decoding {
 public:
  using Answer = Result<protocol::Conversation::Value>;

  /// Starts to decode: on a thread if one is available, otherwise in this call. `waker` is woken when the
  /// answer is available. `owner` is kept alive as long as `decode` may run.
  Decoding(DecodeThreads& threads, std::shared_ptr<void const> owner, protocol::Conversation::Decode decode,
           HttpResponse response, std::shared_ptr<runtime::Waker> waker);
  ~Decoding();
  Decoding(Decoding const&) = delete;
  Decoding& operator=(Decoding const&) = delete;

  /// Returns the answer once it is available. It can be taken once.
  [[nodiscard]] std::optional<Answer> take();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace polycampaign::inline v1::engine
