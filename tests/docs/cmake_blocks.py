"""Every ```cmake block configures, against this tree as installed: cmake_blocks.py ROOT BUILD WORK CMAKE GENERATOR COMPILER.

A block without project() is put into one, with the targets that it names. `find_package` finds an installed copy of the build,
FetchContent and add_subdirectory this tree: nothing is downloaded. A block with the word `syntax` is only parsed.
"""
import pathlib
import re
import shutil
import subprocess
import sys

import code_blocks

root, build, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
cmake, generator, compiler = sys.argv[4:7]
BUILT_IN = {"PUBLIC", "PRIVATE", "INTERFACE"}


def run(*line):
    return subprocess.run(line, capture_output=True, text=True)


def project_of(text, folder):
    """A whole project around the block."""
    made = set(re.findall(r"\badd_(?:executable|library)\(\s*([\w-]+)", text))
    named = set(re.findall(r"\btarget_\w+\(\s*([\w-]+)", text)) - made
    for source in re.findall(r"\b[\w/-]+\.c(?:pp|c|xx)\b", text) + ["stub.cpp"]:
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text("int main() {}\n")
    for child in re.findall(r"\badd_subdirectory\(\s*([\w/.-]+)", text):
        (folder / child).parent.mkdir(parents=True, exist_ok=True)
        (folder / child).symlink_to(root)
    stubs = "".join(f"add_executable({name} stub.cpp)\n" for name in sorted(named))
    if re.search(r"^\s*project\(", text, re.M):
        return text
    return f"cmake_minimum_required(VERSION 3.22)\nproject(block CXX)\n{stubs}{text}"


shutil.rmtree(work, ignore_errors=True)
prefix = work / "prefix"
installed = run(cmake, "--install", build, "--prefix", prefix)
if installed.returncode != 0:
    sys.exit(installed.stdout + installed.stderr)

problems, seen = [], 0
for document in code_blocks.documents(root):
    for block in code_blocks.blocks_of((root / document).read_text(), document):
        if block.language != "cmake" or "from" in block.options:
            continue
        seen += 1
        folder = work / f"{code_blocks.stem_of(document)}_{block.line}"
        folder.mkdir()
        if "syntax" in block.options:
            (folder / "block.cmake").write_text(f"function(never_called)\n{block.text}endfunction()\n")
            done = run(cmake, "-P", folder / "block.cmake")
        else:
            (folder / "CMakeLists.txt").write_text(project_of(block.text, folder))
            done = run(cmake, "-S", folder, "-B", folder / "build", "-G", generator, "-D", f"CMAKE_CXX_COMPILER={compiler}",
                       "-D", f"CMAKE_PREFIX_PATH={prefix}", "-D", f"FETCHCONTENT_SOURCE_DIR_POLYCAMPAIGN={root}",
                       "-D", "FETCHCONTENT_FULLY_DISCONNECTED=ON")
        if done.returncode != 0:
            problems.append(f"{block.place}: {done.stdout}{done.stderr}")

print(f"{seen} blocks")
if problems or seen == 0:
    sys.exit("\n".join(problems) or "none found")
