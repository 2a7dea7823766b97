"""conanfile.py and test_package, run by a stand-in for Conan: `options` tries what can be asked of the recipe, `build` builds the
package in a copy of the files that it exports and a program on what package_info() tells."""
import importlib.util
import itertools
import pathlib
import shutil
import sys

import conan_stub
from packages import HEADERS_ONLY, PACKAGES
from support import COMMON, LIBRARY, SOURCE, build_tree, check, configure, fresh, lists_campaigns, mentions, run, write_project

conan_stub.install()


def load(path):
    spec = importlib.util.spec_from_file_location(path.parent.name + "_recipe", path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return next(value for value in vars(module).values()
                if isinstance(value, type) and issubclass(value, conan_stub.ConanFile) and value is not conan_stub.ConanFile)


Recipe = load(SOURCE / "conanfile.py")


def settings(os="Linux", compiler=("gcc", "12", "gnu20")):
    return {"os": os, "arch": "x86_64", "build_type": "Debug", "compiler": conan_stub.Compiler(*compiler)}


def refusal(recipe):
    try:
        recipe.validate()
    except conan_stub.ConanInvalidConfiguration as error:
        return str(error)
    return None


def version_of(recipe):
    recipe.recipe_folder = str(SOURCE)
    recipe.set_version()
    return recipe.version


def options():
    check(version_of(Recipe(settings(), {})) == "0.1.0", "the version is CMakeLists.txt's")
    for shared, date, testing, tools, sqlite, postgres in itertools.product((False, True), repeat=6):
        asked = {"shared": shared, "with_date": date, "testing": testing, "tools": tools, "sqlite": sqlite, "postgres": postgres}
        recipe = Recipe(settings(compiler=("gcc", "14", "20")), asked)
        assert (recipe.options.get_safe("fPIC") is None) == shared
        assert (refusal(recipe) is not None) == (tools and not testing), asked
        recipe.generate()
        assert recipe.toolchain["POLYCAMPAIGN_WITH_SQLITE"] is sqlite and recipe.toolchain["POLYCAMPAIGN_WITH_POSTGRES"] is postgres
        assert recipe.toolchain["POLYCAMPAIGN_BUILD_TESTING_KIT"] is testing and recipe.generated == ["CMakeDeps"]
        names = {reference.split("/")[0] for reference in recipe.requirement_refs}
        assert names == {"libcurl", "nlohmann_json", "openssl", "pugixml", "simdjson"} | ({"date"} if date else set()) | (
            {"cpp-httplib"} if testing else set()) | ({"cli11", "tomlplusplus"} if tools else set()) | ({"sqlite3"} if sqlite else set()) | ({"libpq"} if postgres else set()), names
        if testing or not tools:
            described = recipe.describe()
            targets = {c.properties["cmake_target_name"] for c in described.components.values()}
            assert targets == {"polycampaign::polycampaign"} | ({"polycampaign::testing"} if testing else set()) | (
                {"polycampaign::command"} if tools else set()) | ({"polycampaign::sqlite"} if sqlite else set()) | (
                {"polycampaign::postgres"} if postgres else set()), targets
            assert described.properties["cmake_config_version_compat"] == "SameMinorVersion"
            assert described.properties["cmake_target_name"] not in targets  # Conan makes a target of its own of that name
            assert all(bool(c.defines) != shared for c in described.components.values())
    print("ok every combination of options")

    windows = Recipe(settings("Windows", ("msvc", "194", "20")), {})
    check(windows.options.get_safe("fPIC") is None and not windows.options.with_date and refusal(windows) is None, "Windows")
    check(not any(c.system_libs for c in windows.describe().components.values()), "no pthread on Windows")
    check("C++20" in refusal(Recipe(settings(compiler=("gcc", "12", "17")), {})), "C++17 is refused")
    for compiler, date in ((("gcc", "12", "20", "libstdc++11"), True), (("gcc", "14", "20", "libstdc++11"), False),
                           (("clang", "18", "20", "libstdc++11"), True), (("clang", "18", "20", "libc++"), True),
                           (("apple-clang", "16", "20", "libc++"), True)):
        recipe = Recipe(settings("Macos" if compiler[0] == "apple-clang" else "Linux", compiler), {})
        check(recipe.options.with_date == date and refusal(recipe) is None, f"{compiler}: with_date={date} by default")
    for compiler in (("gcc", "12", "20", "libstdc++11"), ("clang", "18", "20", "libc++"), ("apple-clang", "16", "20")):
        check("with_date=True" in refusal(Recipe(settings(compiler=compiler), {"with_date": False})),
              f"{compiler}: a standard library without time zones is refused")
    check(refusal(Recipe(settings(compiler=("clang", "18", "20", "libstdc++11")), {"with_date": False})) is None,
          "clang's libstdc++ may have them")
    check("with_date=False" in refusal(Recipe(settings("Windows", ("msvc", "194", "20")), {"with_date": True})), "date on Windows is refused")
    check("tz_db=system" in refusal(Recipe(settings(), {}, {"date": {"tz_db": "download"}})), "time zones from the network are refused")
    check("with_ssl" in refusal(Recipe(settings(), {}, {"libcurl": {"with_ssl": False}})), "libcurl without TLS is refused")
    check(refusal(Recipe(settings(), {}, {"libcurl": {"with_ssl": "openssl"}})) is None, "libcurl with TLS is taken")


def config_file(recipe, folder):
    """What CMakeDeps would write for users of the package."""
    foreign = {package.conan: package for package in PACKAGES if package.conan}
    lines = []
    described = recipe.describe()
    for component in described.components.values():
        links = [str(pathlib.Path(recipe.package_folder) / libdir / f"lib{lib}.a") for lib in component.libs for libdir in component.libdirs]
        for requirement in component.requires:
            if "::" not in requirement:
                links.append(described.components[requirement].properties["cmake_target_name"])
                continue
            package = foreign[requirement.split("::")[0]]
            assert requirement in (f"{package.conan}::{package.conan}", "date::date-tz", "openssl::crypto"), requirement
            if package.cmake not in HEADERS_ONLY:
                mode = "" if package.cmake in ("CURL", "OpenSSL", "SQLite3", "PostgreSQL", "httplib") else "CONFIG"
                lines.append(f"find_package({package.cmake} {mode} REQUIRED)")
                links.append(package.target)
        target = component.properties["cmake_target_name"]
        lines.append(f"add_library({target} INTERFACE IMPORTED)")
        for keyword, words in (("link_libraries", links + component.system_libs), ("compile_definitions", component.defines),
                               ("include_directories", [f"{recipe.package_folder}/{d}" for d in component.includedirs])):
            if words:
                lines.append(f"target_{keyword}({target} INTERFACE {' '.join(words)})")
    folder.mkdir(parents=True)
    name = described.properties["cmake_file_name"]
    (folder / f"{name}-config.cmake").write_text("\n".join(lines) + "\n")


def build():
    work = fresh("conan")
    conan_stub.CMake.extra = [*COMMON, *LIBRARY, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"]
    recipe = Recipe(settings(), {"testing": True, "tools": True, "sqlite": True, "postgres": True})
    (work / "source").mkdir()
    recipe.export_sources(SOURCE, work / "source")
    recipe.set_folders(work / "source", work / "build", work / "package")
    assert refusal(recipe) is None
    recipe.generate()
    recipe.build()
    check("-Wextra" not in (work / "build/compile_commands.json").read_text(), "no warning of the library's own files is asked for")
    recipe.package()
    package = work / "package"
    check((package / "licenses/LICENSE").is_file() and (package / "bin/polycampaign").is_file(), "licence and command are packaged")
    check(not any((package / name).exists() for name in ("lib/cmake", "lib/pkgconfig", "share")), "nothing that Conan makes itself")
    found = mentions(package, SOURCE, work / "source", work / "build", but="nothing is allowed")
    check(not found, f"no path of the build stays {found}")

    config_file(recipe, work / "generators")
    conan_stub.CMake.extra = [*COMMON, f"-DCMAKE_PREFIX_PATH={work / 'generators'}", f"-DCMAKE_MODULE_PATH={SOURCE / 'cmake'}"]
    Test = load(SOURCE / "test_package/conanfile.py")
    Test.tested_reference_str = "polycampaign/0.1.0"
    test = Test(settings(), {})
    assert set(Test.generators) == {"CMakeDeps", "CMakeToolchain"} and test.requirement_refs == ["polycampaign/0.1.0"]
    test.toolchain = {}
    test.set_folders(SOURCE / "test_package", work / "test_package", work / "nothing")
    test.build()
    test.test()

    project = write_project(work / "project", "find_package(polycampaign REQUIRED)\n"
                            "target_link_libraries(my_program PRIVATE polycampaign::polycampaign)\n")
    # Conan's targets tell no language level: its toolchain, made of compiler.cppstd, does
    configure(project, work / "program", "-DCMAKE_CXX_STANDARD=20", f"-DCMAKE_PREFIX_PATH={work / 'generators'}",
              f"-DCMAKE_MODULE_PATH={SOURCE / 'cmake'}")
    build_tree(work / "program")
    lists_campaigns(work / "program/my_program")


def real():
    if not shutil.which("conan"):
        print("Conan is not on this machine")
        sys.exit(77)
    for linkage in ("False", "True"):
        run("conan", "create", SOURCE, "--build=missing", "-s", "compiler.cppstd=20", "-o", f"polycampaign/*:shared={linkage}",
            "-o", "polycampaign/*:testing=True", "-o", "polycampaign/*:sqlite=True", "-o", "polycampaign/*:postgres=True")


{"options": options, "build": build, "real": real}[sys.argv[2]]()
