"""What each dependency is called, wherever it is named. The recipes, manifests and CMake files are compared with this table."""
import collections

Package = collections.namedtuple("Package", "cmake target conan vcpkg debian pkgconfig")
PACKAGES = [Package(*row) for row in (
    # find_package       target                          Conan            vcpkg            Debian                       pkg-config
    ("CURL",             "CURL::libcurl",                "libcurl",       "curl",          "libcurl4-openssl-dev",      "libcurl"),
    ("OpenSSL",          "OpenSSL::Crypto",              "openssl",       "openssl",       "libssl-dev",                "libcrypto"),
    ("nlohmann_json",    "nlohmann_json::nlohmann_json", "nlohmann_json", "nlohmann-json", "nlohmann-json3-dev",        None),
    ("pugixml",          "pugixml::pugixml",             "pugixml",       "pugixml",       "libpugixml-dev",            "pugixml"),
    ("simdjson",         "simdjson::simdjson",           "simdjson",      "simdjson",      "libsimdjson-dev",           "simdjson"),
    ("date",             "date::date-tz",                "date",          "date",          "libhowardhinnant-date-dev", None),
    ("SQLite3",          "SQLite::SQLite3",              "sqlite3",       "sqlite3",       "libsqlite3-dev",            "sqlite3"),
    ("PostgreSQL",       "PostgreSQL::PostgreSQL",       "libpq",         "libpq",         "libpq-dev",                 "libpq"),
    ("httplib",          "httplib::httplib",             "cpp-httplib",   "cpp-httplib",   "libcpp-httplib-dev",        "cpp-httplib"),
    ("CLI11",            "CLI11::CLI11",                 "cli11",         "cli11",         "libcli11-dev",              None),
    ("tomlplusplus",     "tomlplusplus::tomlplusplus",   "tomlplusplus",  "tomlplusplus",  "libtomlplusplus-dev",       None),
    ("GTest",            None,                           None,            "gtest",         "libgtest-dev",              None),
    ("benchmark",        None,                           None,            "benchmark",     "libbenchmark-dev",          None),
    ("EXPAT",            None,                           None,            "expat",         "libexpat1-dev",             None),
)]
# headers alone: a static library's users need not have them
HEADERS_ONLY = {"nlohmann_json"}
