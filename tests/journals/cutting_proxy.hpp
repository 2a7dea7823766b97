#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::test {

/// What the proxy does, once, when a client sends a certain statement.
enum class Cut {
  nothing,
  before,  ///< ends the connection instead of passing the statement on
  after,   ///< passes it on, waits for the answer, and ends the connection instead of passing the answer on
  freeze,  ///< passes nothing on from then on, on any connection, until the proxy ends
};

/// Stands between clients and a Unix socket of PostgreSQL, and loses what a test wants to be lost.
class CuttingProxy {
 public:
  explicit CuttingProxy(std::string socket);
  ~CuttingProxy();
  CuttingProxy(CuttingProxy const&) = delete;
  CuttingProxy& operator=(CuttingProxy const&) = delete;

  /// Returns the address for a connection string.
  [[nodiscard]] std::string address() const;
  /// Cuts the next `times` statements that contain these words.
  void cut(Cut how, std::string statement, int times = 1);
  /// Returns how many statements with these words were passed on since the proxy began or `cut` was called.
  [[nodiscard]] int passed() const { return passed_; }
  /// Returns how many were cut.
  [[nodiscard]] int cuts() const { return cuts_; }

 private:
  void accept_all();
  void serve(int client);
  /// Returns what happens to these bytes of a client, and counts them.
  Cut decide(std::string const& bytes);

  std::string const socket_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_{};  // guards what follows
  std::string statement_{};
  Cut how_ = Cut::nothing;
  int left_ = 0;
  std::atomic<int> passed_{0};
  std::atomic<int> cuts_{0};
  std::atomic<bool> frozen_{false};
  std::atomic<bool> ended_{false};
  std::vector<std::thread> threads_{};
  std::thread acceptor_{};
};

}  // namespace polycampaign::test
