"""Follows docs/getting-started.md to the letter: getting_started.py ROOT BUILD WORK CMAKE COMPILER LAUNCHER.

What is typed is done by a shell, what is to be written is written, what is shown must come (any number for a number). Only the
first step is shortened: fetching is a link to this tree, its packages are taken to be there, and instead of the preset's build
this build is installed.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys

import code_blocks

root, build, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
cmake, compiler, launcher = (sys.argv[4:] + ["", ""])[:3]
home = work / "home"
shutil.rmtree(work, ignore_errors=True)
(work / "shims").mkdir(parents=True)
home.mkdir()

presets = json.loads((root / "CMakePresets.json").read_text())
for kind in ("configurePresets", "buildPresets"):
    if not any(preset["name"] == "install" for preset in presets[kind]):
        sys.exit(f"CMakePresets.json has no preset `install` among its {kind}")


def shim(name, text):
    path = work / "shims" / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


shim("git", f"""[ "$1 $2 $3" = "clone ADDRESS polycampaign" ] || exit 1
mkdir polycampaign polycampaign/scripts && cp '{work}/shims/packages' polycampaign/scripts/packages""")
shim("packages", "exit 0")
shim("cmake", f"""case "$*" in
"--preset install" | "--build --preset install") exit 0 ;;
"--install build/install "*) shift 2; exec '{cmake}' --install '{build}' "$@" ;;
*) exec '{cmake}' "$@" ;;
esac""")


def free_ports(count):
    """The first of so many free ports in a row, below those that systems give away, and elsewhere for each run."""
    for first in range(20_000 + os.getpid() * 8 % 6_000, 30_000, 8):
        held = []
        try:
            for port in range(first, first + count):
                held.append(socket.socket())
                held[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for each in held:
                each.close()
    sys.exit("no free ports")


port = free_ports(4)


def here(text):
    for offset in range(4):
        text = text.replace(f"{8080 + offset}", f"{port + offset}")
    return text


environment = {"PATH": f"{work}/shims:{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C", "CXX": compiler}
environment |= {name: value for name, value in os.environ.items() if name.startswith("CCACHE_")}
if launcher:
    environment["CMAKE_CXX_COMPILER_LAUNCHER"] = launcher
shell = subprocess.Popen(["bash", "--noprofile", "--norc", "-m"], env=environment, cwd=home, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def typed(script):
    """Output and status of each line, in the one shell that lives through the guide."""
    output, status = "", "0"
    for line in script.strip().split("\n"):
        shell.stdin.write(f"{line}\nprintf '\\nENDED %s\\n' $?\n")
        shell.stdin.flush()
        for answer in shell.stdout:
            if answer.startswith("ENDED "):
                status = answer.split()[1]
                break
            output += answer
        else:
            sys.exit(f"the shell ended at: {line}\n{output}")
        if status != "0":
            break
    return output, status


def likened(line):
    """Without what differs from day to day: numbers, and how wide a table is."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "N", line)).strip()


try:
    document = "docs/getting-started.md"
    output, ran = "", 0
    for block in code_blocks.blocks_of((root / document).read_text(), document):
        if "file" in block.options:
            (home / "campaigns" / block.options["file"]).write_text(block.text)
        elif block.language == "sh":
            output, status = typed(here(block.text))
            print(f"$ {block.text}{output}", flush=True)
            if status != block.options.get("exit", "0"):
                sys.exit(f"{block.place}: ended with {status}")
            if "simulate" in block.text:  # a reader waits until it says that it is ready
                typed("until grep -qx '# ready' accounts.toml; do sleep 0.02; done")
            ran += 1
        elif block.language == "text":
            came = {likened(line) for line in here(output).split("\n")}
            for line in here(block.text).strip().split("\n"):
                if not any(likened(line) in each for each in came):
                    sys.exit(f"{block.place}: this did not come: {line}\n{output}")
    if ran == 0:
        sys.exit(f"{document} has nothing to type")
finally:
    typed("kill %1 2>/dev/null; true")
    shell.kill()
    shell.wait()
