"""`lists`, `list-delete`, `messages`, `replies` and `opt-outs`, at a vendor that the tests serve."""
import json
import unittest

from ledger import WithLedger, message
from support import Run, Terminal

MESSAGE = ["account", "provider", "id", "campaign", "reference", "number", "sender", "text", "status", "vendor_status", "created_at",
           "sent_at", "reported_at", "parts", "cost", "country", "notes"]
ANSWER = ["account", "provider", "campaign", "number", "text", "at", "reference"]
LIST = ["account", "provider", "id", "name", "size", "created_at", "notes"]


class Messages(WithLedger):
    def setUp(self):
        super().setUp()
        self.ledger.pages["/messages/7"] = [
            [message(1, sent="2026-11-30 09:00:00", parts=2, price="0.10", reference="a1"), message(2, status="failed")],
            [message(3, status="lost in space"), message(4, campaign="8")]]

    def test_every_format_has_the_same_messages(self):
        lines = self.run_ok("messages", "7", "-o", "ndjson").lines
        self.assertEqual([m["id"] for m in lines], ["1", "2", "3"], "a message of another campaign is left out")
        self.assertEqual(list(lines[0]), MESSAGE)
        self.assertEqual(lines[0], {**dict.fromkeys(MESSAGE), "account": "book", "provider": "ledger", "id": "1", "campaign": "7",
                                    "reference": "a1", "number": "+33639900001", "status": "delivered", "vendor_status": "delivered",
                                    "sent_at": "2026-11-30T09:00:00Z", "parts": 2, "notes": [],
                                    "cost": {"amount": "0.10", "unit": "EUR", "kind": "billed"}})
        self.assertEqual((lines[2]["status"], lines[2]["vendor_status"]), ("unknown", "lost in space"))
        self.assertEqual(json.loads(self.run_ok("messages", "7", "-o", "json").out), lines)
        table = self.run_ok("messages", "7", env={"COLUMNS": 200}).out.splitlines()
        self.assertEqual(table[0].split("  ")[0], "NUMBER")
        self.assertRegex(table[1], r"^\+33639900001 +delivered +2026-11-30 09:00 +- +2 +0\.10 EUR +a1$")
        self.assertIn("unknown: lost in space", table[3])

    def test_status_selects(self):
        for words, ids in (("failed", ["2"]), ("failed,unknown", ["2", "3"]), ("queued", [])):
            run = self.run_ok("messages", "7", "--status", words, "-o", "ndjson")
            self.assertEqual([m["id"] for m in run.lines], ids)
        both = self.run_ok("messages", "7", "--status", "failed", "--status", "delivered", "-o", "ndjson")
        self.assertEqual([m["id"] for m in both.lines], ["1", "2"])
        run = self.run_it("messages", "7", "--status", "deliverd")
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn('--status: unknown status "deliverd"; did you mean "delivered"?', run.err)

    def test_what_may_be_missing_is_told(self):
        self.ledger.more["/messages/7"] = {"expected": 5}
        run = self.run_it("messages", "7", "-o", "ndjson")
        self.assertEqual((run.status, len(run.lines)), (0, 3))
        self.assertEqual(run.err, "polycampaign: book: may have missed messages: The campaign counts 5 messages, and the list "
                                  "contained 3. The ledger may be late.\n")
        told = self.run_it("messages", "7", "-o", "csv", "--errors", "json", "--log-level", "info").told
        notes = [each["note"] for each in told if "note" in each]
        self.assertEqual([note.split(":")[0] for note in notes], ["may have missed messages", "not listed"])

    def test_no_messages_are_no_failure(self):
        self.ledger.pages["/messages/7"] = []
        self.assertEqual(self.run_ok("messages", "7", "-o", "json").out, "[]\n")
        self.assertEqual(self.run_ok("messages", "7", "-o", "ndjson").out, "")
        self.assertEqual(self.run_ok("messages", "7", "-o", "csv").out.count("\r\n"), 1)
        self.assertEqual(self.run_ok("messages", "7").out.split()[0], "NUMBER")

    def test_a_list_that_ends_early_keeps_what_was_read(self):
        self.ledger.hook = lambda n, method, path, body: (403, {}) if "after" in path else None
        for form in ("table", "json", "ndjson", "csv"):
            run = self.run_it("messages", "7", "-o", form)
            self.assertEqual(run.status, 1)
            self.assertIn("33639900002", run.out)
            self.assertIn("permission_denied", run.err)
            self.assertIn("the list ended early, after 2 messages", run.err)

    def test_failures_without_messages(self):
        for run, status, words in ((self.run_it("messages", "9"), 3, "not_found"), (self.run_it("messages", ""), 2, "the id of a campaign"),
                                   (self.run_it("messages"), 2, "ID is required"),
                                   (self.run_it("messages", "7", config=self.accounts(a={}, b={})), 2, "messages needs exactly one account")):
            self.assertEqual((run.status, run.out), (status, ""), run.err)
            self.assertIn(words, run.err)
        mute = self.run_it("messages", "7", "-o", "json", config=self.accounts(book={"provider": "mute"}))
        self.assertEqual((mute.status, mute.out), (2, ""))
        self.assertIn("unsupported", mute.err)

    def test_numbers_are_in_no_log(self):
        run = self.run_it("messages", "7", "--log-level", "trace")
        self.assertEqual(run.status, 0)
        self.assertNotIn("6399000", run.err)


class Answers(WithLedger):
    def setUp(self):
        super().setUp()
        self.ledger.pages["/replies/7"] = [[{"id": "r1", "campaign": "7", "number": "33639900001", "text": "Yes, please",
                                             "at": "2026-11-30 10:00:00", "reference": "a1"}]]
        self.ledger.pages["/opt_outs/7"] = [[{"id": "o1", "campaign": "7", "number": "33639900002", "text": "STOP"}]]
        self.ledger.pages["/stop_list"] = [[{"id": "s1", "number": "33639900003"}], [{"id": "s2", "number": "33639900004"}]]

    def test_replies(self):
        (reply,) = self.run_ok("replies", "7", "-o", "ndjson").lines
        self.assertEqual(list(reply), ANSWER)
        self.assertEqual(reply, {"account": "book", "provider": "ledger", "campaign": "7", "number": "+33639900001",
                                 "text": "Yes, please", "at": "2026-11-30T10:00:00Z", "reference": "a1"})
        self.assertEqual(json.loads(self.run_ok("replies", "7", "-o", "json").out), [reply])
        self.assertRegex(self.run_ok("replies", "7").out, r"(?m)^\+33639900001 +2026-11-30 10:00 +Yes, please +a1$")

    def test_opt_outs_of_a_campaign_and_of_the_account(self):
        (one,) = self.run_ok("opt-outs", "7", "-o", "ndjson").lines
        self.assertEqual((list(one), one["number"], one["text"]), (ANSWER, "+33639900002", "STOP"))
        every = self.run_ok("opt-outs", "-o", "ndjson").lines
        self.assertEqual([o["number"] for o in every], ["+33639900003", "+33639900004"])
        self.assertIsNone(every[0]["campaign"])
        self.assertEqual(self.run_ok("opt-outs", "-o", "csv").raw,
                         b"account,provider,campaign,number,text,at,reference\r\nbook,ledger,,+33639900003,,,\r\n"
                         b"book,ledger,,+33639900004,,,\r\n")
        self.assertRegex(self.run_ok("opt-outs").out, r"(?m)^\+33639900003 +- +- +-$")


class Lists(WithLedger):
    def setUp(self):
        super().setUp()
        self.ledger.pages["/lists"] = [[{"id": "12", "name": "Customers", "size": 340, "created": "2021-04-27 19:44:06"}],
                                       [{"id": "13", "size": "many"}]]

    def test_every_format(self):
        lines = self.run_ok("lists", "-o", "ndjson").lines
        self.assertEqual(lines[0], {"account": "book", "provider": "ledger", "id": "12", "name": "Customers", "size": 340,
                                    "created_at": "2021-04-27T19:44:06Z", "notes": []})
        self.assertEqual((list(lines[1]), lines[1]["size"], len(lines[1]["notes"])), (LIST, None, 1))
        self.assertEqual(json.loads(self.run_ok("lists", "-o", "json").out), lines)
        self.assertEqual(self.run_ok("lists", "-o", "csv").out.splitlines()[:2],
                         [",".join(LIST), "book,ledger,12,Customers,340,2021-04-27T19:44:06Z,"])
        self.assertRegex(self.run_ok("lists").out, r"(?m)^book +12 +Customers +340 +2021-04-27 19:44$")

    def test_of_all_accounts_in_their_order(self):
        config = self.accounts(second={}, book={})
        self.assertEqual([each["account"] for each in self.run_ok("lists", "-o", "ndjson", config=config).lines],
                         ["second", "second", "book", "book"])
        self.assertEqual(len(self.run_ok("--account", "book", "lists", "-o", "ndjson", config=config).lines), 2)

    def test_an_account_that_cannot_is_named_and_no_failure_unless_all_are(self):
        mute = {"provider": "mute"}
        run = self.run_it("lists", "-o", "ndjson", config=self.accounts(silent=mute, book={}))
        self.assertEqual((run.status, len(run.lines)), (0, 2))
        self.assertRegex(run.err, r"\Apolycampaign: silent: mute: unsupported: .*Mute has no lists.*\n\Z")
        run = self.run_it("lists", "-o", "json", "--errors", "json", config=self.accounts(silent=mute, other=mute))
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertEqual([e["code"] for e in run.errors], ["unsupported"] * 2)

    def test_one_account_of_several_fails(self):
        dead = {"base_url": "http://127.0.0.1:1"}
        run = self.run_it("lists", "-o", "json", config=self.accounts(dead=dead, book={}))
        self.assertEqual((run.status, len(json.loads(run.out))), (1, 2))
        self.assertIn("polycampaign: dead: ", run.err)
        self.assertEqual(self.run_it("lists", "-o", "json", config=self.accounts(dead=dead)).status, 3)
        wrong = self.accounts(wrong={"base_url": "nowhere"})
        self.assertEqual(self.run_it("lists", config=wrong).status, 2)


class Delete(WithLedger):
    def setUp(self):
        super().setUp()
        self.ledger.lists["12"] = set()

    def test_deletes(self):
        run = self.run_ok("list-delete", "12", "--yes", "-o", "json")
        self.assertEqual(run.lines, [{"account": "book", "provider": "ledger", "id": "12", "deleted": True}])
        self.assertEqual(self.ledger.lists, {})
        gone = self.run_it("list-delete", "12", "--yes")
        self.assertEqual((gone.status, gone.out), (3, ""))
        self.assertIn("not_found", gone.err)

    def test_asks_on_a_terminal_and_needs_yes_without_one(self):
        run = self.run_it("list-delete", "12")
        self.assertEqual((run.status, self.ledger.requests), (2, []))
        self.assertIn("add --yes", run.err)
        for answer, left in (("n\n", 1), ("y\n", 0)):
            shown = Terminal("list-delete", "12", config=self.config, out=False, stdin=True)
            shown.read_until(b"Delete recipient list 12? [y/N] ")
            shown.type(answer)
            self.assertEqual(shown.finish().status, 2 if left else 0)
            self.assertEqual(len(self.ledger.lists), left)

    def test_a_lost_answer_is_status_4(self):
        self.ledger.hook = lambda n, method, path, body: (502, {})
        run = self.run_it("list-delete", "12", "--yes", "--errors", "json")
        self.assertEqual((run.status, run.errors[0]["effect"]), (4, "unknown"))
        self.assertIn(f"look with `polycampaign --config {self.config} --account book lists` before you delete the list again", run.err)

    def test_a_vendor_that_cannot(self):
        run = self.run_it("list-delete", "12", "--yes", config=self.accounts(book={"provider": "mute"}))
        self.assertEqual(run.status, 2)


class Help(unittest.TestCase):
    def test_each_command_explains_itself(self):
        options = {"lists": ["--csv-bom", "--csv-formulas"], "list-create": ["--name", "--recipients"],
                   "list-add": ["ID", "--recipients", "--resume"], "list-delete": ["ID", "--yes"],
                   "messages": ["ID", "--status", "--csv-bom"], "replies": ["ID"], "opt-outs": ["ID"]}
        for command, words in options.items():
            run = Run(command, "--help")
            self.assertEqual((run.status, run.err), (0, ""))
            for word in (*words, "-o", "Example", command):
                self.assertIn(word, run.out)


class Capabilities(unittest.TestCase):
    def test_rules_of_lists_and_reports(self):
        told = {c["provider"]: c for c in json.loads(Run("capabilities", "-o", "json").out)}
        self.assertEqual(told["ledger"]["lists"],
                         {"limits": {"numbers": {"most": 100, "doubtful": None, "evidence": "Ledger: add to a list"},
                                     "name": {"most": 40, "doubtful": None, "evidence": "Ledger: make a list"}, "least_name": 2},
                          "plain_name": False, "needs_numbers": False})
        self.assertEqual(told["ledger"]["reports"], {"delivery_reports": True, "validity_hours": 48, "evidence": "Ledger: reports"})
        self.assertIsNone(told["mute"]["lists"])
        self.assertIsNone(told["mute"]["reports"]["validity_hours"])
        for form in ("table", "markdown"):
            shown = Run("capabilities", "--provider", "ledger", "--provider", "mute", "-o", form).out.replace("`", "")
            for row, cells in (("numbers of a request", "100 -"), ("characters of a name, least", "2 -"), ("a name consists of", "any characters -"),
                               ("a new list needs a number", "no -"), ("hours in which they can come", "48 not documented"),
                               ("create_list", "yes -")):
                (line,) = [line for line in shown.splitlines() if line.replace("|", " ").strip().startswith(row + "  ")]
                self.assertEqual(line.replace("|", " ").split(), f"{row} {cells}".split())
        evidence = Run("capabilities", "--provider", "ledger", "--evidence").out
        self.assertIn("\n  recipient lists, numbers of a request: Ledger: add to a list\n", evidence)
        self.assertIn("\n  delivery reports: Ledger: reports\n", evidence)


if __name__ == "__main__":
    unittest.main()
