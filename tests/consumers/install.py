"""Installs a copy of the library, moves it and checks what is in it: this build's own, or one built for that ("again")."""
import os
import re
import shutil
import sys

from support import BUILD, LIBRARY, SOURCE, build_tree, check, configure, fresh, mentions, run, settings

kind, origin = sys.argv[2:]
shared = kind == "shared"
work = fresh(f"prefix_{kind}")
first, moved = work / "first", work / "moved"

build = BUILD
if origin == "again":
    build = work / "build"
    archive = []
    if shared:
        # for exported_symbols.py: each library is linked with all of a static one
        (work / "stranger.cpp").write_text("int stranger() { return 1; }\n")
        run(settings["compiler"], "-fPIC", "-c", work / "stranger.cpp", "-o", work / "stranger.o")
        run("ar", "rcs", work / "libstranger.a", work / "stranger.o")
        archive = ["-DCMAKE_SHARED_LINKER_FLAGS=-Wl,--undefined=_Z8strangerv", f"-DCMAKE_CXX_STANDARD_LIBRARIES={work / 'libstranger.a'}"]
    configure(SOURCE, build, *LIBRARY, *archive, f"-DBUILD_SHARED_LIBS={'ON' if shared else 'OFF'}", "-DPOLYCAMPAIGN_BUILD_EXAMPLES=OFF",
              "-DPOLYCAMPAIGN_BUILD_TESTS=OFF", "-DPOLYCAMPAIGN_BUILD_BENCHMARKS=OFF")
    looked_for = set(re.findall(r"^(Python3|POLYCAMPAIGN_DOXYGEN)", (build / "CMakeCache.txt").read_text(), re.M))
    check(not looked_for, f"nothing is looked for that only tests and documents need {sorted(looked_for)}")
    build_tree(build)
run("cmake", "--install", build, "--prefix", first)
first.rename(moved)


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


# what is installed
everything = files(moved)
for name in ("include/polycampaign/polycampaign.hpp", "include/polycampaign/export.hpp", "include/polycampaign/testing/testing.hpp",
             "include/polycampaign/testing/export.hpp", "include/polycampaign/command.hpp",
             "include/polycampaign/command_export.hpp", "include/polycampaign/sqlite_journal.hpp", "include/polycampaign/sqlite_export.hpp",
             "include/polycampaign/postgres_journal.hpp", "include/polycampaign/postgres_export.hpp", "bin/polycampaign", "share/doc/polycampaign/LICENSE"):
    check(name in everything, f"{name} is installed")
ending = ".so" if shared else ".a"
libraries = {name.rsplit("/", 1)[-1] for name in everything if name.rsplit("/", 1)[-1].startswith("lib")}
check({f"libpolycampaign{part}{ending}" for part in ("", "_testing", "_command", "_sqlite", "_postgres")} <= libraries, "libraries are installed")
check(not any(name.endswith((".cpp", ".in")) for name in everything), "no source is installed")

# its two halves, and a staging folder as distributions use it
halves = []
for half in ("polycampaign_runtime", "polycampaign_development"):
    run("cmake", "--install", build, "--prefix", work / half, "--component", half)
    halves.append(files(work / half))
check(halves[0] | halves[1] == everything, "two components are everything")
check(halves[0] & halves[1] == {"share/doc/polycampaign/LICENSE"}, "each file has one component, the licence both")
check("bin/polycampaign" in halves[0] and not any(name.endswith((".hpp", ".a", ".cmake", ".pc", ".so")) for name in halves[0]),
      "nothing for developers at run time")
check(any(".so." in name for name in halves[0]) == shared, "shared libraries at run time")
run("cmake", "--install", build, "--prefix", "/usr", env={**os.environ, "DESTDIR": str(work / "staged")})
check(files(work / "staged/usr") == everything, "DESTDIR stages the same files")

if origin == "again":
    shutil.rmtree(build)
# nothing of where it was built and first installed may stay
found = mentions(moved, SOURCE, BUILD, work, but="nothing is allowed")
check(not found, f"no path of the build stays {found}")
check("polycampaign" in run(moved / "bin/polycampaign", "--help"), "the command runs from the moved prefix")
