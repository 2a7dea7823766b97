"""This tree through FetchContent, by the lines of packaging/README.md: from a folder, or from a tag of a repository."""
import shutil
import sys

from support import SOURCE, build_tree, check, code_block, configure, fresh, LIBRARY, lists_campaigns, run, write_project

road = sys.argv[2]
work = fresh(f"fetch_content_{road}")
lines = code_block("packaging/README.md", "cmake", "FetchContent_Declare")
check("GIT_REPOSITORY <repository>" in lines, "the lines name a repository to be filled in")

if road == "tag":
    # a repository of this tree as it is now, with a tag; the tree may be no repository, and may have changed since
    repository = work / "repository"
    shutil.copytree(SOURCE, repository, ignore=lambda folder, names: {
        name for name in names if name == ".git" or name.startswith("build") or name == "__pycache__"})
    git = ("git", "-C", repository, "-c", "user.name=consumer", "-c", "user.email=consumer@example.com")
    run(*git, "init", "--quiet")
    run(*git, "add", "--all", "--force")
    run(*git, "commit", "--quiet", "--message", "all")
    run(*git, "tag", "v0.1.0")
    address = repository.as_uri()
    lines = lines.replace("<repository>", address)
else:
    start = lines.index("GIT_REPOSITORY")
    lines = f"{lines[:start]}SOURCE_DIR {SOURCE}{lines[lines.index(')', start):]}"

project = write_project(work / "project", lines + """
if(DEFINED CACHE{BUILD_SHARED_LIBS})
  message(FATAL_ERROR "the library has set BUILD_SHARED_LIBS for everybody")
endif()
install(TARGETS my_program)
""")
build = work / "build"
# from a folder each source is compiled by itself, as most users do; everybody else here builds in big pieces
configure(project, build, *(LIBRARY if road == "tag" else []))
if road == "tag":
    shutil.rmtree(work / "repository")
build_tree(build)
check(bool(list(build.rglob("libpolycampaign.a"))), "the library is static unless asked")
lists_campaigns(build / "my_program")
run("cmake", "--install", build, "--prefix", work / "prefix")
installed = sorted(path.relative_to(work / "prefix").as_posix() for path in (work / "prefix").rglob("*") if path.is_file())
check(installed == ["bin/my_program"], f"the consumer installs its own files alone {installed}")
