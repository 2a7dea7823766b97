"""What the consumers' tests share. Each test is called with the settings that CMake wrote for this build."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

settings = json.loads(pathlib.Path(sys.argv[1]).read_text())
SOURCE, BUILD, WORK = (pathlib.Path(settings[name]) for name in ("source", "build", "work"))
sys.path.insert(0, str(SOURCE / "tests/docs"))
import code_blocks  # noqa: E402
import simulated  # noqa: E402


def fail(what):
    sys.exit(f"FAILED {what}")


def check(good, what):
    if not good:
        fail(what)
    print(f"ok {what}", flush=True)


def call(*command, **options):
    """Runs a program and gives its exit status and output."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout


def run(*command, **options):
    status, output = call(*command, **options)
    if status:
        fail(f"{' '.join(map(str, command))}\n{output}")
    return output


def fresh(name):
    """An empty folder of this test's own."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def prefix(kind):
    """The installed copy, static or shared, that the test's fixture made."""
    return WORK / f"prefix_{kind}" / "moved"


# Libraries of a stranger's project are built once and thrown away: without optimisation and debug information.
COMMON = ["-G", settings["generator"], f"-DCMAKE_CXX_COMPILER={settings['compiler']}",
          f"-DCMAKE_CXX_COMPILER_LAUNCHER={settings['launcher']}", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0"]
# How this library is built again: in few, big pieces.
LIBRARY = ["-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"]
LIBRARY_ALONE = [f"-DPOLYCAMPAIGN_BUILD_{part}=OFF" for part in ("TESTING_KIT", "TOOLS", "EXAMPLES", "TESTS", "BENCHMARKS")]


def configure(project, build, *options):
    return run("cmake", "-S", project, "-B", build, *COMMON, *options)


def refused(project, build, *options):
    """What CMake says while it refuses to configure a project."""
    status, output = call("cmake", "-S", project, "-B", build, *COMMON, *options)
    if status == 0:
        fail(f"{project} was not refused:\n{output}")
    return output


def build_tree(build, *targets):
    return run("cmake", "--build", build, *(["--target", *targets] if targets else []))


def code_block(document, language, containing=""):
    """The first block of that language in a Markdown file that contains the words."""
    for block in code_blocks.blocks_of((SOURCE / document).read_text(), document):
        if block.language == language and containing in block.text:
            return block.text
    fail(f"{document} has no block in {language} with {containing!r}")


def write_project(folder, cmake, languages="CXX"):
    """A stranger's project: the README's first program and these lines behind it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.cpp").write_text(code_block("README.md", "cpp"))
    (folder / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\n"
                                           f"project(stranger {languages})\n"
                                           "add_executable(my_program main.cpp)\n" + cmake)
    return folder


@contextlib.contextmanager
def simulator():
    """An address of BSG on this machine, and the environment that has its key."""
    with simulated.vendors(settings["command"]) as accounts:
        yield accounts["bsg"]["base_url"], {**os.environ, **simulated.variables(accounts["bsg"])}


def lists_campaigns(*programs):
    """Each program, the README's first one, lists what the simulator has."""
    with simulator() as (address, environment):
        for program in programs:
            output = run(program, address, env=environment, timeout=60)
            check(re.search(r"^\d+ completed \d+ delivered$", output, re.M), f"{pathlib.Path(program).name} lists campaigns")


def mentions(folder, *places, but=WORK):
    """The files below `folder` in which a path below `places` stands, other than one below `but`."""
    allowed = os.fsencode(but)
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        data = without_debug_information(path)
        for place in places:
            name = os.fsencode(place)
            # a match that goes on with a word is another folder's name
            if any(not data.startswith(allowed, hit.start()) for hit in re.finditer(re.escape(name) + rb"(?![\w.-])", data)):
                found.append(f"{path.relative_to(folder)} names {place}")
    return found


def without_debug_information(path):
    data = path.read_bytes()
    if path.suffix != ".a" and not data.startswith(b"\x7fELF"):
        return data
    with tempfile.TemporaryDirectory() as folder:
        bare = pathlib.Path(folder) / path.name
        run("objcopy", "--strip-debug", path, bare)
        return bare.read_bytes()
