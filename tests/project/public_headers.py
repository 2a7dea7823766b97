"""Every public header compiles alone, reaches no header of curl, JSON or XML, and survives the macros of windows.h."""
import concurrent.futures
import pathlib
import subprocess
import sys

root, generated, compiler = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
FORBIDDEN = ("curl/", "simdjson", "nlohmann", "pugi", "httplib", "date/", "CLI/", "toml++")
# what windows.h and X11 define as macros, among names that SDKs like to use
MACROS = ["ERROR", "DELETE", "GetMessage", "GetObject", "SendMessage", "CreateFile", "min", "max", "near", "far",
          "IN", "OUT", "OPTIONAL", "Status", "None", "Bool", "Success", "interface", "small", "GetJob", "NO_ERROR"]


def check(header):
    name = header.relative_to(root / "include").as_posix()
    include = f'#include "{name}"\n'
    # the standard library is included first: macros must only meet our text
    standard = "".join(f"#include <{h}>\n" for h in (
        "atomic", "chrono", "cstddef", "cstdint", "exception", "functional", "future", "iterator", "map", "memory", "optional", "span",
        "string", "string_view", "type_traits", "utility", "variant", "vector"))
    macros = "".join(f"#define {m}(...) broken\n" if m in ("min", "max") else f"#define {m} broken!\n" for m in MACROS)
    base = [compiler, "-std=c++20", "-x", "c++", "-I", str(root / "include"), "-I", generated, "-Wall", "-Wextra", "-Wpedantic",
            "-Wconversion", "-Wshadow", "-Werror", "-"]
    problems = []
    for what, text in (("alone", include), ("after windows.h", standard + macros + include)):
        done = subprocess.run(base[:-1] + ["-fsyntax-only", "-"], input=text, text=True, capture_output=True)
        if done.returncode:
            problems.append(f"{name} does not compile {what}:\n{done.stderr[:2000]}")
    listed = subprocess.run(base[:-1] + ["-M", "-"], input=include, text=True, capture_output=True).stdout
    problems += [f"{name} reaches {word}" for word in listed.split() if any(f in word for f in FORBIDDEN)]
    return problems


headers = sorted((root / "include").rglob("*.hpp"))
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    problems = [p for found in pool.map(check, headers) for p in found]
print("\n".join(problems))
print(f"{len(headers)} public headers checked")
sys.exit(1 if problems or len(headers) < 20 else 0)
