#include "polycampaign/secret.hpp"

#include <atomic>
#include <cerrno>
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

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};

std::FILE* open_file(std::string const& path) noexcept {
#ifdef _WIN32
  return std::fopen(path.c_str(), "rb");
#else
  return std::fopen(path.c_str(), "rbe");  // no child of this process inherits it
#endif
}

// What editors, `echo` and here-documents leave behind a value.
std::string_view without_line_ends(std::string_view text) noexcept {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// An unbuffered read, so that no stdio buffer keeps a copy. Returns why there is no content.
std::string read_file(std::string const& path, std::string& content) {
  std::unique_ptr<std::FILE, FileCloser> const file{open_file(path)};
  if (file == nullptr && (errno == EMFILE || errno == ENFILE))
    return "cannot be read because no file descriptor is free; raise the limit (ulimit -n)";
  if (file == nullptr || std::setvbuf(file.get(), nullptr, _IONBF, 0) != 0) return "cannot be read";
  std::string buffer(largest_file + 1, '\0');
  auto const length = std::fread(buffer.data(), 1, buffer.size(), file.get());
  std::string problem;
  if (std::ferror(file.get()) != 0) {
    problem = "cannot be read";
  } else if (length > largest_file) {
    problem = "is larger than 64 KiB";
  } else {
    content = without_line_ends({buffer.data(), length});
    if (content.empty()) problem = "is empty";
  }
  wipe(buffer);
  return problem;
}

}  // namespace

// The whole buffer, the one inside the object included: a moved-from short string still holds its old bytes.
void wipe(std::string& text) noexcept {
  text.resize(text.capacity());
  erase(text.data(), text.size());
  text.clear();
}

Secret::Secret(std::string value) : value_{std::move(value)} {
  polycampaign::wipe(value);
}

Secret::Secret(Secret&& other) noexcept
    : value_{std::move(other.value_)},
      source_{std::move(other.source_)},
      problem_{std::move(other.problem_)} {
  other.wipe();
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    value_ = std::move(other.value_);
    source_ = std::move(other.source_);
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
  secret.source_ = "environment variable " + name;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  char const* const value = std::getenv(name.c_str());
  if (value == nullptr) {
    secret.problem_ = secret.source_ + " is not set";
    return secret;
  }
  secret.value_ = without_line_ends(value);
  if (secret.value_.empty()) secret.problem_ = secret.source_ + " is empty";
  return secret;
}

Secret Secret::from_file(std::string path) {
  Secret secret;
  secret.source_ = "file " + path;
  auto const problem = read_file(path, secret.value_);
  if (!problem.empty()) secret.problem_ = secret.source_ + ' ' + problem;
  return secret;
}

Secret Secret::clone() const {
  Secret copy;
  copy.value_ = value_;
  copy.source_ = source_;
  copy.problem_ = problem_;
  return copy;
}

void Secret::wipe() noexcept {
  polycampaign::wipe(value_);
  source_.clear();
  problem_.clear();
}

}  // namespace polycampaign::inline v1
