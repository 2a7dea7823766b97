#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include "engine/decode_threads.hpp"
#include "runtime/waker.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// A large response that is being decoded. Its destruction leaves the thread behind and does not wait for it.
class Decoding {
 public:
  using Answer = Result<protocol::Conversation::Value>;

  /// Begins, on a thread where one can be had, else here; `waker` is woken when the answer is there. `owner`
  /// is kept as long as `decode` may run.
  Decoding(DecodeThreads& threads, std::shared_ptr<void const> owner, protocol::Conversation::Decode decode,
           HttpResponse response, std::shared_ptr<runtime::Waker> waker);
  ~Decoding();
  Decoding(Decoding const&) = delete;
  Decoding& operator=(Decoding const&) = delete;

  /// The answer, once, when it is there.
  [[nodiscard]] std::optional<Answer> take();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace polycampaign::inline v1::engine
