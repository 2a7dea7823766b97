"""The reference builds without a warning, and says what Doxygen does not ask for: reference.py ROOT OUTPUT DOXYGEN.

- Every operation, that is whatever answers with a Result or completes with one, has an "Errors:" paragraph; where it makes
  requests it has a "Retried:" one.
- Every class says in "Threads:" who may call it when. A struct without is a plain value: data, and functions that change nothing.
- Every enumerator is explained.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree

root = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(root / "docs/reference"))
import build  # noqa: E402

REQUESTS = {"CampaignClient", "Transport", "Pager", "AsyncPager", "PageSource", "AsyncPageSource"}
ANSWERS = re.compile(r"\bResult\s*<[^&*]*$|\bPager\s*<\s*Campaign")
COMPLETES = re.compile(r"\bCompletion\s*<")


def text_of(element):
    return "" if element is None else " ".join("".join(element.itertext()).split())


def titles(element):
    return {text_of(part.find("title")) for part in element.iter("simplesect") if part.get("kind") == "par"}


def place(element):
    at = element.find("location")
    return f"include/{at.get('file').split('/include/')[-1]}:{at.get('line')}"


def compounds(folder):
    for path in sorted(folder.glob("*.xml")):
        if path.name != "index.xml" and path.name != "Doxyfile.xml":
            yield from xml.etree.ElementTree.parse(path).getroot().findall("compounddef")


def operation_problems(member, owner):
    name = text_of(member.find("qualifiedname")) or text_of(member.find("definition"))
    if owner in ("Result", "Result< void >") or not (
            ANSWERS.search(text_of(member.find("type"))) or COMPLETES.search(text_of(member.find("argsstring")))):
        return
    if member.get("kind") == "variable" and "(*" not in text_of(member.find("definition")):
        return
    if text_of(member.find("name")) == owner:  # a constructor takes what others have answered
        return
    if "Errors" not in titles(member):
        yield f"{place(member)}: {name}: no paragraph that begins with \"Errors:\""
    if owner in REQUESTS and "Retried" not in titles(member):
        yield f"{place(member)}: {name}: no paragraph that begins with \"Retried:\""


def problems_of(compound):
    name = text_of(compound.find("compoundname"))
    kind, owner = compound.get("kind"), re.sub(r"^.*::(?=[A-Z])", "", name)
    if compound.get("prot") == "private":
        return
    members = [member for member in compound.iter("memberdef") if member.get("prot") != "private"]
    if kind in ("class", "struct"):
        plain = kind == "struct" and all(
            member.get("kind") != "function" or member.get("const") == "yes" or member.get("static") == "yes"
            for member in members)
        if not plain and "Threads" not in titles(compound):
            yield f"{place(compound)}: {name}: no paragraph that begins with \"Threads:\""
    for member in members:
        if member.get("kind") in ("function", "variable"):
            yield from operation_problems(member, owner)
        for value in member.findall("enumvalue"):
            if not text_of(value.find("briefdescription")) and not text_of(value.find("detaileddescription")):
                yield f"{place(member)}: {text_of(member.find('name'))}::{text_of(value.find('name'))} is not explained"


def main():
    said = build.main(sys.argv[1:])
    problems, operations = set(said.splitlines() if isinstance(said, str) else []), 0
    for compound in compounds(pathlib.Path(sys.argv[2]) / "xml"):
        problems |= set(problems_of(compound))
        operations += sum("Errors" in titles(member) for member in compound.iter("memberdef"))
    print(f"{operations} operations")
    return "\n".join(sorted(problems)) if problems else (0 if operations else "no operation found")


if __name__ == "__main__":
    sys.exit(main())
