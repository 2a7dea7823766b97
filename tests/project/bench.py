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
sys.path.insert(0, str(source / "benchmarks"))
sys.dont_write_bytecode = True
import page as page_of
import run

POSTGRES_SEND = "send through a PostgreSQL journal over two raw commits"
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
    "peak memory, 1,000,000 messages over 10,000": (1.3, "most"),
    "requests of an upload of 100,000 numbers over the fewest": (1, "most"),
    "CPU of an upload of 100,000 numbers over a loop by hand": (6, "most"),
    "peak memory, upload of 100,000 numbers over 10,000": (1.05, "most"),
    "send through an SQLite journal over two raw commits": (2, "most"),
    "waits for the disk of a send, SQLite": (2.1, "most"),
    POSTGRES_SEND: (1.5, "most"),
    "1,000 sends by 16 threads over one, SQLite": (0.8, "least"),
    "compile time of the public headers over the standard ones": (1.2, "most"),
}


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check(rows, printed, left_out=()):
    assert isinstance(rows, list)
    sentences = [f"{name}: not measured, because PostgreSQL is not installed" for name in left_out]
    assert [line for line in printed.splitlines() if "not measured" in line] == sentences, printed
    assert [row["name"] for row in rows] == [name for name in GOALS if name not in left_out], [row["name"] for row in rows]
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
    installed = run.Postgres().programs is not None
    check(json.loads((folder / "rows.json").read_text()), done.stdout, left_out=[] if installed else [POSTGRES_SEND])

    # the page and its plot can be made of it
    page = folder / "performance.md"
    shutil.copy(source / "docs/performance.md", page)
    subprocess.run([sys.executable, source / "benchmarks/page.py", folder / "measured.json", "--docs", folder], check=True)
    text = page.read_text()
    for row in json.loads((folder / "rows.json").read_text()):
        assert f"| {row['name']} | {row['ratio']:.4g} |" in text, row
    plot = xml.etree.ElementTree.parse(folder / "list-time.svg").getroot()
    assert len(plot.findall("{*}polyline")) == 3

    # without PostgreSQL, its row is a sentence, and the page has no figures of it
    with run.Postgres(roots=[folder]) as server:
        assert server.address is None
    measured = json.loads((folder / "measured.json").read_text())
    medians = run.Medians([], pages=25)
    medians.all = {name: of for name, of in measured["medians"].items() if "postgres" not in name}
    rows, sentences = run.rows_of(medians, with_postgres=False)
    check(rows, "\n".join([run.table(rows), *sentences]), left_out=[POSTGRES_SEND])
    figures = page_of.figures(medians.all)
    assert "PostgreSQL" not in figures and "SQLite" in figures, figures

    # what cannot be measured is no row
    broken = bench("--build", folder, "--quick", "--json", folder / "none.json")
    assert broken.returncode == 1 and "could not be measured" in broken.stderr, broken.stderr
    assert not (folder / "none.json").exists()
print(f"{len(GOALS)} rows")
