"""What the library promises, as a list: public_declarations.py ROOT WORK DOXYGEN COMMAND [--write].

Compares tests/project/public_declarations.txt with what the tree declares: every public C++ declaration (from Doxygen's XML), the
headers, CMake's targets, components and options, environment variables, and the command's options. With --write the list is
written anew; a change of the list is a change of a promise, so read its difference.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

root = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(root / "docs/reference"))
import build  # noqa: E402


def text_of(element):
    text = "" if element is None else " ".join("".join(element.itertext()).split())
    text = re.sub(r"\s*([<>(),&*])\s*", r"\1", text).replace(",", ", ").replace(">const", "> const")
    return re.sub(r"([&*>)])(?=[\w.])", r"\1 ", re.sub(r"(\w)const\b", r"\1 const", text)).strip()


def template_of(member):
    parameters = member.find("templateparamlist")
    if parameters is None:
        return ""
    return "template<" + ", ".join(" ".join(filter(None, (text_of(p.find("type")), text_of(p.find("declname")))))
                                   for p in parameters.findall("param")) + "> "


def line_of(member, owner, place):
    """`place` is the member's in its struct: designated initialisers must be in order, so it is a part of the promise."""
    kind, name = member.get("kind"), text_of(member.find("name"))
    type_, arguments, initial = (text_of(member.find(each)) for each in ("type", "argsstring", "initializer"))
    full = f"{owner}::{name}"
    if kind == "enum":
        yield f"enum {full}" + (f": {type_}" if type_ else "")
        for number, value in enumerate(member.findall("enumvalue")):
            yield f"enumerator {full}::{text_of(value.find('name'))} {text_of(value.find('initializer')) or f'= {number}'}"
    elif kind == "typedef":
        yield f"type {template_of(member)}{full} = {type_}{arguments}"
    elif kind == "variable":
        static = "static " if member.get("static") == "yes" else ""
        yield f"member {full}{place}: {static}{type_}{arguments}{initial and ' ' + initial}"  # arguments: of a pointer to a function
    elif kind == "function":
        virtual = "virtual " if member.get("virt") != "non-virtual" else ""
        static = "static " if member.get("static") == "yes" else ""
        yield f"function {template_of(member)}{full}{arguments}: {virtual}{static}{type_}".rstrip(": ")
    elif kind == "friend":
        yield f"friend {full}{arguments}"
    elif kind == "define":
        yield f"macro {name} {initial}"


def cpp(folder):
    for path in sorted(folder.glob("*.xml")):
        for compound in xml.etree.ElementTree.parse(path).getroot().findall("compounddef"):
            kind, name = compound.get("kind"), text_of(compound.find("compoundname"))
            if kind in ("class", "struct") and compound.get("prot") == "public":
                bases = ", ".join(text_of(base) for base in compound.findall("basecompoundref"))
                final = " final" if compound.get("final") == "yes" else ""
                yield f"{kind} {template_of(compound)}{name}{final}{bases and ': ' + bases}"
            elif kind not in ("namespace", "group"):
                continue
            places = 0
            for member in compound.iter("memberdef"):
                if member.get("prot") not in ("private", "package"):
                    owner = name if kind != "group" else text_of(member.find("qualifiedname")).rpartition("::")[0]
                    places += member.get("kind") == "variable" and member.get("static") != "yes"
                    yield from line_of(member, owner, f" [{places}]" if kind == "struct" else "")


def headers():
    include = root / "include"
    for path in include.rglob("*.hpp"):
        yield f"header <{path.relative_to(include).as_posix()}>"
    for macro in re.findall(r"^#define (POLYCAMPAIGN_\w+)", (include / "polycampaign/version.hpp").read_text(), re.M):
        yield f"macro {macro}"


def cmake():
    for name in re.findall(r"^option\((POLYCAMPAIGN_\w+)", (root / "CMakeLists.txt").read_text(), re.M):
        yield f"cmake option {name}"
    install = (root / "cmake/PolycampaignInstall.cmake").read_text()
    for component in re.findall(r"^\s*polycampaign_install_(?:library\(\w+ |journal\()(\w+)\)", install, re.M):
        yield f"cmake component {component}"
    for name in re.findall(r"^\s*polycampaign_journal\((\w+)", (root / "src/journals/CMakeLists.txt").read_text(), re.M):
        yield f"cmake target polycampaign::{name}"
    for name in re.findall(r"^\s*add_library\((polycampaign::\w+) ALIAS", "".join(
            path.read_text() for path in [*root.glob("src/**/CMakeLists.txt"), *root.glob("tools/CMakeLists.txt")]), re.M):
        yield f"cmake target {name}"
    for name in set(re.findall(r"COMPONENT (polycampaign_\w+)", install)):
        yield f"cmake install component {name}"


def command_line(command):
    """Options by command, as `--help` tells them."""
    def help_of(*words):
        return subprocess.run([command, *words, "--help"], capture_output=True, text=True, check=True).stdout
    overview = help_of()
    part = re.search(r"^(?:Sub)?commands:\n((?:\s+.*\n)+)", overview, re.M | re.I)
    names = re.findall(r"^  ([\w-]+)", part[1], re.M) if part else []
    if not names:
        sys.exit(f"no commands in the help:\n{overview}")
    for words in ([], *([name] for name in names)):
        for line in re.findall(r"^\s+(-.*?)(?:  |$)", help_of(*words), re.M):
            yield " ".join(["command polycampaign", *words, line.strip()])


def environment():
    text = "".join(path.read_text() for folder in ("src", "tools") for path in (root / folder).rglob("*.cpp"))
    for name in set(re.findall(r"\"((?:POLYCAMPAIGN|XDG|NO)_\w+|HOME|COLUMNS|TZDIR)\"", text)):
        yield f"environment {name}"


def main():
    command = sys.argv[4]
    said = build.main(sys.argv[1:4])
    folder = pathlib.Path(sys.argv[2]) / "xml"
    lines = sorted({*cpp(folder), *headers(), *cmake(), *command_line(command), *environment()})
    kept = root / "tests/project/public_declarations.txt"
    if "--write" in sys.argv:
        kept.write_text("\n".join(lines) + "\n")
        print(f"{kept}: {len(lines)} lines")
        return 0
    old = kept.read_text().splitlines()
    if old == lines:
        print(f"{len(lines)} declarations")
        return 0
    changes = [line for line in difflib.unified_diff(old, lines, "promised", "declared", n=0, lineterm="")
               if not line.startswith("@@")]
    return "\n".join(["What the library declares is not what tests/project/public_declarations.txt promises:", *changes,
                      "If this is meant, write the list anew: cmake --build build/dev --target public_declarations",
                      *([said] if isinstance(said, str) else [])])


if __name__ == "__main__":
    sys.exit(main())
