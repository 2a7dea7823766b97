"""Finds phrases that must not appear in documents or in strings that users see: words.py ROOT.

In documents, inline code and code blocks are skipped, except for the comments and string literals of C++ code blocks. In src,
include and tools, only string literals are searched; in examples, also comments. A phrase is found even if it continues on the
next line or in an adjacent string literal."""
import bisect
import pathlib
import re
import sys

# Each row: the wrong phrase, what to write instead, and a sentence in which the phrase must be found. A space in a phrase matches
# any white space, and case is ignored.
TABLE = [
    (r"\bdata bases?\b", "database", "The data base of time zones."),
    (r"\bmend(?:s|ed|ing)?\b", "fix", "An error that must be mended."),
    (r"\bblind spots?\b", "limitations", "Its blind spots are listed."),
    (r"\bthereof\b", "of it", "The list, or a part thereof."),
    (r"\ban own\b", "its own or your own", "Up to an own program."),
    (r"\bevery road\b|\broads into\b", "every installation method", "Every road into a program."),
    (r"\bone of both\b", "one of the two", "Set one of both."),
    (r"\bways? to say no\b", "error responses", "Their ways to say no."),
    (r"\bvendors? tells?\b", "the vendor reports", "What the vendor tells."),
    (r"\b(?:do|does|did) not tell\b(?! [^.;:]*\bapart\b)", "does not report", "Absent: the vendor did not tell."),
    (r"\buntold\b", "not reported", "An untold channel."),
    (r"\b(?:is|are|was|were|be|been) had\b", "is received, returns or is available", "When nothing could be had."),
    (r"\bat a time and in time\b", "concurrency and rate limits", "How much is asked at a time and in time."),
    (r"\b(?:that|which) (?:is|are) none\b", "is invalid or is not one", "JSON that is none."),
    (r"\bodd records?\b|\bwhat (?:is|was) odd\b", "malformed record or anomalies", "What was odd is in the notes."),
    (r"\bgone meanwhile\b|\bchanged meanwhile\b", "in the meantime", "The campaign is gone meanwhile."),
    (r"\bat most so many\b", "the maximum number of", "At most so many campaigns."),
    (r"\bfarewells?\b", "logout", "A farewell is sent."),
    (r"\bmay have acted\b|\bmay the vendor have acted\b|\bmay have been acted on\b", "may have processed the request",
     "The vendor may have acted."),
    (r"\blook first\b", "check before you retry", "Look first."),
    (r"\bpassed over\b", "skipped", "Campaigns may have been passed over."),
    (r"\basked for ahead\b|\bask(?:s|ing)? ahead\b", "requested in advance or prefetched", "Pages asked for ahead."),
    (r"\bround in a circle\b", "form a loop", "The pages go round in a circle."),
    (r"\bstands? behind\b|\bgoes on behind\b|\bbehind (?:its|the) end\b", "follows or after its end",
     "Something stands behind it."),
    (r"\bfurther ones\b", "more", "The vendor reports further ones."),
    (r"\ba blank (?!line|page)|\bblanks\b", "a space", "A name with two blanks."),
    (r"\ba walk\b", "an iteration", "A walk that reaches the end."),
    (r"\bnobody waits\b", "no caller is waiting", "Nobody waits for it."),
    (r"\b(?:that|this|which|what) is no (?:answer|campaign|list|number|operation|record|setting|token|zone)\b", "is not a",
     "A field that is no number."),
    (r"\bsays? no\b(?! (?:more|less|such)\b)", "refuses or rejects", "When the vendor says no."),
    (r"\banew\b", "again", "It is written anew."),
    (r"\bfor ever\b", "forever", "It waits for ever."),
    (r"\bbehaviours?\b|\bcolours?\b|\blicences?\b|\bneighbours?\b|\bhonours?\b", "the American spelling", "Its behaviour."),
    (r"\b(?:author|categor|custom|initial|maxim|minim|normal|optim|organ|recogn|serial|summar|synchron|util)is"
     r"(?:e|es|ed|er|ing|ation|ations)\b", "the American spelling", "It cannot be initialised."),
]
PATTERNS = [(re.compile(wrong.replace(" ", r"\s+"), re.I), right) for wrong, right, _ in TABLE]

# The parts of a C++ source: comments, string literals (also raw ones), and what could be mistaken for one of these.
TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\((?P<raw>.*?)\)(?P=mark)"
  | (?P<other>'(?:\\.|[^'\\\n])+'|\b\d[\w']*|^[ \t]*\#[ \t]*include[^\n]*)
  | (?:u8|u|U|L)?"(?P<text>(?:\\.|[^"\\\n])*)"
  | (?P<code>\S)""", re.S | re.M | re.X)
FENCE = re.compile(r"""
    ^[ ]*(?P<fence>`{3,}|~{3,})[ ]*(?P<language>\w*)[^\n]*\n
    (?P<code>.*?)
    (?:^[ ]*(?P=fence)[ ]*$|\Z)""", re.S | re.M | re.X)


def blanked(text):
    """Returns white space of the same length, with the same line breaks."""
    return re.sub(r"[^\n]", " ", text)


def findings(text, lines):
    """Yields the line, the words and the replacement of each phrase; `lines` has the line of each character."""
    for pattern, right in PATTERNS:
        for found in pattern.finditer(text):
            yield lines[found.start()], re.sub(r"\s+", " ", found.group().strip()), right


def lines_of(text, begin, size, starts):
    """Returns the line of each of `size` characters from `begin`; `starts` has the offsets at which lines start."""
    first = bisect.bisect_right(starts, begin)
    lines = []
    for c in text[begin:begin + size]:
        lines.append(first)
        first += c == "\n"
    return lines


def parts_of_source(text, with_comments):
    """Returns the text of each string literal (adjacent ones joined), and optionally of each comment, with the line of each
    character."""
    starts = [0] + [at.end() for at in re.finditer("\n", text)]
    parts, joined, comments = [], None, None
    for token in TOKEN.finditer(text):
        kind = "raw" if token["raw"] is not None else token.lastgroup
        if kind == "comment":
            if not with_comments:
                continue
            comment = re.sub(r"^[ \t]*(?:/\*+|\*/|//+[!<]*)", lambda m: " " * len(m[0]), token["comment"], flags=re.M)
            if comments is None:
                parts.append(comments := ["", []])
            comments[0] += comment + "\n"
            comments[1] += lines_of(text, token.start(), len(comment), starts)
            comments[1].append(comments[1][-1])
            continue
        comments = None
        if kind in ("raw", "text"):
            literal = token[kind]
            if joined is None:
                parts.append(joined := ["", []])
            # the letter of an escape sequence does not belong to the next word
            joined[0] += re.sub(r"\\.", "  ", literal) if kind == "text" else literal
            joined[1] += lines_of(text, token.start(kind), len(literal), starts)
        else:
            joined = None
    return parts


def search_source(text, with_comments=False):
    """Returns the findings in a source, and the number of string literals and comments that were searched."""
    parts = parts_of_source(text, with_comments)
    return [one for part, lines in parts for one in findings(part, lines)], len(parts)


def search_document(text):
    """Returns the findings in a Markdown document."""
    found = []
    for block in FENCE.finditer(text):
        if block["language"] == "cpp":
            before = text.count("\n", 0, block.start("code"))
            found += [(before + line, words, right) for line, words, right in search_source(block["code"], True)[0]]
    prose = FENCE.sub(lambda block: blanked(block.group()), text)
    prose = re.sub(r"(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\1(?!`)", lambda code: re.sub(r"[^\n]", "`", code.group()), prose, flags=re.S)
    prose = re.sub(r"<!--.*?-->|\]\([^)\s]*\)", lambda hidden: blanked(hidden.group()), prose, flags=re.S)
    prose = re.sub(r"^[ ]*>", lambda mark: " " * len(mark.group()), prose, flags=re.M)
    return found + list(findings(prose, lines_of(prose, 0, len(prose), [0])))


def self_check():
    """Plants phrases and expects them to be found, so that a broken search cannot pass."""
    for (_, right, sentence), (pattern, _) in zip(TABLE, PATTERNS):
        assert pattern.search(sentence), f"not found in its own example: {sentence}"
        assert all(not other.search(right) for other, _ in PATTERNS), f"the replacement is itself a finding: {right}"

    document = ("Of `one of both` and\n[a link](mend.md).\n\n```sh\nmend\n```\n\nA data\nbase.\n\n"
                "```cpp\nint mend = 0;  // Mended.\nauto text = \"a farewell\";\n```\n")
    assert sorted(search_document(document)) == [
        (8, "data base", "database"), (12, "Mended", "fix"), (13, "farewell", "logout")], search_document(document)

    source = ('#include "mend"\nchar mend = \'"\';  // mend\nauto a = "a data "  // mended\n   "base" + "one\\nof both";\n'
              'auto b = R"x(one\n"blind spots")x";\nauto c = 1\'000; auto d = "a \\"farewell\\"";\n')
    found, count = search_source(source)
    assert count == 4 and sorted(found) == [(3, "data base", "database"), (4, "one of both", "one of the two"),
                                            (6, "blind spots", "limitations"), (7, "farewell", "logout")], found
    example = "// So it must be\n// mended.\nint x;\n"
    assert search_source(example, True)[0] == [(2, "mended", "fix")] and not search_source(example)[0]


def main():
    self_check()
    root = pathlib.Path(sys.argv[1])
    problems = []

    def report(path, found):
        name = path.relative_to(root).as_posix()
        problems.extend(f'{name}:{line}: "{words}": write {right} instead' for line, words, right in sorted(found))

    named = [root / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG")]
    places = ("docs/**/*.md", "packaging/*.md", "examples/**/*.md")
    documents = named + [path for place in places for path in sorted(root.glob(place))]
    for path in documents:
        report(path, search_document(path.read_text()))
    strings = 0
    for folder in ("src", "include", "tools", "examples"):
        before = strings
        for path in sorted((root / folder).glob("**/*.[ch]pp")):
            found, count = search_source(path.read_text(), folder == "examples")
            report(path, found)
            strings += count
        assert strings > before, f"no string in {folder}"

    print("\n".join(problems))
    print(f"{len(documents)} documents and {strings} strings searched, {len(problems)} phrases found")
    # fewer files or strings mean that the search looked in the wrong place
    sys.exit(1 if problems or len(documents) < 20 or strings < 2000 else 0)


main()
