#include "journals/sqlite_file.hpp"

#include "journals/table.hpp"

#ifndef _WIN32
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#else
#include <fstream>
#endif

namespace polycampaign::inline v1::journals {

#ifdef _WIN32

// The rights of the directory apply.
Result<void> prepare_file(std::string const& path) {
  if (std::ifstream{path} || std::ofstream{path, std::ios::app}) return {};
  return failed(ErrorCode::configuration, "the journal " + path + " cannot be created");
}

#else

namespace {

std::string reason(int error) {
  return std::error_code{error, std::generic_category()}.message();
}

Error not_created(std::string const& path, int error) {
  auto const directory = std::filesystem::path{path}.parent_path().string();
  auto what = "the journal " + path + " cannot be created: " + reason(error) + ". ";
  if (error == ENOSPC || error == EDQUOT)
    return failed(ErrorCode::unavailable, what + "Free space on its file system.", true);
  if (error == ENOENT)
    return failed(ErrorCode::configuration, what + "Create the directory " + directory + '.');
  return failed(ErrorCode::configuration,
                what + "Name a file in a directory in which this program may create files.");
}

/// The file gets its name only when it is closed, because closing it releases all of this process's locks on
/// it, and another thread may have opened it with SQLite by then.
Result<void> create(std::string const& path) {
  auto temporary = path + ".XXXXXX";
  int const descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return not_created(path, errno);
  ::fchmod(descriptor, S_IRUSR | S_IWUSR);  // the umask may have taken these rights away
  ::close(descriptor);
  int const linked = ::link(temporary.c_str(), path.c_str());
  int const error = errno;
  ::unlink(temporary.c_str());
  if (linked == 0 || error == EEXIST) return {};
  return not_created(path, error);
}

}  // namespace

Result<void> prepare_file(std::string const& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) {
    if (errno != ENOENT) return not_created(path, errno);
    if (auto created = create(path); !created) return created;
    if (::stat(path.c_str(), &file) != 0) return not_created(path, errno);
  }
  if (!S_ISREG(file.st_mode))
    return failed(ErrorCode::configuration,
                  "the journal " + path + " is not a regular file. Name another file.");
  for (auto const* const suffix : {"", "-wal", "-shm"}) {
    auto const name = path + suffix;
    if (::stat(name.c_str(), &file) == 0 && (file.st_mode & (S_IRWXG | S_IRWXO)) != 0)
      return failed(ErrorCode::configuration,
                    "the journal's file " + name + " is open to other users. Run: chmod 600 '" + name + "'");
  }
  return {};
}

#endif

}  // namespace polycampaign::inline v1::journals
