"""Draws the output of `polycampaign demo` as a terminal window: docs/demo.svg, the picture in README.md.

python3 docs/demo_picture.py --write PROGRAM  runs `PROGRAM demo` and writes the picture
python3 docs/demo_picture.py --check PROGRAM  runs `PROGRAM demo`; exit status 1 if the picture is out of date
python3 docs/demo_picture.py [FILE]           writes the picture from output that was saved with 2>&1, or is piped in

PROGRAM is the built command, for example build/dev/tools/polycampaign.

The simulated campaigns are the same in every run, but their times depend on the moment of the run. So that the picture does
not change every time, all times are moved by the same amount: the first one that has seconds becomes ANCHOR. Most times are
printed to the minute, and rounding can still make a difference of a minute between two runs. Therefore the picture keeps
each time that it already shows, as long as the new one is within TOLERANCE.

Output of a command that is longer than MAX_ROWS lines is shortened at an empty line. Lines wider than COLUMNS are cut.
"""
import datetime
import difflib
import html
import os
import pathlib
import re
import subprocess
import sys
import time
import unicodedata

PICTURE = pathlib.Path(__file__).resolve().parent / "demo.svg"
COLUMNS = 120   # the width at which the command prints to a pipe
MAX_ROWS = 14   # of one command's output: a table of 12 campaigns fits

ANCHOR = datetime.datetime(2025, 8, 16, 13, 34, 54)
# A minute from rounding, two seconds between simulators; and an hour when a time falls into the change from summer time.
TOLERANCE = datetime.timedelta(hours=1, minutes=2)
TIME = re.compile(r"(\d{4}-\d\d-\d\d)([ T])(\d\d:\d\d)(:\d\d)?")
CUT_TIME = re.compile(r"(?<![\d-])20[\d: -]{0,16}(?=…)")  # a time in a name that did not fit its column
PORT = re.compile(r"(127\.0\.0\.1|localhost):(?!1\b)\d+")  # the port of a simulator; 1 is the account that cannot be reached

CELL, LINE, SIZE = 7.8, 18, 13
LEFT, TOP, BOTTOM = 18, 58, 16
STATUS_CLASS = {"completed": "ok", "queued": "run", "sending": "run", "retrying": "run", "interrupted": "bad",
                "rejected": "bad", "failed": "bad", "unknown": "warn", "moderation": "warn", "paused": "warn"}
STYLE = """
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: %dpx;
         fill: #d8dee9; white-space: pre }
  .head, .prompt { fill: #ffffff; font-weight: bold }
  .sign, .ok { fill: #7ee787 }
  .run { fill: #79c0ff }
  .warn { fill: #e3b341 }
  .bad { fill: #ff938a }
  .dim { fill: #a3adba }
""" % SIZE


def parsed(found):
    date, _, minutes, seconds = found.groups()
    return datetime.datetime.fromisoformat(f"{date} {minutes}{seconds or ':00'}")


def with_time(found, moment):
    """The moment in the form of the time that was found."""
    return moment.strftime(f"%Y-%m-%d{found[2]}%H:%M{':%S' if found[4] else ''}")


def normalized(text):
    """The output without what differs between runs: moments and ports."""
    text = PORT.sub(r"\1:8080", text)
    exact = next((found for found in TIME.finditer(text) if found[4]), None)
    if exact:
        shift = ANCHOR - parsed(exact)
        text = TIME.sub(lambda found: with_time(found, parsed(found) + shift), text)
    return CUT_TIME.sub(lambda found: f"{ANCHOR}"[:len(found[0])], text)


def width(text):
    """The columns that a terminal gives to a string."""
    columns = last = 0
    for character in text:
        if character == "\ufe0f":  # the character before it is shown as an emoji
            columns += last == 1
            last = 2
        elif unicodedata.category(character) not in ("Mn", "Me", "Cf"):
            last = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            columns += last
    return columns


def cut(line):
    if width(line) <= COLUMNS:
        return line
    while width(line) > COLUMNS - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def shortened(text):
    """The lines to show."""
    commands = [[]]
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            commands.append([])
        commands[-1].append(cut(line.rstrip()))
    for lines in commands:
        if len(lines) > MAX_ROWS + 1 and lines[-1] == "":
            shown = lines[:MAX_ROWS + 1]
            if "" in shown:
                shown = shown[:len(shown) - shown[::-1].index("") - 1]
            lines[:] = [*shown, f"… {len(lines) - len(shown) - 1} more lines", ""]
    return [line for lines in commands for line in lines]


def runs(line):
    """The parts of a line between two or more spaces, each with its column: every cell of a table stays in its column,
    whatever the widths of the reader's fonts."""
    return [(width(line[:part.start()]), part[0]) for part in re.finditer(r"\S+(?: \S+)*", line)]


def classes(lines):
    """For each line, the class of each of its runs."""
    status_column, in_card = None, False
    for at, line in enumerate(lines):
        parts = runs(line)
        names = [text for _, text in parts]
        after_prompt = at > 0 and lines[at - 1].startswith("$ ")
        if line.startswith("$ "):
            status_column, in_card = None, " get " in line
            yield ["prompt"] * len(parts)
        elif after_prompt and names[:1] == ["ACCOUNT"]:
            status_column = next((column for column, text in parts if text == "STATUS"), None)
            yield ["head"] * len(parts)
        elif in_card and line and not line.startswith((" ", "…")):
            yield ["head"] * len(parts)
        elif line.startswith("polycampaign: "):
            yield ["bad"] * len(parts)
        elif re.fullmatch(r"… \d+ more lines", line):
            yield ["dim"] * len(parts)
        else:
            yield [STATUS_CLASS.get(text.split(":")[0], "")
                   if column == status_column or (in_card and names[0] == "status" and n == 1) else ""
                   for n, (column, text) in enumerate(parts)]


def element(column, row, text, name):
    x, y = LEFT + column * CELL, TOP + row * LINE
    # other scripts come from fonts of other widths: only plain letters are fitted to their cells
    fitted = f' textLength="{len(text) * CELL:g}"' if text.isascii() and len(text) > 1 else ""
    kind = f' class="{name}"' if name else ""
    return f'<text x="{x:g}" y="{y:g}"{fitted}{kind}>{html.escape(text, quote=False)}</text>'


def drawn(text):
    """The picture of the demo's output."""
    lines = shortened(normalized(text))
    wide, high = round(2 * LEFT + COLUMNS * CELL), TOP + (len(lines) - 1) * LINE + BOTTOM
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img" '
           'aria-labelledby="title description">',
           '<title id="title">The output of polycampaign demo</title>',
           '<desc id="description">A terminal. One command lists the newest campaigns of four simulated vendors in one table: '
           'account, id, name, status, time, counters and cost. Others show one campaign in full and one as JSON. In the last '
           'list one account cannot be reached: the campaigns of the others are printed, and an error names that account.</desc>',
           f"<style>{STYLE}</style>",
           f'<rect x="0.5" y="0.5" width="{wide - 1}" height="{high - 1}" rx="9" fill="#161b22" stroke="#6e7681"/>']
    out += [f'<circle cx="{LEFT + 6 + 20 * n}" cy="20" r="6" fill="{fill}"/>' for n, fill in enumerate(("#ff5f57", "#febc2e", "#28c840"))]
    for row, (line, names) in enumerate(zip(lines, classes(lines))):
        parts = runs(line)
        if line.startswith("$ "):
            parts, names = [(0, "$"), (2, line[2:])], ["sign", "prompt"]
        if parts:
            out.append("".join(element(column, row, part, name) for (column, part), name in zip(parts, names)))
    return "\n".join([*out, "</svg>"]) + "\n"


def kept(new, old):
    """The new picture with the old one's times, if it has as many and they are nearly the same."""
    old_times = list(TIME.finditer(old))
    new_times = list(TIME.finditer(new))
    if len(old_times) != len(new_times) or any(abs(parsed(a) - parsed(b)) > TOLERANCE for a, b in zip(old_times, new_times)):
        return new
    shown = iter(old_times)
    return TIME.sub(lambda found: with_time(found, parsed(next(shown))), new)


def readable(picture):
    """The picture's lines of text, for a reader of differences."""
    rows = [line for line in picture.split("\n") if line.startswith("<text")]
    return [html.unescape(re.sub(r"<[^>]*>", "", row.replace("</text><text", "</text>  <text"))) for row in rows]


def output_of(program):
    # All simulators should start within the same second: the order of campaigns with equal times depends on it.
    time.sleep(1 - time.time() % 1)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POLYCAMPAIGN_")}
    done = subprocess.run([program, "demo"], env={**environment, "COLUMNS": str(COLUMNS)}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=100)
    if done.returncode != 0:
        sys.exit(f"{program} demo: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def main(arguments):
    if len(arguments) == 2 and arguments[0] in ("--write", "--check"):
        text = output_of(arguments[1])
    elif not arguments or (len(arguments) == 1 and not arguments[0].startswith("-")):
        text = pathlib.Path(arguments[0]).read_text(encoding="utf-8") if arguments else sys.stdin.buffer.read().decode("utf-8")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    if "\n$ polycampaign " not in text:
        return f"this is not the output of `polycampaign demo`:\n{text}"
    old = PICTURE.read_text(encoding="utf-8") if PICTURE.exists() else ""
    new = kept(drawn(text), old)
    if arguments[:1] != ["--check"]:
        PICTURE.write_text(new, encoding="utf-8")
        print(f"{PICTURE.name} written")
        return 0
    if new == old:
        return 0
    command = f"python3 docs/demo_picture.py --write {arguments[1]}"
    if not old:
        return f"docs/demo.svg does not exist. Write it: {command}"
    changes = list(difflib.unified_diff(readable(old), readable(new), "docs/demo.svg", "polycampaign demo", lineterm="", n=0))
    if not changes:
        changes = ["The text is the same; the way in which it is drawn has changed."]
    return "\n".join([f"docs/demo.svg is out of date. Write it again: {command}", *changes])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
