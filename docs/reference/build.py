"""Builds the reference: build.py ROOT OUTPUT DOXYGEN. Writes HTML to OUTPUT/html and XML to OUTPUT/xml; fails if Doxygen warns.

Doxygen reads a prepared copy of the public headers and the documents. The copy differs from the sources only in form:
- `inline v1` is removed from namespaces, and copy operations, move operations and destructors without a comment are removed;
- sentences in a comment that begin with `Errors:`, `Retried:` or `Threads:` become paragraphs with a heading;
- every header belongs to a topic (TOPICS), and every document is a page below "Guides";
- links between documents lead to their pages, and names of our types in code lead to the types' pages.
No line moves, so the line numbers in Doxygen's warnings match the sources.
"""
import html
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/docs"))
import code_blocks  # noqa: E402
import links  # noqa: E402

VENDORS = re.search(r"^set\(polycampaign_vendors ([^)]*)\)", (pathlib.Path(__file__).resolve().parents[2] / "src/vendors/vendors.cmake").read_text(),
                    re.M).group(1).split()

# topic -> headers below include/polycampaign; a vendor's own header belongs to the page of its namespace
TOPICS = {
    "client": ("campaign_client", "client_base", "operations", "operation", "action", "call_options", "cancel", "completion", "future", "providers", "capabilities", "version"),
    "values": ("campaign", "campaign_status", "channel", "compact_optional", "cost", "statistics", "timestamp", "provider_name", "json"),
    "sending": ("new_campaign", "submission", "plan", "text", "phone_number", "campaign_rules", "balance", "sender"),
    "around": ("recipient_list", "recipient_upload", "message", "reply", "audit"),
    "outbox": ("outbox", "send_journal", "sqlite_journal", "postgres_journal"),
    "errors": ("error", "result"),
    "lists": ("campaign_filter", "pager", "async_pager", "list_report"),
    "settings": ("setting", "client_options", "callback_threads", "retry_policy", "pacing", "secret", "log"),
    "http": ("transport",),
    "adapters": ("protocol/", "testing/conformance"),
    "testing": ("testing/",),
    "command": ("command",),
    "": (*VENDORS, "polycampaign", "vendors", "export"),
}
GUIDES = ("getting-started", "sending", "around", "outbox", "README", "vendors", "configuration", "errors", "statistics", "time-zones", "journals", "testing", "adapter",
          "security", "performance", "promises")
SPECIAL = re.compile(r"^\s*(?:(?:explicit |constexpr |virtual )*~?(\w+)\((?:\1(?: const&|&&)(?: other)?)?\)"
                     r"|(\w+)& operator=\(\2(?: const&|&&)(?: other)?\))(?: noexcept)?(?: override)?(?: = (?:default|delete))?;\s*$")
EQUAL = re.compile(r"^\s*friend (?:constexpr )?bool operator==\([^)]*\)(?: noexcept)? = default;$")


def topic_of(header):
    """Returns the topic of a header, given as its path below include/polycampaign without extension; empty: the page of its namespace."""
    for topic, members in TOPICS.items():
        if any(header == member or (member.endswith("/") and header.startswith(member)) for member in members):
            return topic
    sys.exit(f"include/polycampaign/{header}.hpp belongs to no topic: add it to TOPICS in docs/reference/build.py")


def without_special_members(lines):
    """Blanks special members without a comment, which every C++ reader knows; a class says whether it can be copied or moved."""
    commented = False
    for line in lines:
        special = SPECIAL.match(line)
        # keep a default constructor, which may have something to say, unless it is only defaulted or deleted
        if special and not commented and ("()" not in line or "~" in line or "=" in line):
            line = ""
        elif EQUAL.match(line) and not commented:
            line += "  ///< Compares member by member."
        yield line
        commented = line.lstrip().startswith("///")


def linked(code, types):
    """Links `Name` and `Name::member` in code to their documentation."""
    found = re.fullmatch(r"((?:\w+::)*[A-Z]\w+)((?:::[a-z]\w*)?)(?:\(\))?", code)
    if found and found.group(1) in types:
        return f"<code>@ref {types[found.group(1)]}{found.group(2)} \"{code}\"</code>"
    return f"`{code}`"


def with_links(text, types):
    return re.sub(r"(?<!`)`([^`\n]+)`(?!`)", lambda code: linked(code.group(1), types), text)


def with_bold(line):
    """Writes bold text as HTML, because Doxygen accepts no asterisks next to code or slashes."""
    codes = re.findall(r"`[^`]*`", line)
    line = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<b>\1</b>", re.sub(r"`[^`]*`", "\0", line))
    return re.sub("\0", lambda _: codes.pop(0), line)


def prepared_header(path, header, types):
    text = path.read_text()
    text = re.sub(r"\s*::inline v1\b", "", text)
    lines = list(without_special_members(text.split("\n")))
    topic = topic_of(header)
    opening = re.compile(r"^namespace polycampaign[\w:]* \{$")
    closing = re.compile(r"^\}  // namespace polycampaign[\w:]*$")
    for at, line in enumerate(lines):
        if re.match(r"\s*//[/!]", line):
            line = re.sub(r"(///<?|[.;)])\s+(Errors|Retried|Threads): ", lambda m: f"{m[1]} @{m[2].lower()} ", line)
            lines[at] = with_links(line, types)
        elif "///<" in line:
            code, mark, comment = line.partition("///<")
            lines[at] = code + mark + with_links(comment, types)
        # a namespace that only holds forward declarations ends without its name
        if topic and opening.match(line) and line.replace("namespace", "}  // namespace").removesuffix(" {") in lines[at:]:
            if not lines[at + 1]:
                lines[at], lines[at + 1] = f"{line} /** @addtogroup {topic}", "@{ */"
            elif not lines[at - 1]:
                lines[at - 1], lines[at] = f"{line} /** @addtogroup {topic}", "@{ */"
            else:
                sys.exit(f"{path}:{at + 1}: add a blank line before or after the beginning of the namespace")
        elif topic and closing.match(line):
            lines[at] = f"/** @}} */ {line}"
    return "\n".join(lines)


def label_of(document):
    return "page_" + code_blocks.stem_of(document.removeprefix("docs/"))


class Document:
    def __init__(self, root, name):
        self.root, self.name, self.label = root, name, label_of(name)
        self.images = []
        self.text = re.sub(r"!\[([^\]]*)\]\(([^)\s]+)\)", self.image, (root / name).read_text())

    def image(self, found):
        """Returns an image as HTML, because Doxygen accepts no alternative text of several lines."""
        text, path = found.groups()
        self.images.append((self.root / self.name).parent / path)
        return f"<img src=\"{pathlib.Path(path).name}\" alt=\"{html.escape(' '.join(text.split()))}\"/>" + "\n" * text.count("\n")

    def prepared(self, others, types):
        out, fence, slugs, depth = [], None, set(), 0
        for line in self.text.split("\n"):
            mark = re.match(r"^(\s*)(`{3,})\s*(\w*)", line)
            if mark:
                closing = fence is not None and line.strip() == fence
                fence = None if closing else (fence or mark.group(2))
                out.append(line if closing else f"{mark.group(1)}{mark.group(2)}{ {'sh': 'bash'}.get(mark.group(3), mark.group(3))}")
                continue
            if fence:
                out.append(line)
                continue
            heading = re.match(r"^(#{1,6})\s+(.*)$", line)
            if heading:
                slug = next(iter(links.anchors(line)))
                number, name = 0, slug
                while name in slugs:
                    number += 1
                    name = f"{slug}-{number}"
                slugs.add(name)
                depth = min(len(heading.group(1)), depth + 1)  # Doxygen accepts no step of two levels
                label = self.label if len(heading.group(1)) == 1 else f"{self.label}_{name}"
                title = "README" if label == "page_readme" else heading.group(2)
                out.append(f"{'#' * depth} {title} {{#{label}}}")
                continue
            out.append(with_links(with_bold(self.with_pages(line, others)), types))
        return "\n".join(out)

    def with_pages(self, line, others):
        """Points links to documents and examples to their pages; a link to anything without a page becomes text."""
        def target(found):
            text, link = found.groups()
            if re.match(r"[a-z]+:", link):
                return found.group()
            path, _, anchor = link.partition("#")
            there = self.name
            if path:
                there = ((self.root / self.name).parent / path).resolve().relative_to(self.root).as_posix()
            if there in others:
                return f"[{text}](@ref {label_of(there)}{'_' + anchor if anchor else ''})"
            if re.fullmatch(r"examples/\w+\.cpp", there):
                return f"<a href=\"{pathlib.Path(there).stem}_8cpp-example.html\">{text.strip('`')}</a>"
            return text
        return re.sub(r"(?<!!)\[((?:[^\]`]|`[^`]*`)+)\]\(([^)\s]+)\)", target, line)


def pages(documents):
    """Returns the tree of pages: guides in the order of GUIDES, decisions by number."""
    named = {pathlib.PurePath(name).stem: name for name in documents if name.count("/") == 1}  # README is the one in packaging
    guides = [named.pop(stem) for stem in GUIDES if stem in named] + sorted(named.values())

    def listed(names):
        return "\n".join(f"- @subpage {label_of(name)}" for name in names)
    return (f"/** @page guides Guides\n\nEach guide answers one question. Every program in them is compiled and run by a test.\n\n"
            f"- @subpage page_readme\n{listed(guides)}\n- @subpage decisions\n*/\n"
            f"/** @page decisions Decisions\n\nEach page explains one design decision and the reasons for it.\n\n"
            f"{listed(sorted(name for name in documents if name.startswith('docs/decisions/')))}\n*/\n")


def types_of(texts):
    """Maps every unambiguous shorter form to its qualified name: `Config` is ambiguous, `bsg::Config` is not."""
    forms = {}
    for text in texts:
        spaces = []
        for line in re.sub(r"^namespace [^\n]*\{\n(?:[^\n}]+;\n)*\}\n", "", text, flags=re.M).split("\n"):
            opened = re.match(r"namespace ([\w:]+) \{$", line.replace("inline v1", "").replace("::inline ", "::"))
            declared = re.match(r"(?:(?:class|struct|enum class)(?: [A-Z_]+_EXPORT)?(?: \[\[nodiscard\]\])?|using) ([A-Z]\w+)(?: final)?(?= [:{=])", line)
            if opened:
                spaces.append([word for word in opened[1].split("::") if word])
            elif line.startswith("}  // namespace"):
                spaces.pop()
            elif declared and spaces:
                words = [word for space in spaces for word in space] + [declared[1]]
                for count in range(len(words)):
                    forms.setdefault("::".join(words[count:]), set()).add("::".join(words))
    return {form: next(iter(names)) for form, names in forms.items() if len(names) == 1}


def prepare(root, folder):
    shutil.rmtree(folder, ignore_errors=True)
    headers = {path.relative_to(root / "include/polycampaign").with_suffix("").as_posix(): path
               for path in sorted((root / "include/polycampaign").rglob("*.hpp"))}
    types = types_of(path.read_text() for path in headers.values())
    for header, path in headers.items():
        target = folder / "include/polycampaign" / f"{header}.hpp"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(prepared_header(path, header, types))
    documents = [name for name in code_blocks.documents(root)
                 if name in ("README.md", "packaging/README.md") or (name.startswith("docs/") and not name.startswith("docs/reference/"))]
    for name in documents:
        document, target = Document(root, name), folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(document.prepared(documents, types))
        for image in document.images:
            shutil.copy(image, target.parent)
    (folder / "pages.dox").write_text(pages(documents))
    readme = code_blocks.blocks_of((root / "README.md").read_text(), "README.md")
    code_blocks.write_programs(readme, folder / "programs", "readme")
    for source in (root / "docs/reference").glob("*.dox"):
        (folder / source.name).write_text(with_links(source.read_text(), types) + "".join(
            f"/** @namespace polycampaign::{vendor}\n@ingroup vendors */\n" for vendor in VENDORS if source.name == "reference.dox"))


def finish(pages, copy):
    """Copies the documents' images, and shortens the fixed texts of Doxygen: titles, and the namespace that contains everything."""
    for image in [*copy.rglob("*.svg"), *copy.rglob("*.png")]:
        shutil.copy(image, pages)
    for page in pages.glob("*.html"):
        text = page.read_text()
        text = re.sub(r"(<div class=\"title\">.*?) ((?:Class|Struct|Namespace)(?: Template)?) Reference",
                      lambda found: f"{found[1]} <span class=\"kind\">{found[2].lower()}</span>", text)
        text = text.replace("<h2 class=\"groupheader\">Detailed Description</h2>", "")
        page.write_text(re.sub(r"<title>polycampaign(?:::)?(?=\w)", "<title>", text))
    for tree in pages.glob("*.js"):
        text = tree.read_text()
        tree.write_text(re.sub(r"(?<=\[ \")polycampaign::(?:testing::|protocol::)?(?=\w)", "", text))


def main(arguments):
    root, output, doxygen = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).resolve(), arguments[2]
    here, copy = root / "docs/reference", output / "input"
    prepare(root, copy)
    settings = (here / "Doxyfile").read_text() + f"""
INPUT = "{copy}/include" "{copy}/README.md" "{copy}/docs" "{copy}/packaging" "{copy}/pages.dox" "{copy}/reference.dox"
STRIP_FROM_PATH = "{copy}/include" "{copy}"
STRIP_FROM_INC_PATH = "{copy}/include"
EXAMPLE_PATH = "{root}/examples" "{copy}/programs"
OUTPUT_DIRECTORY = "{output}"
WARN_LOGFILE = "{output}/warnings.txt"
"""
    for folder in ("html", "xml"):
        shutil.rmtree(output / folder, ignore_errors=True)
    done = subprocess.run([doxygen, "-"], input=settings, cwd=here, text=True)
    warnings = (output / "warnings.txt").read_text().replace(f"{copy}/", "").strip()
    finish(output / "html", copy)
    if warnings or done.returncode != 0:
        return warnings or f"{doxygen} failed with exit status {done.returncode}"
    print(output / "html/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
