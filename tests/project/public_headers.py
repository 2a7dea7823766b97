"""The public headers reach no header of curl, JSON or XML (but for the one that is there for that) and survive the macros of
windows.h, or (`alone`, which takes a minute) each of them compiles alone:
public_headers.py together|alone ROOT GENERATED COMPILER [folders of nlohmann/json]..."""
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

how, root, generated, compiler = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4]
BRIDGE = "polycampaign/protocol/nlohmann_json.hpp"  # for adapters that parse with that library; no header of ours includes it
FORBIDDEN = ("curl/", "simdjson", "nlohmann", "pugi", "httplib", "date/", "CLI/", "toml++", "sqlite3", "libpq", "openssl/")
# what windows.h and X11 define as macros, among names that SDKs like to use
MACROS = ["ERROR", "DELETE", "GetMessage", "GetObject", "SendMessage", "CreateFile", "min", "max", "near", "far",
          "IN", "OUT", "OPTIONAL", "Status", "None", "Bool", "Success", "interface", "small", "GetJob", "NO_ERROR"]


BASE = [compiler, "-std=c++20", "-x", "c++", "-I", str(root / "include"), "-I", generated, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
        "-Wshadow", "-Werror", *(f"-idirafter{folder}" for folder in sys.argv[5:])]


def reach(what, names, forbidden):
    with tempfile.NamedTemporaryFile("r") as reached:
        done = subprocess.run(BASE + ["-fsyntax-only", "-MD", "-MF", reached.name, "-"], text=True, capture_output=True,
                              input="".join(f'#include "{name}"\n' for name in names))
        if done.returncode:
            return [f"{what} does not compile:\n{done.stderr[:2000]}"]
        return [f"{what} reaches {word}" for word in reached.read().split() if any(f in word for f in forbidden)]


def alone(name):
    return reach(name, [name], [f for f in FORBIDDEN if (name, f) != (BRIDGE, "nlohmann")])


def after_windows(headers):
    # the standard library is included first: macros must only meet our text
    standard = "".join(f"#include <{h}>\n" for h in (
        "atomic", "chrono", "cstddef", "cstdint", "exception", "functional", "future", "initializer_list", "iterator", "map", "memory",
        "optional", "span", "string", "string_view", "type_traits", "utility", "variant", "vector"))
    standard += "#include <nlohmann/json.hpp>\n"
    macros = "".join(f"#define {m}(...) broken\n" if m in ("min", "max") else f"#define {m} broken!\n" for m in MACROS)
    ours = "".join(f'#include "{name}"\n' for name in headers)
    done = subprocess.run(BASE + ["-fsyntax-only", "-"], input=standard + macros + ours, text=True, capture_output=True)
    return [f"a header does not compile after windows.h:\n{done.stderr[:4000]}"] if done.returncode else []


headers = sorted(path.relative_to(root / "include").as_posix() for path in (root / "include").rglob("*.hpp"))
if how == "alone":
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [p for found in pool.map(alone, headers) for p in found]
else:
    problems = reach("one of all headers", [name for name in headers if name != BRIDGE], FORBIDDEN) + alone(BRIDGE) + after_windows(headers)
print("\n".join(problems))
print(f"{len(headers)} public headers checked")
sys.exit(1 if problems or len(headers) < 20 else 0)
