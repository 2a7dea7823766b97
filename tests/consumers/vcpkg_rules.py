"""The rules by which vcpkg's reviewers read a port, applied to ours and to the manifest for developers."""
import collections
import json
import re

from support import SOURCE, code_block, fail

VCPKG = SOURCE / "packaging/vcpkg"
PORT = VCPKG / "ports/polycampaign"
problems = []

# the order in which `vcpkg format-manifest` writes the members
ORDER = ["$schema", "name", "version", "version-semver", "port-version", "maintainers", "description", "homepage", "documentation",
         "license", "supports", "builtin-baseline", "dependencies", "overrides", "default-features", "features"]
DEPENDENCY = ["name", "host", "default-features", "features", "platform", "version>="]
FEATURE = ["description", "license", "supports", "dependencies"]
HOST = {"vcpkg-cmake", "vcpkg-cmake-config"}
DEPRECATED = ("vcpkg_configure_cmake", "vcpkg_install_cmake", "vcpkg_build_cmake", "vcpkg_fixup_cmake_targets", "vcpkg_apply_patches",
              "vcpkg_extract_source_archive_ex", "vcpkg_use_system", "vcpkg_check_linkage")


def refuse(good, what):
    if not good:
        problems.append(what)


def members(value, allowed, where):
    """Only known members, in the order of `vcpkg format-manifest`."""
    names = list(value)
    for name in names:
        refuse(name in allowed, f"{where}: no member '{name}'")
    known = [name for name in names if name in allowed]
    refuse(known == sorted(known, key=allowed.index), f"{where}: members in the order of `vcpkg format-manifest`: {known}")


def no_duplicates(pairs):
    for name, count in collections.Counter(name for name, _ in pairs).items():
        refuse(count == 1, f"'{name}' twice")
    return dict(pairs)


def dependencies(value, own, where):
    names = []
    for dependency in value:
        entry = {"name": dependency} if isinstance(dependency, str) else dependency
        members(entry, DEPENDENCY, f"{where}, {entry.get('name')}")
        refuse(isinstance(dependency, str) or len(entry) > 1, f"{where}: {entry['name']} alone is written as a string")
        refuse("version>=" not in entry, f"{where}, {entry['name']}: no version constraint without proof")
        refuse((entry["name"] in HOST) == (entry.get("host") is True), f"{where}, {entry['name']}: only vcpkg's helpers are of the host")
        refuse(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["name"]), f"{where}: '{entry['name']}' is no port's name")
        names.append(entry["name"])
        if entry["name"] == "curl":
            refuse(entry.get("default-features") is False and "ssl" in entry.get("features", []),
                   f"{where}: curl without its defaults has no TLS: \"default-features\": false and \"features\": [\"ssl\"]")
        if entry["name"] == own:
            refuse(entry.get("default-features") is False, f"{where}: a port asks itself for features alone")
    refuse(names == sorted(names), f"{where}: dependencies in alphabetical order: {names}")
    refuse(len(set(names)) == len(names), f"{where}: a dependency twice")
    return names


def manifest(path):
    text = path.read_text()
    name = path.relative_to(SOURCE).as_posix()
    value = json.loads(text, object_pairs_hook=no_duplicates)
    refuse(text == json.dumps(value, indent=2, ensure_ascii=False) + "\n", f"{name}: not as `vcpkg format-manifest` writes it")
    members(value, ORDER, name)
    refuse(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value["name"]), f"{name}: '{value['name']}' is no port's name")
    refuse(value.get("license") == "MIT", f"{name}: the licence is an SPDX expression")
    refuse(value.get("description", "").isascii() and len(value.get("description", "")) > 20, f"{name}: no description in English")
    refuse("default-features" not in value, f"{name}: features that add to the library are not on by default")
    dependencies(value["dependencies"], value["name"], name)
    for feature, content in value.get("features", {}).items():
        where = f"{name}, feature {feature}"
        members(content, FEATURE, where)
        refuse(content.get("description"), f"{where}: no description")
        refuse(feature not in ("tests", "docs", "examples", "core", "default"), f"{where}: not a name for a feature of a port")
        dependencies(content.get("dependencies", []), value["name"], where)
    return value


port = manifest(PORT / "vcpkg.json")
development = manifest(SOURCE / "vcpkg.json")
refuse(development["name"] != port["name"], "vcpkg.json: its name would hide the port")
refuse("builtin-baseline" not in port, "the port pins no versions")

text = (PORT / "portfile.cmake").read_text()
for name in DEPRECATED:
    refuse(name not in text, f"portfile.cmake: {name} is deprecated or not for us")
refuse(len(text.splitlines()) <= 50, "portfile.cmake: short, please")
for name in ("vcpkg_cmake_configure", "vcpkg_cmake_install", "vcpkg_cmake_config_fixup", "vcpkg_fixup_pkgconfig", "vcpkg_copy_pdbs",
             "vcpkg_install_copyright", "vcpkg_check_features", "debug/include", "debug/share"):
    refuse(name in text, f"portfile.cmake: {name} is missing")
refuse(not re.search(r"FetchContent|file\(DOWNLOAD|PATCHES|http", text), "portfile.cmake: downloads or patches by itself")
used = set(re.findall(r'"(\w+)" IN_LIST FEATURES|^\s+(\w+) POLYCAMPAIGN_', text, re.M))
refuse({name for pair in used for name in pair if name} == set(port["features"]), "portfile.cmake and vcpkg.json differ in their features")
# every switch of the library that could depend on what happens to be installed is set
options = set(re.findall(r"^\s*option\((POLYCAMPAIGN_\w+)", (SOURCE / "CMakeLists.txt").read_text(), re.M))
refuse(len(options) > 5, "no option found in CMakeLists.txt")
for option in options - {"POLYCAMPAIGN_INSTALL"}:
    refuse(option in text, f"portfile.cmake: {option} is not set")

usage = (PORT / "usage").read_text()
refuse("find_package(polycampaign CONFIG REQUIRED)" in usage and "polycampaign::polycampaign" in usage, "usage: no CMake lines")
refuse(len(usage.splitlines()) <= 4, "usage: the CMake lines alone")
refuse("date" not in [d["name"] for d in port["dependencies"] if isinstance(d, dict) and "mingw" in d.get("platform", "")]
       and "!mingw" in port["supports"], "vcpkg.json: date has no time zones of the system in MinGW")

# the registry, as packaging/README.md describes it to the projects that use it
printed = json.loads(code_block("packaging/README.md", "json", '"registries"'))
members(printed, ["default-registry", "registries"], "packaging/README.md")
default = printed.get("default-registry", {})
refuse(default.get("kind") == "builtin" and re.fullmatch(r"[0-9a-f]{40}", default.get("baseline", "")),
       "packaging/README.md: vcpkg refuses a default registry without a commit as its baseline")
for registry in printed["registries"]:
    members(registry, ["kind", "path", "baseline", "packages"], "packaging/README.md, registries")
    refuse(registry["kind"] == "filesystem" and SOURCE / registry["path"].removeprefix("polycampaign/") == VCPKG,
           "packaging/README.md: the path is not the registry's")
    refuse(registry["packages"] == [port["name"]], "packaging/README.md: the registry has the port alone")
    refuse(registry["baseline"] in json.loads((VCPKG / "versions/baseline.json").read_text()), "packaging/README.md: no such baseline")

# the registry's own files
baseline = json.loads((VCPKG / "versions/baseline.json").read_text())
refuse(baseline == {"default": {port["name"]: {"baseline": port["version-semver"], "port-version": port.get("port-version", 0)}}},
       "versions/baseline.json is not the port's version")
versions = json.loads((VCPKG / "versions/p-/polycampaign.json").read_text())["versions"]
refuse(versions[:1] == [{"version-semver": port["version-semver"], "port-version": port.get("port-version", 0),
                         "path": "$/ports/polycampaign"}], "versions/p-/polycampaign.json does not begin with the port's version")
refuse(len({(v["version-semver"], v["port-version"]) for v in versions}) == len(versions), "a version twice")

if problems:
    fail("\n".join(problems))
print(f"{len(options)} options, {len(port['features'])} features")
