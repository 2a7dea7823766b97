#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace polycampaign::loopback {

/// Sets an environment variable for the duration of a test.
class Variable {
 public:
  Variable(char const* name, std::string const& value) : name_{name} {
    if (auto const* old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }
  Variable(Variable const&) = delete;
  Variable& operator=(Variable const&) = delete;

 private:
  char const* name_;
  std::optional<std::string> old_;
};

}  // namespace polycampaign::loopback
