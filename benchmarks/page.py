"""Writes the table of docs/performance.md and its plot from what run.py measured (--measured)."""
import argparse
import json
import pathlib
import re
import sys

import plot

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"


def table(rows):
    lines = ["| | measured | goal | met |", "|---|---:|---:|---|"]
    for row in rows:
        goal = f"{'≥' if row['at'] == 'least' else '≤'} {row['goal']:g}"
        lines.append(f"| {row['name']} | {row['ratio']:.4g} | {goal} | {'yes' if row['met'] else '**no**'} |")
    return "\n".join(lines)


def machine(of):
    return (f"Measured on {'a virtual machine with ' if of['virtual'] else ''}{of['cores']} cores ({of['cpu']}), "
            f"{of['system']}, Linux {of['kernel']}, {of['compiler']}, optimized build. Load at the start: {of['load']:.1f}; "
            "other work on the machine makes ratios of wall time worse for the side with more threads, the library.")


def time(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def figures(medians):
    """The same in absolute terms: these belong to the machine, the ratios much less."""
    def real(name, per=1):
        return time(medians[name]["real"] / per)

    def cpu(name):
        return time(medians[name]["cpu"])

    def peaks(name):
        return " / ".join(f"{medians[f'{name}/{size}']['real'] / 1024:.1f}" for size in ("few", "many")) + " MiB"

    lines = ["| | library | library, asynchronous | simdjson by hand (L) | nlohmann by hand (N) |", "|---|---:|---:|---:|---:|"]
    for size, pages in ((100, 1000), (1000, 50)):
        lines.append(f"| a page of {size}, no delay | {real(f'list/{size}/library', pages)} | "
                     f"{real(f'list/{size}/async', pages)} | {real(f'list/{size}/L', pages)} | {real(f'list/{size}/N', pages)} |")
    lines.append(f"| 100 pages at 20 ms, prefetch 1 / 4 / 8 | {real('delay/20/1')} / {real('delay/20/4')} / "
                 f"{real('delay/20/8')} | | | {real('delay/20/N')} |")
    for shape, name, count in (("yeastar_100", "Yeastar", 100), ("bsg_1000", "BSG", 1000), ("smsup_1000", "SMSUP", 1000)):
        lines.append(f"| decoding a {name} campaign, JSON | {real(f'decode/{shape}/library', count)} | | "
                     f"{real(f'decode/{shape}/simdjson', count)} | {real(f'decode/{shape}/dom', count)} |")
    lines += ["", "| | library | raw curl handle |", "|---|---:|---:|",
              f"| CPU of a request: blocking / four in flight / from completions | {cpu('call/blocking')} / {cpu('call/four')} / "
              f"{cpu('call/async')} | {cpu('call/raw')} |",
              f"| CPU of `get()` | {cpu('get/library')} | {cpu('get/raw')} |",
              f"| CPU of an upload of 100,000 numbers | {cpu('upload/library')} | {cpu('upload/hand')} |", "",
              "| | outbox | two raw commits |", "|---|---:|---:|"]
    for name, database in (("sqlite", "SQLite"), ("postgres", "PostgreSQL")):
        if f"outbox/{name}" in medians:
            lines.append(f"| a send, {database} | {real(f'outbox/{name}')} | {real(f'outbox/{name}_raw')} |")
    lines += [f"| 1,000 sends by 1 thread / by 16 threads, SQLite | {real('outbox/threads/1')} / {real('outbox/threads/16')} | |", "",
              "| | |", "|---|---:|",
              f"| a canceled `get()` returns after | {real('cancel')} |",
              f"| peak resident set of a program that streams 10,000 / 1,000,000 campaigns | "
              f"{peaks('memory')} |",
              f"| the same with 10,000 / 1,000,000 messages | {peaks('memory/messages')} |",
              f"| the same with an upload of 10,000 / 100,000 numbers | {peaks('memory/upload')} |",
              f"| compiling `polycampaign.hpp` / the standard headers it needs | {cpu('compile/library')} / "
              f"{cpu('compile/standard')} |"]
    return "\n".join(lines)


def list_time(medians):
    series = {f"prefetch {depth}": sorted((int(name.split("/")[1]), of["real"] / 1e9) for name, of in medians.items()
                                          if re.fullmatch(rf"delay/\d+/{depth}", name)) for depth in (1, 4, 8)}
    return plot.lines("Time to list 100 pages against the round-trip time", "round-trip time, ms", "100 pages, s", series)


def main():
    options = argparse.ArgumentParser(prog="page.py", description=__doc__)
    options.add_argument("measured", type=pathlib.Path)
    options.add_argument("--docs", type=pathlib.Path, default=DOCS, help="the folder of performance.md")
    given = options.parse_args()
    measured = json.loads(given.measured.read_text())
    page = given.docs / "performance.md"
    text = page.read_text()
    for name, content in (("rows", table(measured["rows"])), ("machine", machine(measured["machine"])),
                          ("figures", figures(measured["medians"]))):
        text, times = re.subn(rf"(<!-- {name}: scripts/bench --page -->\n).*?(<!-- end -->)",
                              lambda found: found.group(1) + content + "\n" + found.group(2), text, flags=re.S)
        if times != 1:
            return f"{page}: where is the place of {name}?"
    page.write_text(text)
    (given.docs / "list-time.svg").write_text(list_time(measured["medians"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
