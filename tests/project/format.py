"""Every C++ file is formatted as .clang-format says. Another version formats differently, so only version 14 is asked."""
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(sys.argv[1])

program = shutil.which("clang-format-14") or shutil.which("clang-format")
version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout if program else "none"
if "version 14." not in version:
    print(f"clang-format 14 is not installed ({version.strip()}): the format is NOT checked")
    sys.exit(77)
files = sorted(path for folder in ("include", "src", "tools", "tests", "examples", "benchmarks")
               for path in (SOURCE / folder).rglob("*") if path.suffix in (".cpp", ".hpp"))
if len(files) < 500:
    sys.exit(f"only {len(files)} files: the folders have other names now")
found = subprocess.run([program, "--dry-run", "-Werror", *files], capture_output=True, text=True, cwd=SOURCE)
if found.returncode != 0:
    sys.exit(found.stderr + "\nRun clang-format -i on these files.")
