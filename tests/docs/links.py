"""Every relative link and #anchor of every document exists: links.py ROOT. Addresses elsewhere are not asked for."""
import pathlib
import re
import sys
import urllib.parse

import code_blocks

FENCE = re.compile(r"^(\s*)(`{3,})[^\n]*\n.*?^\1\2[ \t]*$", re.M | re.S)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\s*\[[^\]]+\]:\s*(\S+)|(?:href|src)=\"([^\"]+)\"", re.M)


def blanked(text, pattern):
    """The same number of lines without what the pattern finds."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def prose(text):
    return blanked(blanked(text, FENCE), re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)"))


def anchors(text):
    """As public hosting sites make them: lower case, blanks to hyphens, other signs dropped, repetitions numbered."""
    found, text = set(), blanked(text, FENCE)
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", text, re.M):
        heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        number, name = 0, slug
        while name in found:
            number += 1
            name = f"{slug}-{number}"
        found.add(name)
    return found | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


def problem(document, link, root):
    path, _, anchor = urllib.parse.unquote(link).partition("#")
    target = (document.parent / path).resolve() if path else document
    if not target.is_relative_to(root):
        return "leads out of the repository"
    if not target.exists():
        return "leads nowhere"
    if anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
        return f"{target.relative_to(root)} has no heading of that name"
    line = re.fullmatch(r"L(\d+)(?:-L(\d+))?", anchor)
    if anchor and target.suffix != ".md" and not line:
        return "an anchor of a file that has none"
    if line and max(int(n) for n in line.groups() if n) > target.read_text().count("\n"):
        return f"{target.relative_to(root)} has fewer lines"
    return None


def main(root):
    problems, seen = [], 0
    for name in code_blocks.documents(root):
        document = root / name
        text = prose(document.read_text())
        for found in LINK.finditer(text):
            link = next(group for group in found.groups() if group)
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue
            seen += 1
            said = problem(document, link, root)
            if said:
                problems.append(f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {link}: {said}")
    print(f"{seen} links")
    return "\n".join(problems) if problems else (0 if seen else "no link found")


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
