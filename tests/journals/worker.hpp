#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

extern char** environ;

namespace polycampaign::test {

/// `journal_worker` in a process of its own. Its output is read through one pipe.
class Worker {
 public:
  explicit Worker(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), POLYCAMPAIGN_JOURNAL_WORKER);
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&process_, pointers[0], &actions, nullptr, pointers.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    output_ = pipe[0];
  }
  ~Worker() {
    if (process_ > 0) kill();
    ::close(output_);
  }
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;

  /// Waits until the worker has printed this many lines.
  void wait_for_lines(int lines) {
    char c = 0;
    while (lines > 0 && ::read(output_, &c, 1) == 1) {
      text_ += c;
      if (c == '\n') --lines;
    }
  }
  /// Kills the worker, as a crash does. Returns everything that it has printed.
  std::string kill() {
    ::kill(process_, SIGKILL);
    return end().second;
  }
  /// Waits for the worker. Returns its exit status and what it has printed.
  std::pair<int, std::string> end() {
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = ::read(output_, buffer.data(), buffer.size())) > 0;)
      text_.append(buffer.data(), static_cast<std::size_t>(got));
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_};
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string text_{};
};

/// A folder that is removed at the end.
class Folder {
 public:
  Folder() {
    auto name = ::testing::TempDir() + "polycampaign-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  [[nodiscard]] std::string path() const { return path_; }
  [[nodiscard]] std::string file(std::string const& name) const { return path_ + '/' + name; }

 private:
  std::string path_{};
};

/// Returns the text without spaces and line ends, which documents may place elsewhere.
inline std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

/// Returns docs/journals.md, without spaces.
inline std::string documented() {
  std::ifstream file{POLYCAMPAIGN_TEST_DATA "/../../docs/journals.md"};
  std::stringstream text;
  text << file.rdbuf();
  return without_spaces(text.str());
}

}  // namespace polycampaign::test
