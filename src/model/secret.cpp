#include "polycampaign/secret.hpp"

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

constexpr std::size_t largest_file = std::size_t{64} * 1024;

void erase(char* bytes, std::size_t count) noexcept {
  // volatile: the compiler may not drop stores to memory that dies next
  auto volatile* p = static_cast<char volatile*>(bytes);
  for (std::size_t i = 0; i < count; ++i) p[i] = 0;
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

// The whole buffer, the unused part and the one inside the object included: a moved-from short string still
// holds its old bytes.
void erase(std::string& text) noexcept {
  text.resize(text.capacity());
  erase(text.data(), text.size());
  text.clear();
}

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};

// An unbuffered read, so that no stdio buffer keeps a copy. Returns why there is no content.
std::string read_file(std::string const& path, std::string& content) {
  std::unique_ptr<std::FILE, FileCloser> const file{std::fopen(path.c_str(), "rb")};
  if (file == nullptr || std::setvbuf(file.get(), nullptr, _IONBF, 0) != 0) return "cannot be read";
  std::string buffer(largest_file + 1, '\0');
  auto length = std::fread(buffer.data(), 1, buffer.size(), file.get());
  std::string problem;
  if (std::ferror(file.get()) != 0) {
    problem = "cannot be read";
  } else if (length > largest_file) {
    problem = "is larger than 64 KiB";
  } else {
    while (length > 0 && (buffer[length - 1] == '\n' || buffer[length - 1] == '\r')) --length;
    content.assign(buffer.data(), length);
    if (length == 0) problem = "is empty";
  }
  erase(buffer);
  return problem;
}

}  // namespace

Secret::Secret(std::string value) : value_{std::move(value)} {
  erase(value);
}

Secret::Secret(Secret&& other) noexcept
    : value_{std::move(other.value_)}, problem_{std::move(other.problem_)} {
  other.wipe();
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    value_ = std::move(other.value_);
    problem_ = std::move(other.problem_);
    other.wipe();
  }
  return *this;
}

Secret::~Secret() {
  wipe();
}

Secret Secret::from_env(std::string name) {
  Secret secret;
  char const* const value = std::getenv(name.c_str());
  if (value == nullptr)
    secret.problem_ = "environment variable " + name + " is not set";
  else if (*value == '\0')
    secret.problem_ = "environment variable " + name + " is empty";
  else
    secret.value_ = value;
  return secret;
}

Secret Secret::from_file(std::string path) {
  Secret secret;
  auto const problem = read_file(path, secret.value_);
  if (!problem.empty()) secret.problem_ = "file " + path + " " + problem;
  return secret;
}

Secret Secret::clone() const {
  Secret copy;
  copy.value_ = value_;
  copy.problem_ = problem_;
  return copy;
}

void Secret::wipe() noexcept {
  erase(value_);
  problem_.clear();
}

}  // namespace polycampaign::inline v1
