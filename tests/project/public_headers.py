"""Every public header compiles alone, reaches no header of curl, JSON or XML (but for the one that is there for that), and survives
the macros of windows.h: public_headers.py ROOT GENERATED COMPILER [folders of nlohmann/json]..."""
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

root, generated, compiler = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
BRIDGE = "polycampaign/protocol/nlohmann_json.hpp"  # for adapters that parse with that library; no header of ours includes it
FORBIDDEN = ("curl/", "simdjson", "nlohmann", "pugi", "httplib", "date/", "CLI/", "toml++")
# what windows.h and X11 define as macros, among names that SDKs like to use
MACROS = ["ERROR", "DELETE", "GetMessage", "GetObject", "SendMessage", "CreateFile", "min", "max", "near", "far",
          "IN", "OUT", "OPTIONAL", "Status", "None", "Bool", "Success", "interface", "small", "GetJob", "NO_ERROR"]


BASE = [compiler, "-std=c++20", "-x", "c++", "-I", str(root / "include"), "-I", generated, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
        "-Wshadow", "-Werror", *(f"-idirafter{folder}" for folder in sys.argv[4:])]


def alone(header):
    name = header.relative_to(root / "include").as_posix()
    with tempfile.NamedTemporaryFile("r") as reached:
        done = subprocess.run(BASE + ["-fsyntax-only", "-MD", "-MF", reached.name, "-"], input=f'#include "{name}"\n', text=True,
                              capture_output=True)
        if done.returncode:
            return [f"{name} does not compile alone:\n{done.stderr[:2000]}"]
        forbidden = [f for f in FORBIDDEN if (name, f) != (BRIDGE, "nlohmann")]
        return [f"{name} reaches {word}" for word in reached.read().split() if any(f in word for f in forbidden)]


def after_windows(headers):
    # the standard library is included first: macros must only meet our text
    standard = "".join(f"#include <{h}>\n" for h in (
        "atomic", "chrono", "cstddef", "cstdint", "exception", "functional", "future", "initializer_list", "iterator", "map", "memory",
        "optional", "span", "string", "string_view", "type_traits", "utility", "variant", "vector"))
    standard += "#include <nlohmann/json.hpp>\n"
    macros = "".join(f"#define {m}(...) broken\n" if m in ("min", "max") else f"#define {m} broken!\n" for m in MACROS)
    ours = "".join(f'#include "{h.relative_to(root / "include").as_posix()}"\n' for h in headers)
    done = subprocess.run(BASE + ["-fsyntax-only", "-"], input=standard + macros + ours, text=True, capture_output=True)
    return [f"a header does not compile after windows.h:\n{done.stderr[:4000]}"] if done.returncode else []


headers = sorted((root / "include").rglob("*.hpp"))
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    problems = [p for found in pool.map(alone, headers) for p in found] + after_windows(headers)
print("\n".join(problems))
print(f"{len(headers)} public headers checked")
sys.exit(1 if problems or len(headers) < 20 else 0)
