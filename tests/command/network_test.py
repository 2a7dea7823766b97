import os
import resource
import signal
import socket
import subprocess
import threading
import unittest

from support import COMMAND, PATIENCE, Run, VENDORS, WithVendors, environment

THIRTY = 30


def with_descriptors(limit):
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


class FewDescriptors(WithVendors):
    arguments = ("--campaigns", "5")

    def thirty(self):
        vendors = [name for name in VENDORS for _ in range(THIRTY // len(VENDORS) + 1)][:THIRTY]
        return {f"{vendor}-{i}": self.vendors.accounts[vendor] for i, vendor in enumerate(vendors)}

    def test_thirty_accounts_end_with_what_there_was(self):
        config = self.vendors.write(self.thirty(), "thirty.toml")
        seen = set()
        for limit in (16, 24, 32, *range(40, 81, 5), 256):
            run = Run("list", "--since", "2000-01-01", "-o", "ndjson", "--errors", "json", config=config,
                      preexec_fn=with_descriptors(limit))
            seen.add(run.status)
            listed = {c["account"] for c in run.lines}
            failed = {e["account"]: e for e in run.errors}
            self.assertEqual(listed | set(failed), set(self.thirty()), limit)
            for error in failed.values():
                self.assertEqual((error["code"], error["effect"]), ("unavailable", "none"), error)
                self.assertIn("no file descriptor is free; raise the limit (ulimit -n)", error["message"])
            self.assertEqual(run.status, 0 if not failed else 1 if listed else 3, run.err)
        self.assertLessEqual({0, 1}, seen, "some limits were too low, and one was not")

    def test_a_signal_ends_it(self):
        silent = socket.socket()
        self.addCleanup(silent.close)
        silent.bind(("127.0.0.1", 0))
        silent.listen(128)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        accounts = {name: {**account, "base_url": url} for name, account in self.thirty().items()}
        config = self.vendors.write(accounts, "silent.toml")
        process = subprocess.Popen([COMMAND, "--config", config, "list"], env=environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, preexec_fn=with_descriptors(60))
        first, _ = silent.accept()  # so it is under way
        self.addCleanup(first.close)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 128 + signal.SIGINT, err)


class Proxies(unittest.TestCase):
    """What the environment says about proxies never shows a password."""

    def setUp(self):
        self.folder = os.environ.get("TMPDIR", "/tmp")
        self.config = os.path.join(self.folder, f"polycampaign-proxies-{os.getpid()}.toml")
        self.addCleanup(os.remove, self.config)
        with open(self.config, "w") as file:
            file.write('[accounts.shop]\nprovider = "dexatel"\napi_key = "key-of-the-shop"\n'
                       'base_url = "https://192.0.2.1"\n')

    def run_with(self, proxy):
        run = Run("list", "--log-level", "trace", "--errors", "json", config=self.config, env={"https_proxy": proxy})
        self.assertNotIn("hunter", run.out + run.err, proxy)
        (error,) = run.errors
        return run, error

    def test_a_mistyped_one_is_named_by_its_variable(self):
        for proxy in ("sock5://hunter1:hunter2@127.0.0.1:1", "http://hunter1:hunter2@", "http://hunter1:hunter2",
                      "http://hunter1:1/hunter2@127.0.0.1:1", "http://hunter1:hunter2@127.0.0.1:99999",
                      "http://hunter1:hunter2@[::1", "http://hunter1:hun ter2@127.0.0.1:1"):
            run, error = self.run_with(proxy)
            self.assertEqual((run.status, error["code"], error["effect"], error["attempts"]),
                             (2, "configuration", "none", 1), proxy)
            self.assertIn("environment variable https_proxy", error["message"])

    def test_one_that_refuses_is_named_and_asked_once(self):
        for status, code, times in ((407, "configuration", 1), (403, "configuration", 1), (503, "network", 3)):
            listener = socket.create_server(("127.0.0.1", 0))
            self.addCleanup(listener.close)
            name = f"127.0.0.1:{listener.getsockname()[1]}"
            asked = []

            def serve():
                while True:
                    try:
                        connection, _ = listener.accept()
                    except OSError:
                        return
                    with connection:
                        asked.append(connection.recv(65536))
                        connection.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())

            threading.Thread(target=serve, daemon=True).start()
            _, error = self.run_with(f"http://hunter1:hunter2@{name}")
            self.assertEqual((error["code"], error["effect"], error["http_status"]), (code, "none", None))
            self.assertIn(f"the proxy {name} (https_proxy) returned HTTP {status}", error["message"])
            self.assertEqual(len(asked), times)
            self.assertTrue(asked[0].startswith(b"CONNECT 192.0.2.1:443 "), asked[0])


if __name__ == "__main__":
    unittest.main()
