"""Runs the command as its users do: as a program, with files, pipes, terminals and signals."""
import atexit
import contextlib
import fcntl
import http.client
import http.server
import json
import os
import pathlib
import select
import struct
import subprocess
import tempfile
import termios
import threading
import time
import tomllib
import unicodedata
import unittest

COMMAND = os.environ["POLYCAMPAIGN_COMMAND"]
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
PATIENCE = 60  # seconds before a hanging program fails a test; nothing waits for it in a good run

MEMBERS = ["account", "provider", "id", "name", "sender", "text", "channel", "status", "vendor_status", "created_at",
           "scheduled_at", "started_at", "finished_at", "updated_at", "statistics", "cost", "recipient_lists", "notes"]
COUNTERS = ["recipients", "filtered", "messages", "submitted", "pending", "in_flight", "delivered", "undelivered",
            "expired", "failed", "unreported", "read", "replies", "opt_outs", "clicks"]
VENDORS = ["bsg", "dexatel", "smsup", "yeastar"]


def state_folder():
    """A folder of its own for each command, so that it remembers nothing of another one."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return folder.name


def environment(**more):
    """Nothing of the developer's own: no accounts, no colours, no width, a locale without UTF-8."""
    base = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C", "TERM": "xterm",
            "XDG_STATE_HOME": state_folder()}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH"):
        if name in os.environ:
            base[name] = os.environ[name]
    return {**base, **{name: str(value) for name, value in more.items()}}


class Run:
    """A finished program: `status`, `out`, `err`."""

    def __init__(self, *arguments, config=None, env=None, stdin=b"", **options):
        line = [COMMAND] + (["--config", str(config)] if config else []) + [str(a) for a in arguments]
        done = subprocess.run(line, input=stdin, capture_output=True, env=environment(**(env or {})), timeout=PATIENCE,
                              **options)
        self.status, self.raw = done.returncode, done.stdout
        self.out, self.err = done.stdout.decode(), done.stderr.decode()

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def told(self):
        """Standard error with `--errors json`."""
        return [json.loads(line) for line in self.err.splitlines()]

    @property
    def errors(self):
        return [each for each in self.told if "code" in each]


class Vendors:
    """`polycampaign simulate`, and the accounts file that it printed."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([COMMAND, "simulate", *arguments], stdout=subprocess.PIPE, text=True,
                                        env=environment())
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line == "# ready\n":
                break
        self.toml = "".join(lines)
        self.accounts = tomllib.loads(self.toml)["accounts"]
        self.folder = tempfile.TemporaryDirectory()
        self.config = self.write(self.accounts)

    def write(self, accounts, name="accounts.toml"):
        """An accounts file in a folder that lives as long as this."""
        return write_accounts(pathlib.Path(self.folder.name) / name, accounts)

    def without(self, account, setting):
        return {n: {k: v for k, v in a.items() if (n, k) != (account, setting)} for n, a in self.accounts.items()}

    def changed(self, account, **settings):
        return {n: ({**a, **settings} if n == account else a) for n, a in self.accounts.items()}

    def close(self):
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.folder.cleanup()
        assert status == 0, f"simulate ended with {status}"


def write_accounts(path, accounts):
    def text(value):
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{k} = {text(v)}" for k, v in value.items()) + " }"
        return json.dumps(value)

    path.write_text("".join(f"[accounts.{json.dumps(name)}]\n" +
                            "".join(f"{k} = {text(v)}\n" for k, v in settings.items()) + "\n"
                            for name, settings in accounts.items()))
    return path


class WithVendors(unittest.TestCase):
    """One set of simulated vendors for all tests of a class."""
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.vendors = Vendors(*cls.arguments)

    @classmethod
    def tearDownClass(cls):
        cls.vendors.close()

    def run_ok(self, *arguments, **options):
        run = Run(*arguments, config=self.vendors.config, **options)
        self.assertEqual(run.status, 0, run.err)
        return run


def wait_until_handled(process, number):
    """Waits until a program has acted on a signal: it has taken the signal, and all its threads wait for something again,
    or it has ended."""
    folder = pathlib.Path(f"/proc/{process.pid}")

    def is_pending():
        fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return any(int(fields[name], 16) >> (number - 1) & 1 for name in ("SigPnd", "ShdPnd"))

    def waits(thread):
        return (thread / "stat").read_text().rpartition(")")[2].split()[0] == "S"

    end = time.monotonic() + PATIENCE
    while process.poll() is None:
        with contextlib.suppress(OSError):  # a thread has ended
            if not is_pending() and all(waits(thread) for thread in (folder / "task").iterdir()):
                return
        if time.monotonic() > end:
            raise AssertionError(f"signal {number} is not handled")
        time.sleep(0.001)


class LocalServer:
    """A server on the loopback, in threads of its own. `base_url` is its address."""

    def serve(self, handler):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.base_url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Proxy(LocalServer):
    """Passes requests on to a simulator and remembers them. `hook(number, method, path)` may answer itself (status,
    body and perhaps headers) or wait; numbers count from 1. If `lost(number, method, path)`, the simulator's answer to
    the request does not arrive. `authorizations` has the values of the header of that name."""

    def __init__(self, base_url, hook=lambda number, method, path: None, lost=lambda number, method, path: False):
        self.requests, self.authorizations = [], []
        lock = threading.Lock()
        host = base_url.removeprefix("http://")
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (ConnectionError, ValueError):
                    self.close_connection = True  # the command has gone

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with lock:
                    proxy.requests.append(f"{self.command} {self.path}")
                    number = len(proxy.requests)
                    proxy.authorizations += self.headers.get_all("Authorization", [])
                own = hook(number, self.command, self.path)
                kind = "application/json"
                more = {}
                if own:
                    status, text = own[:2]
                    more = own[2] if len(own) > 2 else {}
                else:
                    upstream = http.client.HTTPConnection(host, timeout=PATIENCE)
                    headers = {k: v for k, v in self.headers.items()
                               if k.lower() not in ("host", "accept-encoding", "content-length", "connection")}
                    upstream.request(self.command, self.path, body or None, headers)
                    response = upstream.getresponse()
                    status, text = response.status, response.read()
                    kind = response.headers.get("Content-Type", kind)
                    upstream.close()
                    if lost(number, self.command, self.path):
                        status, text, kind = 502, b"<html>Bad gateway</html>", "text/html"
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text)))
                for name, value in more.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.serve(Handler)


class Terminal:
    """A program whose standard output, standard error or both are a terminal. `on_bytes(all so far)` is called as they
    come."""

    def __init__(self, *arguments, config=None, env=None, columns=80, out=True, err=True, stdin=False):
        line = [COMMAND] + (["--config", str(config)] if config else []) + [str(a) for a in arguments]
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(line, stdin=slave if stdin else subprocess.DEVNULL, env=environment(**(env or {})),
                                        stdout=slave if out else subprocess.PIPE,
                                        stderr=slave if err else subprocess.PIPE)
        os.close(slave)
        self.seen = b""

    def read_until(self, wanted):
        """Reads until the bytes were seen; the end of the output fails."""
        while wanted not in self.seen:
            if not self._read():
                raise AssertionError(f"{wanted!r} never came: {self.seen!r}")

    def type(self, text):
        """Types on the keyboard of the terminal; needs `stdin`."""
        os.write(self.master, text.encode())

    def finish(self):
        while self._read():
            pass
        piped = self.process.communicate(timeout=PATIENCE)
        self.piped = (piped[0] or b"") + (piped[1] or b"")
        os.close(self.master)
        self.status = self.process.returncode
        self.text = self.seen.decode().replace("\r\n", "\n")
        return self

    def _read(self):
        if not select.select([self.master], [], [], PATIENCE)[0]:
            self.process.kill()
            raise AssertionError(f"nothing came: {self.seen!r}")
        try:
            data = os.read(self.master, 65536)
        except OSError:  # EIO: the last writer has gone
            return False
        self.seen += data
        return bool(data)


def width(text):
    """Columns of a terminal."""
    total, last = 0, 0
    for c in text:
        if c == "\ufe0f":
            total, last = total + (last == 1), 2
        elif unicodedata.category(c) in ("Mn", "Me", "Cf"):
            continue
        else:
            last = 2 if unicodedata.east_asian_width(c) in "WF" else 1
            total += last
    return total


def time_of(campaign):
    return campaign["created_at"] or campaign["scheduled_at"] or campaign["started_at"]


def newest_first(campaigns):
    """The order of `table` and `json`."""
    by_name = sorted(campaigns, key=lambda c: (c["account"], c["id"]))
    return sorted(by_name, key=lambda c: time_of(c) or "", reverse=True)
