"""Every ratio with a goal comes out of the benchmarks, well formed; how fast it is, is not judged. Run with the source and
the build folder."""
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

source, build = map(pathlib.Path, sys.argv[1:])
GOALS = {
    "list, pages of 100, over L": (1.5, "least"),
    "list, pages of 1000, over L": (1.3, "least"),
    "list, pages of 100, over N": (8, "least"),
    "list, pages of 1000, over N": (13, "least"),
    "asynchronous list, pages of 100, over N": (4.5, "least"),
    "asynchronous list, pages of 1000, over N": (7, "least"),
    "100 pages at 20 ms, prefetch 4, over N": (3.8, "least"),
    "100 pages at 20 ms, prefetch 8, over N": (7.2, "least"),
    "100 pages at 20 ms, prefetch 4, share of the ideal": (0.98, "least"),
    "100 pages at 20 ms, prefetch 8, share of the ideal": (0.98, "least"),
    "decode JSON, over nlohmann's SAX": (5, "least"),
    "decode JSON, over nlohmann's DOM": (10, "least"),
    "decode JSON, against filling the structs only": (2.7, "most"),
    "decode XML, over expat": (2.8, "least"),
    "decode XML, over a bare pugixml loop": (1.0, "least"),
    "allocations per campaign above the struct's own": (0.2, "most"),
    "decode hostile answers, four times the size over once": (5, "most"),
    "CPU of a blocking request over a raw handle": (2.2, "most"),
    "CPU of a request, four in flight, over a raw handle": (1.4, "most"),
    "CPU of a request from a completion, four in flight, over a raw handle": (1.4, "most"),
    "CPU of get() over a raw handle": (3.5, "most"),
    "canceled get() returns, of 50 ms": (1, "most"),
    "plan of 1,000,000 recipients, of 2 s": (1, "most"),
    "memory of a plan for each recipient, 1,000,000 over 10,000": (1.1, "most"),
    "peak memory, 1,000,000 campaigns over 10,000": (1.1, "most"),
    "compile time of the public headers over the standard ones": (1.2, "most"),
}


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check(rows, printed):
    assert isinstance(rows, list)
    assert [row["name"] for row in rows] == list(GOALS), [row["name"] for row in rows]
    for row in rows:
        name = row["name"]
        assert set(row) == {"name", "ratio", "goal", "at", "met"}, row
        assert (row["goal"], row["at"]) == GOALS[name], row
        # the allocations are a difference, which may be nothing or less
        assert number(row["ratio"]) and (row["ratio"] > 0 or "allocations" in name), row
        met = row["ratio"] >= row["goal"] if row["at"] == "least" else row["ratio"] <= row["goal"]
        assert row["met"] is met, row
        line = next((line for line in printed.splitlines() if line.startswith(name + " ")), None)
        assert line and line.split()[-1] == ("yes" if met else "NO"), (name, line)


def bench(*arguments):
    return subprocess.run([sys.executable, source / "benchmarks/run.py", *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    done = bench("--build", build, "--quick", "--json", folder / "rows.json", "--measured", folder / "measured.json")
    assert done.returncode == 0, done.stderr
    check(json.loads((folder / "rows.json").read_text()), done.stdout)

    # the page and its plot can be made of it
    page = folder / "performance.md"
    shutil.copy(source / "docs/performance.md", page)
    subprocess.run([sys.executable, source / "benchmarks/page.py", folder / "measured.json", "--docs", folder], check=True)
    text = page.read_text()
    for row in json.loads((folder / "rows.json").read_text()):
        assert f"| {row['name']} | {row['ratio']:.4g} |" in text, row
    plot = xml.etree.ElementTree.parse(folder / "list-time.svg").getroot()
    assert len(plot.findall("{*}polyline")) == 3

    # what cannot be measured is no row
    broken = bench("--build", folder, "--quick", "--json", folder / "none.json")
    assert broken.returncode == 1 and "could not be measured" in broken.stderr, broken.stderr
    assert not (folder / "none.json").exists()
print(f"{len(GOALS)} rows")
