"""The code blocks of Markdown documents.

`code_blocks.py DOCUMENT FOLDER` writes each ```cpp program of a document into FOLDER/<document>_<n>.cpp and prints the paths.
`code_blocks.py --programs ROOT FOLDER` does so for every document of the repository, below names that tell the folder too, and
prints `name;document;line;precompiled` for each.

What may stand behind the language of a block is in README.md beside this file.
"""
import dataclasses
import pathlib
import re
import shlex
import sys
import textwrap

FOLDERS = ("docs", "examples", "packaging", "tests", ".github")
OPTIONS = {  # language -> words that may follow it, besides those of every language
    "": {"from", "file"},
    "cpp": {"args", "env", "errors", "exit", "output", "simulator"},
    "cmake": {"syntax"},
    "sh": {"exit", "syntax"},
    "toml": {"syntax"},
}
LANGUAGES = {"cpp", "cmake", "toml", "sh", "json", "text", "xml", "yaml", "python", "ini", "csv", "http", ""}


@dataclasses.dataclass
class Block:
    document: str  # as given to blocks_of
    line: int  # of the opening fence
    language: str
    options: dict  # word -> value; "" for a word without one
    text: str
    problems: list

    @property
    def place(self):
        return f"{self.document}:{self.line}"

    @property
    def is_program(self):
        return self.language == "cpp" and "from" not in self.options and re.search(r"\bint\s+main\s*\(", self.text) is not None


def documents(root):
    """Every Markdown file of the repository that people read, relative to its root."""
    found = list(root.glob("*.md"))
    for folder in FOLDERS:
        found += (root / folder).glob("**/*.md")
    return sorted(path.relative_to(root).as_posix() for path in found)


def info(text):
    """Language, options and problems of what follows the opening fence."""
    try:
        language, *words = shlex.split(text) or [""]
    except ValueError as error:
        return text.split()[0], {}, [f"`{text}`: {error}"]
    problems = []
    if language not in LANGUAGES:
        problems.append(f"a block of `{language}`; known are {', '.join(sorted(LANGUAGES - {''}))}")
    options = {}
    for word in words:
        name, _, value = word.partition("=")
        if name not in OPTIONS[""] | OPTIONS.get(language, set()):
            problems.append(f"`{name}` is no option of a {language} block")
        options[name] = value
    return language, options, problems


def blocks_of(text, document):
    """All fenced blocks, in order."""
    blocks, lines, at = [], text.split("\n"), 0
    while at < len(lines):
        opening = re.match(r"^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$", lines[at])
        at += 1
        if not opening:
            continue
        indent, fence, words = opening.groups()
        language, options, problems = info(words)
        if fence[0] == "~":
            problems.append("a fence of tildes: use backticks")
        block, begin = [], at
        while at < len(lines) and lines[at].strip() != fence:
            block.append(lines[at].removeprefix(indent))
            at += 1
        if at == len(lines):
            problems.append("the block does not end")
        at += 1
        blocks.append(Block(document, begin, language, options, "\n".join(block) + "\n", problems))
    return blocks


def is_gap(line):
    return line.strip() in ("...", "// ...", "# ...")


def is_excerpt(block, source):
    """Whether the block's lines stand in the source: blank lines and a common indentation aside, `...` for a gap."""
    here = [line.rstrip() for line in source.split("\n") if line.strip()]
    groups, gap = [[]], False
    for line in textwrap.dedent(block).split("\n"):
        if is_gap(line):
            gap = True
        elif line.strip():
            if gap and groups[-1]:
                groups.append([])
            gap = False
            groups[-1].append(line.rstrip())
    groups = [group for group in groups if group]
    if not groups:
        return False

    def indent(line):
        return line[:len(line) - len(line.lstrip())]

    def stands(group, at, shift):
        return here[at:at + len(group)] == [shift + line for line in group]

    for start in range(len(here)):
        shift = indent(here[start]).removesuffix(indent(groups[0][0]))
        at = start
        if not stands(groups[0], at, shift):
            continue
        for group in groups:
            while at < len(here) and not stands(group, at, shift):
                at += 1
            if at >= len(here):
                break
            at += len(group)
        else:
            return True
    return False


def write_programs(blocks, folder, stem):
    """The programs among the blocks as (name, block), written where they have changed."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, block in enumerate((b for b in blocks if b.is_program), 1):
        name = f"{stem}_{number}"
        target = folder / f"{name}.cpp"
        if not target.exists() or target.read_text() != block.text:
            target.write_text(block.text)
        written.append((name, block))
    return written


def stem_of(document):
    return re.sub(r"[^a-z0-9_-]+", "_", document.removesuffix(".md").lower())


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "--programs":
        root, folder = pathlib.Path(arguments[1]), pathlib.Path(arguments[2])
        for document in documents(root):
            blocks = blocks_of((root / document).read_text(), document)
            for name, block in write_programs(blocks, folder, stem_of(document)):
                # only a program that includes the whole library means the same with the library precompiled
                whole = re.search(r"^#include <polycampaign/polycampaign\.hpp>$", block.text, re.M) is not None
                print(f"{name};{document};{block.line};{'ON' if whole else 'OFF'}")
        return 0
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    document, folder = pathlib.Path(arguments[0]), pathlib.Path(arguments[1])
    programs = write_programs(blocks_of(document.read_text(), str(document)), folder, stem_of(document.name))
    for name, _ in programs:
        print(folder / f"{name}.cpp")
    return 0 if programs else f"{document} has no C++ program"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
