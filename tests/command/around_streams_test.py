"""Lists of any size: they are written as they arrive, in little memory, and end when nobody reads."""
import os
import subprocess
import threading
import unittest

from ledger import WithLedger, message
from support import COMMAND, PATIENCE, Terminal, environment

PAGE = 1000


def page_of(total):
    """The pages of a campaign with that many messages."""
    def page(number):
        first = number * PAGE
        if first > 0 and first >= total:
            return None
        return [{"id": str(n), "campaign": "7", "number": f"336{n:08}", "status": "delivered"} for n in range(first, min(first + PAGE, total))]
    return page


class Streams(WithLedger):
    def peak(self, form, total):
        """The command's peak memory in KiB, and how many lines it wrote."""
        self.ledger.pages["/messages/7"] = page_of(total)
        # AddressSanitizer would keep what was freed.
        options = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64"
        process = subprocess.Popen([COMMAND, "--config", self.config, "messages", "7", "-o", form],
                                   env=environment(ASAN_OPTIONS=options), stdout=subprocess.PIPE)
        lines = sum(1 for _ in process.stdout)
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss, lines

    @unittest.skipIf("TSAN_OPTIONS" in os.environ, "ThreadSanitizer keeps memory for each address that was used")
    def test_memory_does_not_grow_with_the_list(self):
        for form, header in (("ndjson", 0), ("csv", 1)):
            small, lines = self.peak(form, 10_000)
            self.assertEqual(lines, 10_000 + header)
            large, lines = self.peak(form, 100_000)
            self.assertEqual(lines, 100_000 + header)
            self.assertLess(large / small, 1.5, form)

    def test_a_page_is_written_before_the_next_one_arrives(self):
        written = threading.Event()
        self.addCleanup(written.set)
        self.ledger.pages.update({"/messages/7": [[message(1)], [message(2)]], "/lists": [[{"id": "1"}], [{"id": "2"}]],
                                  "/replies/7": [[{"id": "1", "campaign": "7"}], [{"id": "2", "campaign": "7"}]],
                                  "/stop_list": [[{"id": "1"}], [{"id": "2"}]]})
        for command in (("messages", "7"), ("replies", "7"), ("opt-outs",), ("lists",)):
            for form, lines in (("ndjson", 1), ("csv", 2)):
                written.clear()
                self.ledger.hook = lambda n, method, path, body: written.wait(PATIENCE) and None if "after" in path else None
                process = subprocess.Popen([COMMAND, "--config", self.config, *command, "-o", form], env=environment(),
                                           stdout=subprocess.PIPE)
                for _ in range(lines):
                    self.assertTrue(process.stdout.readline().endswith(b"\n"))
                written.set()
                self.assertEqual(len(process.stdout.readlines()), 1)
                process.stdout.close()
                self.assertEqual(process.wait(PATIENCE), 0)

    def test_a_reader_that_leaves_ends_the_list(self):
        self.ledger.pages["/messages/7"] = page_of(10**9)
        for form in ("ndjson", "csv"):
            process = subprocess.Popen([COMMAND, "--config", self.config, "messages", "7", "-o", form], env=environment(),
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertTrue(process.stdout.readline())
            process.stdout.close()
            self.assertEqual(process.wait(PATIENCE), 1)
            self.assertEqual(process.stderr.read(), b"polycampaign: cannot write the results: Broken pipe\n")
            process.stderr.close()

    def test_a_signal_ends_the_list(self):
        self.ledger.pages["/messages/7"] = page_of(10**9)
        process = subprocess.Popen([COMMAND, "--config", self.config, "messages", "7", "-o", "ndjson"], env=environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertTrue(process.stdout.readline())
        process.terminate()
        rest = process.stdout.read()
        self.assertTrue(rest.endswith(b"\n"), "whole lines")
        self.assertEqual((process.wait(PATIENCE), process.stderr.read()), (128 + 15, b"polycampaign: terminated\n"))
        process.stdout.close()
        process.stderr.close()

    def test_a_long_list_shows_its_progress(self):
        self.ledger.pages["/messages/7"] = page_of(10**9)
        terminal = Terminal("messages", "7", "-o", "ndjson", config=self.config, out=False)
        drain = threading.Thread(target=lambda: terminal.process.stdout.read(), daemon=True)
        drain.start()
        terminal.read_until(b"000 messages read")
        terminal.process.terminate()
        drain.join()
        terminal.process.stdout.close()
        terminal.process.stdout = None
        self.assertIn(b"\r\x1b[K", terminal.finish().seen)

    def test_a_formula_that_is_refused_ends_the_list(self):
        pages = page_of(10**9)
        self.ledger.pages["/messages/7"] = lambda number: pages(number) if number < 3 else [message(1_000_000 + number, text="=1")]
        run = self.run_it("messages", "7", "-o", "csv", "--csv-formulas", "refuse")
        self.assertEqual((run.status, run.out.count("\r\n")), (1, 3001))
        self.assertIn("row 3002, column 8 (text)", run.err)


if __name__ == "__main__":
    unittest.main()
