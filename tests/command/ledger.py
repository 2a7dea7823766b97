"""Serves the fictional vendor `ledger` (ledger.cpp): recipient lists, messages, replies and opt-outs."""
import http.server
import json
import pathlib
import tempfile
import threading
import unittest
import urllib.parse

from support import LocalServer, Run, write_accounts


class Ledger(LocalServer):
    """`pages` has the pages of every list, by path: a list of records, or a function of the page's number that returns the
    records, or None behind the last page. `more` is added to every page of that path. `hook(number, method, path, body)`
    may answer itself (status, JSON) or wait; numbers count from 1."""

    def __init__(self, hook=lambda *_: None):
        self.pages, self.more, self.requests, self.lists, self.hook = {}, {}, [], {}, hook
        ledger, lock = self, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
                with lock:
                    ledger.requests.append((self.command, self.path, body))
                    number = len(ledger.requests)
                own = ledger.hook(number, self.command, self.path, body)
                with lock:
                    status, reply = own or ledger.answer(self.command, self.path, body)
                text = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except ConnectionError:
                    self.close_connection = True  # the command has gone

            do_GET = do_POST = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.serve(Handler)

    def answer(self, method, path, body):
        path, _, query = path.partition("?")
        if method == "GET":
            page = int(urllib.parse.parse_qs(query).get("after", ["0"])[0])
            pages = self.pages.get(path)
            if pages is None:
                return 404, {}
            if callable(pages):
                items, last = pages(page), pages(page + 1) is None
            else:
                items, last = pages[page] if pages else [], page + 1 >= len(pages)
            return 200, {"items": items, **({} if last else {"next": str(page + 1)}), **self.more.get(path, {})}
        if method == "DELETE":
            return (200, {}) if self.lists.pop(path.split("/")[-1], None) is not None else (404, {})
        if path == "/lists":
            name, numbers = str(len(self.lists) + 1), set()
            self.lists[name] = numbers
        else:
            name = path.split("/")[-1]
            if name not in self.lists:
                return 404, {}
            numbers = self.lists[name]
        new = [n for n in body["numbers"] if n not in numbers]
        numbers.update(new)
        return 200, {"id": name, "added": len(new), "duplicates": len(body["numbers"]) - len(new), "invalid": 0}


class WithLedger(unittest.TestCase):
    """A ledger, and an accounts file with the one account `book` there."""

    def setUp(self):
        self.ledger = Ledger()
        self.addCleanup(self.ledger.close)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.config = self.accounts(book={})

    def accounts(self, **accounts):
        """An accounts file: the settings of each account, at the ledger unless they say otherwise."""
        return write_accounts(self.folder / "accounts.toml", {
            name: {"provider": "ledger", "base_url": self.ledger.base_url, **more} for name, more in accounts.items()})

    def run_it(self, *arguments, **options):
        return Run(*arguments, config=options.pop("config", self.config), **options)

    def run_ok(self, *arguments, **options):
        run = self.run_it(*arguments, **options)
        self.assertEqual((run.status, run.err), (0, ""))
        return run


def message(number, **more):
    return {"id": str(number), "campaign": "7", "number": f"336399{number:05}", "status": "delivered", **more}
