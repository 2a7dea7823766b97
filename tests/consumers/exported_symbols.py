"""What the shared libraries export is what tests/project/exported_symbols.txt says: functions and data, demangled, as
`nm -D --defined-only` shows them. Left out is what compilers choose by themselves: inline functions, tables of virtual functions and
of types (weak symbols, all of them). `--write` behind the settings writes the list anew."""
import difflib
import re
import sys

from support import SOURCE, call, check, fail, prefix, run

LIST = SOURCE / "tests/project/exported_symbols.txt"
HEAD = """\
# The exported functions and data of the shared libraries, each once however many entries it has (constructors have two).
# tests/consumers/exported_symbols.py writes and checks this file.
"""
# how the standard libraries of GCC spell their inner namespaces
SPELLINGS = ((r"\[abi:\w+\]", ""), (r"std::__cxx11::", "std::"), (r"std::basic_string<char, std::char_traits<char>, std::allocator<char> ?>", "std::string"),
             (r"std::basic_string_view<char, std::char_traits<char> ?>", "std::string_view"))


def exported(library):
    symbols = set()
    for line in run("nm", "-D", "-C", "--defined-only", library).splitlines():
        _, kind, name = line.split(" ", 2)
        if kind not in "TDBRG":
            continue
        if not re.search(r"\bpolycampaign::", name):
            fail(f"{library.name} exports what is not ours: {name}")
        if re.match(r"(vtable|VTT|typeinfo|typeinfo name|guard variable) for ", name):
            continue
        for pattern, spelling in SPELLINGS:
            name = re.sub(pattern, spelling, name)
        symbols.add(name)
    return sorted(symbols)


text = HEAD
for name in ("polycampaign", "polycampaign_testing", "polycampaign_command", "polycampaign_sqlite", "polycampaign_postgres"):
    library = next(prefix("shared").rglob(f"lib{name}.so"))
    symbols = exported(library)
    # install.py linked a static library into it, when it built it
    if prefix("shared").parent.joinpath("libstranger.a").exists():
        check(" stranger()" in run("nm", "-C", library), f"{name} holds a static library")
    check(len(symbols) >= (1 if name.endswith(("command", "sqlite", "postgres")) else 20), f"{name} exports {len(symbols)} names")
    text += f"\n# lib{name}\n" + "".join(f"{symbol}\n" for symbol in symbols)
    # what it needs beyond itself is found: nothing undefined is left to the program
    status, output = call("ldd", "-r", library)
    check(status == 0 and "undefined symbol" not in output and "not found" not in output, f"{name} finds all that it needs {output if status else ''}")

if sys.argv[2:] == ["--write"]:
    LIST.write_text(text)
elif not LIST.exists() or text != LIST.read_text():
    old = LIST.read_text() if LIST.exists() else ""
    difference = "\n".join(difflib.unified_diff(old.splitlines(), text.splitlines(), "checked in", "exported now", lineterm="", n=0))
    fail(f"the libraries export something else than before:\n{difference}\n\nIf that is meant, write the list anew:\n"
         f"  ctest --test-dir {sys.argv[1].split('/tests/consumers')[0]} -C roads -R consumers.install_shared\n"
         f"  python3 {sys.argv[0]} {sys.argv[1]} --write")
