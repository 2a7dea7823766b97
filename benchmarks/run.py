"""Measures every ratio that the project has a goal for, and prints them as a table."""
import argparse
import ctypes
import json
import math
import os
import pathlib
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent
LEAST, MOST = "least", "most"
ON_A_DISK = "/var/tmp"  # where /tmp is in memory, this is not


class Unmeasured(Exception):
    """A row could not be measured."""


class Medians:
    """What Google Benchmark measured, by the names in the sources next to this file; times in nanoseconds."""

    def __init__(self, report, pages):
        self.pages = pages
        units = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
        runs = {}
        for run in report:
            if run.get("error_occurred"):
                raise Unmeasured(f"{run['name']}: {run.get('error_message', 'failed')}")
            if run["run_type"] == "iteration":
                name = re.sub(r"/(iterations|repeats|min_time|min_warmup_time|process_time|real_time|manual_time)\b.*", "",
                              run["name"])
                runs.setdefault(name, []).append(run)
        self.all = {}
        for name, several in runs.items():
            scale = units[several[0]["time_unit"]]
            figures = {"runs": len(several), "real": statistics.median(r["real_time"] for r in several) * scale,
                       "cpu": statistics.median(r["cpu_time"] for r in several) * scale}
            for counter in ("above", "bytes", "requests", "syncs", "worst"):
                if counter in several[0]:
                    figures[counter] = statistics.median(r[counter] for r in several)
            self.all[name] = figures

    def of(self, name, kind):
        if name not in self.all:
            raise Unmeasured(f"the benchmark {name} did not run")
        return self.all[name][kind]

    def real(self, one, other):
        return self.of(one, "real") / self.of(other, "real")

    def cpu(self, one, other):
        return self.of(one, "cpu") / self.of(other, "cpu")

    def share_of_ideal(self, depth):
        """Of what `depth` pages in flight can gain at most over the library's own list page by page."""
        ideal = self.pages / (1 + math.ceil((self.pages - 1) / depth))
        return self.real("delay/20/1", f"delay/20/{depth}") / ideal

    def json(self, one, other):
        """Of the pages of all shapes the one that speaks most against the library."""
        ratios = [self.real(f"decode/{shape}/{one}", f"decode/{shape}/{other}") for shape in JSON_SHAPES]
        return max(ratios) if one == "library" else min(ratios)


JSON_SHAPES = ["yeastar_100", "bsg_50", "bsg_1000", "smsup_1000"]
XML_SHAPE = "smsup_xml_1000"
HOSTILE_GROUPS = ["yeastar", "bsg", "smsup", "smsup_xml", "dexatel"]
POSTGRES_SEND = "send through a PostgreSQL journal over two raw commits"

# name, goal, at, ratio
ROWS = [
    ("list, pages of 100, over L", 1.5, LEAST, lambda m: m.real("list/100/L", "list/100/library")),
    ("list, pages of 1000, over L", 1.3, LEAST, lambda m: m.real("list/1000/L", "list/1000/library")),
    ("list, pages of 100, over N", 8, LEAST, lambda m: m.real("list/100/N", "list/100/library")),
    ("list, pages of 1000, over N", 13, LEAST, lambda m: m.real("list/1000/N", "list/1000/library")),
    ("asynchronous list, pages of 100, over N", 4.5, LEAST, lambda m: m.real("list/100/N", "list/100/async")),
    ("asynchronous list, pages of 1000, over N", 7, LEAST, lambda m: m.real("list/1000/N", "list/1000/async")),
    ("100 pages at 20 ms, prefetch 4, over N", 3.8, LEAST, lambda m: m.real("delay/20/N", "delay/20/4")),
    ("100 pages at 20 ms, prefetch 8, over N", 7.2, LEAST, lambda m: m.real("delay/20/N", "delay/20/8")),
    ("100 pages at 20 ms, prefetch 4, share of the ideal", 0.98, LEAST, lambda m: m.share_of_ideal(4)),
    ("100 pages at 20 ms, prefetch 8, share of the ideal", 0.98, LEAST, lambda m: m.share_of_ideal(8)),
    ("decode JSON, over nlohmann's SAX", 5, LEAST, lambda m: m.json("sax", "library")),
    ("decode JSON, over nlohmann's DOM", 10, LEAST, lambda m: m.json("dom", "library")),
    ("decode JSON, against filling the structs only", 2.7, MOST, lambda m: m.json("library", "fill")),
    ("decode XML, over expat", 2.8, LEAST, lambda m: m.real(f"decode/{XML_SHAPE}/expat", f"decode/{XML_SHAPE}/library")),
    ("decode XML, over a bare pugixml loop", 1.0, LEAST,
     lambda m: m.real(f"decode/{XML_SHAPE}/pugixml", f"decode/{XML_SHAPE}/library")),
    ("allocations per campaign above the struct's own", 0.2, MOST,
     lambda m: max(m.of(f"allocations/{shape}", "above") for shape in [*JSON_SHAPES, XML_SHAPE])),
    ("decode hostile answers, four times the size over once", 5, MOST,
     lambda m: max(m.of(f"hostile/{group}", "worst") for group in HOSTILE_GROUPS)),
    ("CPU of a blocking request over a raw handle", 2.2, MOST, lambda m: m.cpu("call/blocking", "call/raw")),
    ("CPU of a request, four in flight, over a raw handle", 1.4, MOST, lambda m: m.cpu("call/four", "call/raw")),
    ("CPU of a request from a completion, four in flight, over a raw handle", 1.4, MOST,
     lambda m: m.cpu("call/async", "call/raw")),
    ("CPU of get() over a raw handle", 3.5, MOST, lambda m: m.cpu("get/library", "get/raw")),
    ("canceled get() returns, of 50 ms", 1, MOST, lambda m: m.of("cancel", "real") / 50e6),
    ("plan of 1,000,000 recipients, of 2 s", 1, MOST, lambda m: m.of("plan/many", "real") / 2e9),
    ("memory of a plan for each recipient, 1,000,000 over 10,000", 1.1, MOST,
     lambda m: m.of("plan/many", "bytes") / m.of("plan/few", "bytes")),
    ("peak memory, 1,000,000 campaigns over 10,000", 1.1, MOST, lambda m: m.real("memory/many", "memory/few")),
    ("peak memory, 1,000,000 messages over 10,000", 1.3, MOST, lambda m: m.real("memory/messages/many", "memory/messages/few")),
    ("requests of an upload of 100,000 numbers over the fewest", 1, MOST, lambda m: m.of("upload/library", "requests")),
    ("CPU of an upload of 100,000 numbers over a loop by hand", 6, MOST, lambda m: m.cpu("upload/library", "upload/hand")),
    ("peak memory, upload of 100,000 numbers over 10,000", 1.05, MOST,
     lambda m: m.real("memory/upload/many", "memory/upload/few")),
    ("send through an SQLite journal over two raw commits", 2, MOST, lambda m: m.real("outbox/sqlite", "outbox/sqlite_raw")),
    ("waits for the disk of a send, SQLite", 2.1, MOST, lambda m: m.of("outbox/syncs", "syncs")),
    (POSTGRES_SEND, 1.5, MOST, lambda m: m.real("outbox/postgres", "outbox/postgres_raw")),
    ("1,000 sends by 16 threads over one, SQLite", 0.8, LEAST, lambda m: m.real("outbox/threads/1", "outbox/threads/16")),
    ("compile time of the public headers over the standard ones", 1.2, MOST,
     lambda m: m.cpu("compile/library", "compile/standard")),
]


class Server:
    """polycampaign_bench_server, in a process of its own."""

    def __init__(self, program, quick, prepare=None):
        lists = ["smsup-10000", "messages-10000"]
        lists += (["yeastar-2000", "yeastar-2500", "smsup-1000", "smsup-100000", "messages-100000"] if quick else
                  ["yeastar-100000", "yeastar-10000", "smsup-50000", "smsup-1000000", "messages-1000000"])
        self.process = subprocess.Popen([program, *lists], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=prepare)

    def __enter__(self):
        port = self.process.stdout.readline().strip()
        if not port.isdigit():
            raise Unmeasured("the server does not start")
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Postgres:
    """A server of the distribution's package, with its defaults, in a folder of its own and on a Unix socket."""

    def __init__(self, roots=("/usr/lib/postgresql", "/usr/local/lib/postgresql")):
        found = [path.parent for root in roots for path in pathlib.Path(root).glob("*/bin/initdb")]
        self.programs = max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), default=None)
        self.address = None
        # it refuses to run as root
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def __enter__(self):
        if self.programs is None:
            return self
        self.folder = tempfile.TemporaryDirectory(dir=ON_A_DISK)
        if self.user:
            shutil.chown(self.folder.name, "postgres", "postgres")
        self.log = tempfile.TemporaryFile("w+")
        data = f"{self.folder.name}/data"
        ways = {**self.user, "cwd": "/", "stdout": self.log, "stderr": self.log}
        initialized = subprocess.run([self.programs / "initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust",
                                      "--encoding", "UTF8", "--locale", "C", "--no-sync"], **ways)
        if initialized.returncode != 0:
            raise self.failure()
        # the server must not outlive this program, however that ends
        die_with_me = lambda: ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
        self.process = subprocess.Popen([self.programs / "postgres", "-D", data, "-k", self.folder.name, "-c", "listen_addresses=",
                                         "-c", "fsync=on", "-c", "synchronous_commit=on"], preexec_fn=die_with_me, **ways)
        for _ in range(600):
            if subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder.name]).returncode == 0:
                self.address = f"host={self.folder.name} user=postgres dbname=postgres"
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        raise self.failure()

    def failure(self):
        self.log.seek(0)
        return Unmeasured(f"PostgreSQL does not start\n{self.log.read()}")

    def __exit__(self, *_):
        if self.programs is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
        self.folder.cleanup()


def run(command, prepare=None):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=prepare)
    if done.returncode != 0:
        raise Unmeasured(f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def on_one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def benchmarks(program, server, quick, chosen, prepare=None, more=()):
    """`chosen`: a regular expression of names, or with `-` before it of the names that are left out."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out.json")
        run([program, f"--server={server}", *more, f"--benchmark_filter={chosen}", f"--benchmark_out={out}",
             "--benchmark_out_format=json", "--benchmark_enable_random_interleaving=true",
             *(["--quick", "--benchmark_min_time=0.001"] if quick else
               ["--benchmark_min_time=0.1", "--benchmark_repetitions=15"])], prepare)
        return json.loads(out.read_text())["benchmarks"]


def outbox(program, server, quick, chosen):
    """The databases are on a disk, because it is what their commits wait for."""
    with tempfile.TemporaryDirectory(dir=ON_A_DISK) as folder, Postgres() as postgres:
        more = [f"--folder={folder}", *([f"--postgres={postgres.address}"] if postgres.address else [])]
        return benchmarks(program, server, quick, chosen, more=more), postgres.address is not None


def memory(program, server, quick):
    """The largest resident set of a process that does nothing else: KiB, under `real`."""
    many = 100_000 if quick else 1_000_000
    commands = {"memory/few": [f"--stream={server}/smsup-10000/0"],
                "memory/many": [f"--stream={server}/smsup-{many}/0"],
                "memory/messages/few": [f"--messages={server}/messages-10000/0"],
                "memory/messages/many": [f"--messages={server}/messages-{many}/0"],
                "memory/upload/few": [f"--upload={server}/upload/0", "10000"],
                "memory/upload/many": [f"--upload={server}/upload/0", "100000"]}
    peaks = {}
    for _ in range(1 if quick else 7):
        for name, command in commands.items():
            peaks.setdefault(name, []).append(int(run([program, *command])))
    return {name: {"runs": len(of), "real": statistics.median(of)} for name, of in peaks.items()}


def standard_headers(build):
    """Those that the public headers include, directly or through each other."""
    headers, seen, left = set(), set(), ["polycampaign/polycampaign.hpp"]
    while left:
        name = left.pop()
        if name in seen or name == "polycampaign/export.hpp":
            continue
        seen.add(name)
        text = next(path for path in (SOURCE / "include" / name, build / "include" / name) if path.exists()).read_text()
        left += re.findall(r'^#include "(.*)"', text, re.M)
        headers |= set(re.findall(r"^#include <(.*)>", text, re.M))
    return sorted(headers)


def cpu_of(command):
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Unmeasured(" ".join(command))
    return used.ru_utime + used.ru_stime


def compiling(build, quick):
    """CPU seconds of compiling a file of includes without optimisation (`-O0 -c`), as nanoseconds under `cpu`."""
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", (build / "CMakeCache.txt").read_text(), re.M).group(1)
    texts = {"library": ["polycampaign/polycampaign.hpp"], "standard": standard_headers(build)}
    with tempfile.TemporaryDirectory() as folder:
        commands, spent = {}, {}
        for name, headers in texts.items():
            file = pathlib.Path(folder, name + ".cpp")
            file.write_text("".join(f"#include <{header}>\n" for header in headers))
            commands[name] = [compiler, "-std=c++20", "-O0", "-c", "-I", str(SOURCE / "include"), "-I", str(build / "include"),
                              "-DPOLYCAMPAIGN_STATIC_DEFINE", str(file), "-o", str(file.with_suffix(".o"))]
            cpu_of(commands[name])
        for _ in range(1 if quick else 11):
            for name, command in commands.items():
                spent.setdefault(name, []).append(cpu_of(command))
    return {f"compile/{name}": {"runs": len(of), "cpu": statistics.median(of) * 1e9} for name, of in spent.items()}


def machine(build):
    cpu = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    name = re.search(r'^PRETTY_NAME="(.*)"$', pathlib.Path("/etc/os-release").read_text(), re.M)
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", (build / "CMakeCache.txt").read_text(), re.M).group(1)
    return {"cpu": cpu.group(1) if cpu else platform.machine(), "cores": os.cpu_count(),
            "virtual": "hypervisor" in pathlib.Path("/proc/cpuinfo").read_text(),
            "system": name.group(1) if name else platform.system(), "kernel": platform.release(),
            "compiler": run([compiler, "--version"]).splitlines()[0]}


def measure(build, quick):
    load = os.getloadavg()[0]
    program, serving = build / "benchmarks/polycampaign_bench", build / "benchmarks/polycampaign_bench_server"
    cpu_rows, outbox_rows = "^(call|get|upload)/", "^outbox/"
    # What a wake-up from one core to another costs is the machine's affair: tens of microseconds and no two alike on
    # virtual machines. So what these rows count, a thread's hand-over to another included, happens on one core.
    with Server(serving, quick, on_one_core) as server:
        runs = benchmarks(program, server.url, quick, cpu_rows, on_one_core)
    with Server(serving, quick) as server:
        runs += benchmarks(program, server.url, quick, f"-{cpu_rows}|{outbox_rows}")
        of_outbox, with_postgres = outbox(program, server.url, quick, outbox_rows)
        medians = Medians(runs + of_outbox, pages=25 if quick else 100)
        medians.all.update(memory(program, server.url, quick))
    medians.all.update(compiling(build, quick))

    rows, left_out = rows_of(medians, with_postgres)
    return {"rows": rows, "left_out": left_out, "medians": medians.all, "machine": {**machine(build), "load": load}}


def rows_of(medians, with_postgres):
    """The rows, and a sentence for each that is left out."""
    rows = []
    left_out = [] if with_postgres else [f"{POSTGRES_SEND}: not measured, because PostgreSQL is not installed"]
    for name, goal, at, ratio in ROWS:
        if name == POSTGRES_SEND and not with_postgres:
            continue
        value = round(ratio(medians), 4)
        rows.append({"name": name, "ratio": value, "goal": goal, "at": at,
                     "met": value >= goal if at == LEAST else value <= goal})
    return rows, left_out


def table(rows):
    width = max(len(row["name"]) for row in rows)
    lines = [f"{'':{width}}  {'ratio':>7}  {'goal':>13}  met"]
    for row in rows:
        lines.append(f"{row['name']:{width}}  {row['ratio']:>7.4g}  {'at ' + row['at']:>8} {row['goal']:>4}  "
                     f"{'yes' if row['met'] else 'NO'}")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(prog="run.py", description=__doc__)
    options.add_argument("--build", type=pathlib.Path, required=True, help="where the benchmarks were built")
    options.add_argument("--json", type=pathlib.Path, help="write the rows there: name, ratio, goal, at, met")
    options.add_argument("--measured", type=pathlib.Path, help="write everything measured there, for page.py")
    options.add_argument("--quick", action="store_true", help="the same rows from few runs and shorter lists: shows that all can be measured")
    given = options.parse_args()
    try:
        measured = measure(given.build, given.quick)
    except (Unmeasured, OSError) as problem:
        print(f"a row could not be measured: {problem}", file=sys.stderr)
        return 1
    print("\n".join([table(measured["rows"]), *measured["left_out"]]))
    if given.json:
        given.json.write_text(json.dumps(measured["rows"], indent=1) + "\n")
    if given.measured:
        given.measured.write_text(json.dumps(measured, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
