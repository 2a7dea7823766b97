"""What the library needs is the same in CMake, in Conan's recipe, in vcpkg's manifests, in the pkg-config file and in
scripts/packages; and its version and its licence are the same everywhere."""
import itertools
import json
import re

import conan_stub
from packages import HEADERS_ONLY, PACKAGES
from support import SOURCE, check, fail

TOOLS = {"Threads", "Python3"}  # no dependency of ours


def text_of(name):
    return (SOURCE / name).read_text()


def found(*patterns):
    """What the CMake files matching the patterns look for."""
    names = set()
    for path in itertools.chain.from_iterable(SOURCE.glob(pattern) for pattern in patterns):
        names |= set(re.findall(r"find_package\((\w+)", path.read_text()))
    return names - TOOLS


def names(packages, column):
    table = {package.cmake: package for package in PACKAGES}
    unknown = packages - set(table)
    if unknown:
        fail(f"packages.py has no row for {unknown}")
    return {getattr(table[package], column) for package in packages} - {None}


JOURNALS = {"sqlite": {"SQLite3"}, "postgres": {"PostgreSQL"}}
journals = set().union(*JOURNALS.values())
core = found("CMakeLists.txt")
check(journals <= core, "the journals' databases are looked for")
library = core - journals
testing = found("src/testing/CMakeLists.txt")
tools = found("tools/CMakeLists.txt")
check(library == {"CURL", "OpenSSL", "nlohmann_json", "pugixml", "simdjson", "date"}, f"the library is made of {sorted(library)}")
check(not found("src/*/CMakeLists.txt", "src/vendors/*/CMakeLists.txt") - testing, "no folder of src looks for more")
tests = found("tests/**/CMakeLists.txt", "benchmarks/**/CMakeLists.txt", "examples/CMakeLists.txt")
tests -= found("tests/consumers/*/CMakeLists.txt") | {"polycampaign"}

# users of an installed static library
config = text_of("cmake/polycampaign-config.cmake.in")
wanted = set(re.findall(r"find_dependency\((\w+)", config)) - TOOLS
check(wanted == library - HEADERS_ONLY | testing | journals, f"the CMake package looks for {sorted(wanted)}")
for package in ("CURL", "SQLite3", "PostgreSQL"):
    least = re.search(rf"find_package\({package} ([\d.]+)", text_of("CMakeLists.txt"))[1]
    check(f"find_dependency({package} {least})" in config, f"the least version of {package} is the same for users")
check("@POLYCAMPAIGN_COMMAND_LIBRARIES@" in config, "and for what the command is made of")
version = re.search(r"find_package\(CURL ([\d.]+)", text_of("CMakeLists.txt"))[1]

# pkg-config: what has a file there; date's library is named
install = re.sub(r"^\s*#.*", "", text_of("cmake/PolycampaignInstall.cmake"), flags=re.M)
modules = [set(re.findall(r"[\w-]{3,}", re.sub(r'"([\w-]+) [^"]*"', r"\1", words)))
           for words in re.findall(r"\bPACKAGES ((?:\"[^\"]*\"|[\w-]+| )+?) LIBS", install)]
check(modules == [names(library, "pkgconfig"), names(JOURNALS["sqlite"], "pkgconfig"), names(JOURNALS["postgres"], "pkgconfig"),
                  {"pugixml"} | names(testing, "pkgconfig")], f"the pkg-config files need {modules}")
check({"sqlite3 >= 3.35", "libpq >= 12"} <= set(re.findall(r'"((?:sqlite3|libpq) >= [\d.]+)"', install)), "so do those of the journals")
check(f"libcurl >= {version}" in install and "-ldate-tz" in install, "libcurl's least version and date are named there")

# Conan
conan_stub.install()
source = text_of("conanfile.py")
space = {}
exec(compile(source, "conanfile.py", "exec"), space)
Recipe = space["PolycampaignConan"]
settings = {"os": "Linux", "arch": "x86_64", "build_type": "Release", "compiler": conan_stub.Compiler("gcc", "12", "20")}


def required(**options):
    return {reference.split("/")[0] for reference in Recipe(settings, options).requirement_refs}


check(required() == names(library, "conan"), f"Conan: {sorted(required())}")
check(required(testing=True) - required() == names(testing, "conan"), "Conan: testing")
check(required(testing=True, tools=True) - required(testing=True) == names(tools, "conan"), "Conan: tools")
for name, packages in JOURNALS.items():
    check(required(**{name: True}) - required() == names(packages, "conan"), f"Conan: {name}")
check(f"libcurl/[>={version} <9]" in source, "Conan: libcurl's least version")


# vcpkg
def ports(dependencies, own="polycampaign"):
    entries = [{"name": entry} if isinstance(entry, str) else entry for entry in dependencies]
    return {entry["name"] for entry in entries if not entry.get("host")} - {own}


port = json.loads(text_of("packaging/vcpkg/ports/polycampaign/vcpkg.json"))
check(ports(port["dependencies"]) == names(library, "vcpkg"), f"vcpkg: {sorted(ports(port['dependencies']))}")
check(ports(port["features"]["testing"]["dependencies"]) == names(testing, "vcpkg"), "vcpkg: testing")
for name, packages in JOURNALS.items():
    check(ports(port["features"][name]["dependencies"]) == names(packages, "vcpkg"), f"vcpkg: {name}")
check(ports(port["features"]["tools"]["dependencies"]) == names(tools, "vcpkg"), "vcpkg: tools")
development = json.loads(text_of("vcpkg.json"))
everything = library | journals | testing | tools | tests
check(ports(development["dependencies"]) == names(everything, "vcpkg"), "vcpkg: what developers need")

# Debian
packages = set(re.search(r"^packages=\((.*?)\)", text_of("scripts/packages"), re.M | re.S)[1].split())
missing = names(everything, "debian") - packages
check(not missing, f"scripts/packages has all of it {sorted(missing)}")
known = {package.debian for package in PACKAGES}
stray = {name for name in packages if name.startswith("lib") and name.endswith("-dev")} - known - {"libbrotli-dev"}
check(not stray, f"scripts/packages has no library that nobody uses {sorted(stray)}")

# version, licence, description
number = re.search(r"project\(polycampaign VERSION ([\d.]+) DESCRIPTION \"([^\"]+)\"", text_of("CMakeLists.txt"))
header = text_of("include/polycampaign/version.hpp")
check(".".join(re.findall(r"#define POLYCAMPAIGN_VERSION_\w+ (\d+)", header)) == number[1], "version.hpp has CMakeLists.txt's version")
check(f"## {number[1]}" in text_of("CHANGELOG.md"), "CHANGELOG.md has it")
check({port["version-semver"], development["version-semver"]} == {number[1]}, "vcpkg's manifests have it")
check(f"v{number[1]}" in text_of("packaging/README.md"), "packaging/README.md's tag is it")
check(not re.search(r"^    version\s*=", source, re.M), "Conan's recipe has no version of its own")
check({Recipe.description, port["description"]} == {number[2]}, "the description is the same")
check(text_of("LICENSE").startswith("MIT License") and {Recipe.license, port["license"]} == {"MIT"}, "the licence is the same")
