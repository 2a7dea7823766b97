"""An installed copy, used through pkg-config alone."""
import os
import shlex
import sys

from support import call, check, code_block, fresh, lists_campaigns, prefix, run, settings

kind = sys.argv[2]
work = fresh(f"pkg_config_{kind}")
module_path = next(prefix(kind).rglob("polycampaign.pc")).parent
environment = {**os.environ, "PKG_CONFIG_PATH": str(module_path)}
if kind == "shared":  # whose users need nothing of what it is made of
    environment["PKG_CONFIG_LIBDIR"] = str(work)
(work / "main.cpp").write_text(code_block("README.md", "cpp"))
# all vendors at once, so that nothing of the library is left out
(work / "all.cpp").write_text("#include <polycampaign/polycampaign.hpp>\n"
                              "int main() { return polycampaign::providers().size() == 4 ? 0 : 1; }\n")
(work / "kit.cpp").write_text("#include <polycampaign/testing/testing.hpp>\n"
                              "int main() { return polycampaign::testing::Simulator::create({.provider = \"bsg\"}) ? 0 : 1; }\n")
for name in ("sqlite", "postgres"):
    where = {"sqlite": str(work / "journal.db"), "postgres": "host=/nonexistent"}[name]
    (work / f"{name}.cpp").write_text(f"#include <polycampaign/{name}_journal.hpp>\n"
                                      f"int main() {{ return polycampaign::make_{name}_journal(\"{where}\") ? 0 : 7; }}\n")


def flags(*words):
    return shlex.split(run("pkg-config", *words, env=environment))


def build(source, module):
    program = work / source.removesuffix(".cpp")
    command = [settings["compiler"], "-std=c++20", work / source, "-o", program, *flags("--cflags", "--libs", module)]
    if kind == "shared":
        command.append(f"-Wl,-rpath,{flags('--variable=libdir', module)[0]}")
    run(*command, env=environment)
    return program


check(flags("--modversion", "polycampaign") == ["0.1.0"], "its version is told")
lists_campaigns(build("main.cpp", "polycampaign"))
run(build("all.cpp", "polycampaign"), timeout=60)
run(build("kit.cpp", "polycampaign-testing"), timeout=60)
run(build("sqlite.cpp", "polycampaign-sqlite"), timeout=60)
check(call(build("postgres.cpp", "polycampaign-postgres"), timeout=60)[0] == 7, "a program with PostgreSQL's journal finds no server")
# users of a shared library link nothing of what it is made of
linked = {word for word in flags("--libs", "polycampaign") if word.startswith("-l")}
check((linked == {"-lpolycampaign"}) == (kind == "shared"), f"a {kind} library links {sorted(linked)}")
check(("-DPOLYCAMPAIGN_STATIC_DEFINE" in flags("--cflags", "polycampaign")) == (kind == "static"), "nothing is imported from a static one")
for module in ("polycampaign", "polycampaign-testing", "polycampaign-sqlite", "polycampaign-postgres"):
    run("pkg-config", "--validate", module, env=environment)
    run("pkg-config", "--exists", "--print-errors", f"{module} >= 0.1", env=environment)
