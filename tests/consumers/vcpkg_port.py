"""vcpkg's port, run by stand-ins for vcpkg's functions: `features` writes down what would be built, `build` builds a shared
library with it and a program on the result, `real` is vcpkg itself, where it is."""
import re
import shutil
import sys

from support import BUILD, COMMON, LIBRARY, SOURCE, build_tree, call, check, configure, fresh, lists_campaigns, mentions, run, write_project

PORT = SOURCE / "packaging/vcpkg/ports/polycampaign"
USES = "find_package(polycampaign CONFIG REQUIRED)\ntarget_link_libraries(my_program PRIVATE polycampaign::polycampaign)\n"


def port(work, features, dry, linkage="static", portfile=PORT / "portfile.cmake"):
    return call("cmake", "-D", f"PORTFILE={portfile}", "-D", f"WORK={work}", "-D", f"FEATURES={features}",
                "-D", f"VCPKG_LIBRARY_LINKAGE={linkage}", "-D", f"MORE={';'.join(COMMON + LIBRARY)}", "-D", f"DRY={dry}",
                "-P", SOURCE / "tests/consumers/vcpkg_stub.cmake")


def features():
    for asked, kit, tools in (("core", "OFF", "OFF"), ("core;testing;sqlite", "ON", "OFF"), ("core;testing;tools;postgres", "ON", "ON")):
        work = fresh("vcpkg_features")
        status, output = port(work, asked, "ON")
        check(status == 0, f"the port with {asked} {output if status else ''}")
        options = (work / "options.txt").read_text().split(";")
        sqlite, postgres = ("ON" if name in asked else "OFF" for name in ("sqlite", "postgres"))
        for option in (f"-DPOLYCAMPAIGN_WITH_SQLITE={sqlite}", f"-DPOLYCAMPAIGN_WITH_POSTGRES={postgres}",
                       f"-DPOLYCAMPAIGN_BUILD_TESTING_KIT={kit}", f"-DPOLYCAMPAIGN_BUILD_TOOLS={tools}", "-DPOLYCAMPAIGN_WITH_DATE=ON",
                       "-DPOLYCAMPAIGN_BUILD_TESTS=OFF", "-DPOLYCAMPAIGN_BUILD_EXAMPLES=OFF", "-DPOLYCAMPAIGN_BUILD_BENCHMARKS=OFF"):
            check(option in options, option)
        usage = (work / "packages/share/polycampaign/usage").read_text()
        for component, there in (("sqlite", sqlite), ("postgres", postgres)):
            check((f"COMPONENTS {component}" in usage) == (there == "ON"), f"usage names {component} if it is installed")
        check(("COMPONENTS testing" in usage) == (kit == "ON") and "polycampaign::polycampaign" in usage, "usage names what is installed")
        check((work / "packages/tools/polycampaign/polycampaign").exists() == (tools == "ON"), "the command is a tool")
    # out of its checkout it says so, and does not build something else
    lonely = fresh("vcpkg_features") / "a/b/c/d"
    shutil.copytree(PORT, lonely)
    status, output = port(lonely, "core", "ON", portfile=lonely / "portfile.cmake")
    check(status != 0 and "checkout" in output, "out of a checkout it says what is wrong")


def build():
    work = fresh("vcpkg")
    status, output = port(work, "core", "OFF", "dynamic")
    check(status == 0, f"the port builds {output if status else ''}")
    check("POLYCAMPAIGN_DOXYGEN" not in (work / "buildtrees/rel/CMakeCache.txt").read_text(), "without a look at what documents need")
    shutil.rmtree(work / "buildtrees")
    packages = work / "packages"
    files = {path.relative_to(packages).as_posix() for path in packages.rglob("*") if not path.is_dir()}
    # what vcpkg looks at when a port has been built
    check({"share/polycampaign/copyright", "share/polycampaign/usage", "share/polycampaign/polycampaign-config.cmake",
           "lib/libpolycampaign.so", "lib/pkgconfig/polycampaign.pc"} <= files, "licence, usage, library and its files are there")
    check(not any(name.startswith(("debug/", "lib/cmake", "share/doc", "bin/")) for name in files), "and no others")
    check(not any(name.endswith(".a") or re.search("testing|command|sqlite|postgres", name) for name in files), "no static library, no feature")
    check(not [path for path in packages.rglob("*") if path.is_dir() and not any(path.iterdir())], "no empty folder")
    found = mentions(packages, SOURCE, BUILD, work, but="nothing is allowed")
    check(not found, f"no absolute path {found}")

    project = write_project(work / "project", USES)
    configure(project, work / "program", f"-DCMAKE_PREFIX_PATH={packages}")
    build_tree(work / "program")
    lists_campaigns(work / "program/my_program")


def real():
    if not shutil.which("vcpkg"):
        print("vcpkg is not on this machine")
        sys.exit(77)
    work = fresh("vcpkg_real")
    run("vcpkg", "install", "polycampaign[core,testing,sqlite,postgres]", "--classic", f"--overlay-ports={PORT.parent}",
        f"--x-install-root={work / 'installed'}", "--binarysource=clear")
    toolchain = next(path for path in (work / "installed").iterdir() if (path / "share/polycampaign").is_dir())
    project = write_project(work / "project", USES)
    configure(project, work / "program", f"-DCMAKE_PREFIX_PATH={toolchain}")
    build_tree(work / "program")
    lists_campaigns(work / "program/my_program")


{"features": features, "build": build, "real": real}[sys.argv[2]]()
