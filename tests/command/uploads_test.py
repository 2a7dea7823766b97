"""`list-create` and `list-add`: uploads in steps of 100 numbers, which can be interrupted and continued."""
import json
import re
import shlex
import signal
import subprocess
import threading
import unittest

from ledger import WithLedger
from support import COMMAND, PATIENCE, Run, Terminal, environment, wait_until_handled


class Uploads(WithLedger):
    def people(self, count, name="people.csv", header="number\n", more=""):
        path = self.folder / name
        path.write_text(header + "".join(f"+336399{n:05}{more}\n" for n in range(count)))
        return path

    def steps(self):
        """How many numbers each request had."""
        return [len(body["numbers"]) for method, _, body in self.ledger.requests if method == "POST"]

    def continuation(self, err):
        """The arguments of the command that continues an upload."""
        (line,) = re.findall(r"continue with `polycampaign (.*?)`", err)
        line = shlex.split(line)
        self.assertEqual(line[:2], ["--config", str(self.config)])
        return line[2:]


class Complete(Uploads):
    def test_a_new_list(self):
        people = self.people(250)
        run = self.run_ok("list-create", "--name", "Customers", "--recipients", people, "-o", "json")
        self.assertEqual(run.lines, [{"account": "book", "provider": "ledger", "list": {"id": "1", "name": "Customers"}, "added": 250,
                                      "duplicates": 0, "invalid": 0, "notes": []}])
        self.assertEqual(self.steps(), [100, 100, 50])
        self.assertEqual(self.ledger.requests[0][2]["name"], "Customers")
        self.assertEqual(len(self.ledger.lists["1"]), 250)

    def test_a_new_list_without_numbers(self):
        run = self.run_ok("list-create", "--name", "Later", "-o", "json")
        self.assertEqual((run.lines[0]["list"]["id"], run.lines[0]["added"], self.steps()), ("1", 0, [0]))

    def test_more_numbers_of_which_the_list_has_some(self):
        self.ledger.lists["12"] = {f"+336399{n:05}" for n in range(30)}
        path = self.people(150)
        path.write_text(path.read_text() + "+33 6 39 90 01 49\n")
        run = self.run_ok("list-add", "12", "--recipients", path, "-o", "json")
        self.assertEqual(run.lines, [{"account": "book", "provider": "ledger", "list": {"id": "12", "name": None}, "added": 120,
                                      "duplicates": 31, "invalid": 0, "notes": ["1 number was given more than once and sent once"]}])
        shown = self.run_ok("list-add", "12", "--recipients", "-", stdin=b"+33639900000\n+33639900999\n").out
        for line in ("Account      book (ledger)", "List         12", "Numbers      2", "Added        1", "Duplicates   1",
                     "Invalid      0"):
            self.assertIn(line, shown)

    def test_what_the_vendor_does_not_count_is_unknown(self):
        self.ledger.lists["12"] = set()
        self.ledger.hook = lambda n, method, path, body: (200, {"added": 50 if n == 2 else 100, "note": "slowly"} if n == 2 else
                                                          {"added": 100, "duplicates": 0, "invalid": 0, "note": "slowly"})
        run = self.run_ok("list-add", "12", "--recipients", self.people(150), "-o", "json")
        (report,) = run.lines
        self.assertEqual((report["added"], report["duplicates"], report["invalid"], report["notes"]), (150, None, None, ["slowly"]))
        self.ledger.hook = lambda n, method, path, body: (200, {})
        self.assertIn("Added        unknown", self.run_ok("list-add", "12", "--recipients", self.people(1)).out)

    def test_other_columns_lead_to_one_warning(self):
        people = self.people(3, header="number,reference,text\n", more=",a,Hello")
        run = self.run_it("list-create", "--name", "Customers", "--recipients", people, "-o", "json")
        self.assertEqual((run.status, run.lines[0]["added"]), (0, 3))
        self.assertEqual(run.err, "polycampaign: only the column number is used, because a list contains nothing but numbers\n")
        run = self.run_it("list-create", "--name", "Customers", "--recipients", self.people(3, header="", more=",Anna"))
        self.assertEqual((run.status, run.err.count("\n")), (0, 1))
        self.assertIn("only the first column is used", run.err)


class Refused(Uploads):
    def test_before_any_request(self):
        people = self.people(2)
        wrong = self.folder / "wrong.csv"
        wrong.write_text("+33639900001\n0639900002\n")
        mute = self.accounts(silent={"provider": "mute"}, book={})
        for arguments, words in (
                (("list-create", "--name", "x", "--recipients", people), "name: a list needs a name of at least 2 characters"),
                (("list-create", "--name", "x" * 41), "it has 41 characters, and this vendor takes at most 40"),
                (("list-create",), "--name is required"), (("list-add", "12"), "--recipients is required"),
                (("list-create", "--name", "xy", "--recipients", wrong), "line 2, column 1"),
                (("list-add", "12", "--recipients", "/no/such.csv"), "--recipients /no/such.csv: No such file or directory"),
                (("list-add", "12", "--recipients", people, "--resume", "nonsense"), "this is not the resume token of an upload"),
                (("list-add", "12", "--recipients", people), "list-add needs exactly one account")):
            run = self.run_it(*(("--account", "book") if "exactly" not in words else ()), *arguments, config=mute)
            self.assertEqual((run.status, run.out), (2, ""), run.err)
            self.assertIn(words, run.err)
            self.assertNotIn("continue with", run.err)
            self.assertNotIn("6399000", run.err)
        silent = self.run_it("--account", "silent", "list-create", "--name", "xy", config=mute)
        self.assertEqual(silent.status, 2)
        self.assertIn("unsupported", silent.err)
        self.assertEqual(self.ledger.requests, [])

    def test_by_the_vendor(self):
        run = self.run_it("list-add", "99", "--recipients", self.people(2), "--errors", "json")
        self.assertEqual((run.status, run.out, [(e["code"], e["effect"]) for e in run.errors]), (3, "", [("not_found", "none")]))


class Interrupted(Uploads):
    def fail_at(self, which, answer):
        self.ledger.hook = lambda n, method, path, body: answer if n == which else None

    def check_continued(self, run, already, duplicates=0):
        arguments = self.continuation(run.err)
        self.ledger.hook = lambda *_: None
        self.ledger.requests.clear()
        again = self.run_ok(*arguments, "-o", "json")
        self.assertEqual((again.lines[0]["added"], again.lines[0]["duplicates"]), (250 - duplicates, duplicates))
        self.assertEqual(sum(self.steps()), 250 - already)
        self.assertEqual(len(self.ledger.lists["1"]), 250)

    def test_a_refused_step_prints_the_command_that_continues(self):
        people = self.people(250, "my people's.csv")
        self.fail_at(3, (403, {}))
        run = self.run_it("list-create", "--name", "Customers", "--recipients", people, "-o", "json")
        self.assertEqual((run.status, run.out), (3, ""))
        self.assertIn(f"the vendor has answered 200 of 250 numbers; continue with `polycampaign --config {self.config} --account book list-add 1 ", run.err)
        self.assertNotIn("6399", run.err)
        self.check_continued(run, already=200)

    def test_a_lost_answer_is_status_4_and_adds_nobody_twice(self):
        self.ledger.lists["1"] = set()

        def hook(n, method, path, body):
            if n != 2:
                return None
            self.ledger.answer(method, path, body)  # the vendor does it
            return 502, {}
        self.ledger.hook = hook
        run = self.run_it("list-add", "1", "--recipients", self.people(250), "--errors", "json")
        self.assertEqual((run.status, run.errors[0]["effect"]), (4, "unknown"))
        notes = " ".join(each["note"] for each in run.told if "note" in each)
        self.assertIn("not every vendor documents it", notes)
        self.assertIn("the vendor has answered 100 of 250 numbers", notes)
        self.check_continued(run, already=100, duplicates=100)

    def test_counts_that_are_unknown_stay_unknown(self):
        self.ledger.lists["1"] = set()
        self.ledger.hook = lambda n, method, path, body: [(200, {"added": 100}), (403, {})][n - 1]
        arguments = self.continuation(self.run_it("list-add", "1", "--recipients", self.people(250)).err)
        self.assertRegex(arguments[-1], r"^upload-1:\d+:\d+:100:100:-:-$")
        self.ledger.hook = lambda *_: None
        (report,) = self.run_ok(*arguments, "-o", "json").lines
        self.assertEqual((report["added"], report["duplicates"], report["invalid"]), (250, None, None))
        for wrong in ("upload-1:-:1:100:1:1:1", "upload-1:1:1:-:1:1:1", "upload-1:1:1:1:x:1:1", "upload-1:1:1:1:-1:1:1"):
            self.assertIn("this is not the resume token of an upload", self.run_it(*arguments[:-1], wrong).err)

    def test_a_lost_answer_to_the_first_step_of_a_new_list(self):
        for answer in ((502, {}), (200, {"added": 100})):
            self.ledger.requests.clear()
            self.fail_at(1, answer)
            run = self.run_it("list-create", "--name", "Customers", "--recipients", self.people(250), "-o", "json")
            self.assertEqual((run.status, run.out, self.steps()), (4, "", [100]), run.err)
            self.assertIn(f"look for its name with `polycampaign --config {self.config} --account book lists` before you create it again", run.err)
            self.assertNotIn("continue with", run.err)

    def test_other_numbers_cannot_be_continued(self):
        self.fail_at(2, (403, {}))
        arguments = self.continuation(self.run_it("list-create", "--name", "xy", "--recipients", self.people(250)).err)
        self.people(249, header="number\n+33639999999\n")
        run = self.run_it(*arguments)
        self.assertEqual(run.status, 2)
        self.assertIn("this resume token belongs to an upload of other numbers", run.err)

    def interrupt(self, step, arguments, stdin=None):
        """Sends SIGINT while the vendor works on a step."""
        asked, release = threading.Event(), threading.Event()
        self.addCleanup(release.set)

        def hook(n, method, path, body):
            if n == step:
                asked.set()
                release.wait(PATIENCE)
        self.ledger.hook = hook
        process = subprocess.Popen([COMMAND, "--config", self.config, *map(str, arguments)], env=environment(), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if stdin:
            process.stdin.write(stdin)
        process.stdin.close()
        process.stdin = None
        self.assertTrue(asked.wait(PATIENCE))
        process.send_signal(signal.SIGINT)
        wait_until_handled(process, signal.SIGINT)
        self.assertIsNone(process.poll(), "the step in flight is not given up")
        release.set()
        out, err = process.communicate(timeout=PATIENCE)
        return Finished(process.returncode, out, err)

    def test_ctrl_c_stops_after_the_step_in_flight(self):
        run = self.interrupt(2, ("list-create", "--name", "Customers", "--recipients", self.people(250)))
        self.assertEqual((run.status, run.out, self.steps()), (128 + signal.SIGINT, "", [100, 100]))
        self.assertTrue(run.err.endswith("polycampaign: interrupted\n"))
        self.assertIn("the vendor has answered 200 of 250 numbers", run.err)
        self.check_continued(run, already=200)

    def test_ctrl_c_in_the_last_step_is_too_late(self):
        run = self.interrupt(3, ("list-create", "--name", "Customers", "--recipients", self.people(250), "-o", "json"))
        self.assertEqual((run.status, run.err, json.loads(run.out)["added"]), (0, "", 250))

    def test_numbers_from_standard_input(self):
        people = self.people(250).read_text()
        run = self.interrupt(1, ("list-create", "--name", "Customers", "--recipients", "-"), stdin=people)
        self.assertIn("--recipients - --resume", run.err)
        self.assertIn("` and the same numbers on standard input", run.err)
        self.ledger.hook = lambda *_: None
        self.run_ok(*self.continuation(run.err), stdin=people.encode())
        self.assertEqual(len(self.ledger.lists["1"]), 250)

    def test_progress_is_one_line_on_a_terminal(self):
        terminal = Terminal("list-create", "--name", "Customers", "--recipients", self.people(250), config=self.config, out=False).finish()
        self.assertEqual(terminal.status, 0)
        for numbers in (0, 100, 200, 250):
            self.assertIn(f"\r{numbers} of 250 numbers sent\x1b[K", terminal.text)
        self.assertTrue(terminal.text.endswith("\r\x1b[K"))
        self.assertNotIn("\n", terminal.text)
        self.assertEqual(self.run_ok("list-create", "--name", "Customers", "--recipients", self.people(250)).err, "")

    def test_a_list_that_cannot_be_shown_is_named(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([COMMAND, "--config", self.config, "list-create", "--name", "Customers"], env=environment(), stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 1)
        self.assertIn("all numbers are in the list with the id 1", done.stderr)


class Finished:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


if __name__ == "__main__":
    unittest.main()
