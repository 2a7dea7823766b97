import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir
from conan.tools.scm import Version

required_conan_version = ">=2.8"


class PolycampaignConan(ConanFile):
    name = "polycampaign"
    description = "SMS campaigns of many vendors through one client"
    license = "MIT"
    topics = ("sms", "campaigns", "messaging", "bulk-sms")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "fPIC": [True, False],
        "with_date": [True, False],
        "sqlite": [True, False],
        "postgres": [True, False],
        "testing": [True, False],
        "tools": [True, False],
    }
    default_options = {
        "shared": False,
        "fPIC": True,
        "with_date": True,
        "sqlite": False,
        "postgres": False,
        "testing": False,
        "tools": False,
        # by default that recipe's library downloads the time zones while the program runs
        "date/*:tz_db": "system",
    }
    options_description = {
        "with_date": "Time zones by Howard Hinnant's date, for standard libraries whose <chrono> has none",
        "sqlite": "polycampaign::sqlite: the outbox's journal in an SQLite file",
        "postgres": "polycampaign::postgres: the outbox's journal in PostgreSQL",
        "testing": "polycampaign::testing: fakes and simulators of the vendors",
        "tools": "The polycampaign command; needs testing",
    }
    exports_sources = "CMakeLists.txt", "LICENSE", "README.md", "CHANGELOG.md", "cmake/*", "include/*", "src/*", "tools/*"

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = self.version or re.search(r"project\(polycampaign VERSION ([\d.]+)", text).group(1)

    def config_options(self):
        if self.settings.os == "Windows":
            del self.options.fPIC
        # where <chrono> is known to have time zones; the libstdc++ that clang uses may be of any version
        gcc14 = self.settings.compiler == "gcc" and not self._is_old_gcc()
        self.options.with_date = self.settings.os != "Windows" and not gcc14

    def _is_old_gcc(self):
        return self.settings.compiler == "gcc" and Version(self.settings.compiler.version) < 14

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("libcurl/[>=7.80 <9]")
        self.requires("nlohmann_json/[>=3.11 <4]")
        self.requires("openssl/[>=3 <4]")
        self.requires("pugixml/[>=1.13 <2]")
        self.requires("simdjson/[>=3.0 <5]")
        if self.options.with_date:
            self.requires("date/[>=3.0.1 <4]")
        if self.options.sqlite:
            self.requires("sqlite3/[>=3.35 <4]")
        if self.options.postgres:
            self.requires("libpq/[>=12 <19]")
        if self.options.testing:
            self.requires("cpp-httplib/[>=0.11.4 <1]")
        if self.options.tools:
            self.requires("cli11/[>=2.1 <3]")
            self.requires("tomlplusplus/[>=3.3 <4]")

    def validate(self):
        check_min_cppstd(self, 20)
        if not self.dependencies["libcurl"].options.get_safe("with_ssl", True):
            raise ConanInvalidConfiguration("polycampaign speaks https: it needs libcurl/*:with_ssl")
        if self.options.tools and not self.options.testing:
            raise ConanInvalidConfiguration("tools needs testing: `polycampaign simulate` is a part of the command")
        if self.options.with_date:
            if self.settings.os == "Windows":
                raise ConanInvalidConfiguration("date cannot read the system's time zones on Windows: with_date=False is needed")
            zones = self.dependencies["date"].options
            if zones.get_safe("header_only", False) or zones.get_safe("tz_db", "system") != "system":
                raise ConanInvalidConfiguration("polycampaign reads the system's time zones: it needs date/*:tz_db=system")
        elif self._is_old_gcc() or self.settings.compiler == "apple-clang" or self.settings.get_safe("compiler.libcxx") == "libc++":
            raise ConanInvalidConfiguration("<chrono> of this compiler's standard library has no time zones: with_date=True is needed")

    def generate(self):
        toolchain = CMakeToolchain(self)
        for option, value in self._cmake_options().items():
            toolchain.cache_variables[f"POLYCAMPAIGN_{option}"] = value
        toolchain.generate()
        CMakeDeps(self).generate()

    def _cmake_options(self):
        return {
            "WITH_DATE": bool(self.options.with_date),
            "WITH_SQLITE": bool(self.options.sqlite),
            "WITH_POSTGRES": bool(self.options.postgres),
            "BUILD_TESTING_KIT": bool(self.options.testing),
            "BUILD_TOOLS": bool(self.options.tools),
            "BUILD_EXAMPLES": False,
            "BUILD_TESTS": False,
            "BUILD_BENCHMARKS": False,
            "INSTALL": True,
        }

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "polycampaign")
        # before 1.0 another minor version is another library
        self.cpp_info.set_property("cmake_config_version_compat", "SameMinorVersion")
        # everything at once; polycampaign::polycampaign is the library alone
        self.cpp_info.set_property("cmake_target_name", "polycampaign::all")
        library = self._component("library", "polycampaign::polycampaign", "polycampaign")
        library.requires = ["libcurl::libcurl", "nlohmann_json::nlohmann_json", "openssl::crypto", "pugixml::pugixml",
                            "simdjson::simdjson"]
        if self.options.with_date:
            library.requires.append("date::date-tz")
        if self.options.sqlite:
            self._component("sqlite", "polycampaign::sqlite", "polycampaign_sqlite").requires = ["library", "sqlite3::sqlite3"]
        if self.options.postgres:
            self._component("postgres", "polycampaign::postgres", "polycampaign_postgres").requires = ["library", "libpq::libpq"]
        if self.options.testing:
            testing = self._component("testing", "polycampaign::testing", "polycampaign_testing")
            testing.requires = ["library", "nlohmann_json::nlohmann_json", "pugixml::pugixml", "cpp-httplib::cpp-httplib"]
        if self.options.tools:
            command = self._component("command", "polycampaign::command", "polycampaign_command")
            command.requires = ["testing", "nlohmann_json::nlohmann_json", "cli11::cli11", "tomlplusplus::tomlplusplus"]

    def _component(self, name, target, library):
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", target)
        component.set_property("pkg_config_name", library.replace("_", "-"))
        component.libs = [library]
        if not self.options.shared:
            component.defines = [f"{library.upper()}_STATIC_DEFINE"]
        if self.settings.os in ("Linux", "FreeBSD"):
            component.system_libs = ["pthread"]
        return component
