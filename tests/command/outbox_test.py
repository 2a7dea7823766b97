import concurrent.futures
import json
import pathlib
import re
import shlex
import stat
import tempfile
import unittest

from support import Proxy, Run, WithVendors

ROW = ["key", "account", "provider", "part", "state", "campaign_id", "recipients", "created_at", "settled_at"]
TEXT = "Our shop opens on Saturday at nine."


class Outbox(WithVendors):
    arguments = ("--campaigns", "6", "--switch", "bsg.duplicate_window=0")

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.journal = self.folder / "journal.db"

    def run_here(self, *arguments, config=None, **options):
        options.setdefault("env", {"XDG_STATE_HOME": self.folder, "POLYCAMPAIGN_JOURNAL": self.journal})
        return Run("--account", "bsg", *arguments, config=config or self.vendors.config, **options)

    def create(self, *arguments, **options):
        return self.run_here("create", "--sender", "ACME", "--text", options.pop("text", TEXT), "--to", "+33601020304",
                             "--yes", "-o", "json", *arguments, **options)

    def campaigns(self):
        return len(self.run_ok("--account", "bsg", "list", "--since", "2000-01-01", "-o", "ndjson").lines)

    def proxied(self, *hooks, **more):
        proxy = Proxy(self.vendors.accounts["bsg"]["base_url"], *hooks, **more)
        self.addCleanup(proxy.close)
        return proxy, self.vendors.write(self.vendors.changed("bsg", base_url=proxy.base_url), "proxied.toml")

    def lost(self, *arguments, acts=True):
        """A create whose answer is lost, after the vendor acted or before."""
        def sends(number, method, path):
            return path.endswith("/sms/send")
        if acts:
            _, config = self.proxied(lost=sends)
        else:
            _, config = self.proxied(lambda *call: (502, b"<html>Bad gateway</html>") if sends(*call) else None)
        run = self.create(*arguments, config=config)
        self.assertEqual(run.status, 4, run.err)
        return run

    def rows(self, *arguments, status=0):
        run = self.run_here("outbox", *arguments, "-o", "json")
        self.assertEqual(run.status, status, run.err)
        return json.loads(run.out)

    def test_sends_once(self):
        before = self.campaigns()
        first = self.create("--reference", "spring")
        self.assertEqual(first.status, 0, first.err)
        self.assertFalse(first.lines[0]["repeated"])
        proxy, config = self.proxied()
        second = self.create("--reference", "spring", config=config)
        self.assertEqual(second.status, 0, second.err)
        self.assertTrue(second.lines[0]["repeated"])
        self.assertEqual(second.lines[0]["campaigns"], first.lines[0]["campaigns"])
        self.assertEqual(proxy.requests, [])
        self.assertEqual(self.campaigns(), before + 1)
        text = self.run_here("create", "--sender", "ACME", "--text", TEXT, "--to", "+33601020304", "--reference", "spring", "--yes")
        self.assertIn("accepted (nothing was sent now)", text.out)

    def test_asks_nothing_about_what_is_known(self):
        self.assertEqual(self.create("--reference", "spring").status, 0)
        run = self.run_here("create", "--sender", "ACME", "--text", TEXT, "--to", "+33601020304", "--reference", "spring")
        self.assertEqual(run.status, 0, run.err)

    def test_guards_a_campaign_without_a_reference_for_a_day(self):
        before = self.campaigns()
        first = self.create()
        self.assertTrue(first.lines[0]["key"].startswith("sha256-"))
        self.assertTrue(self.create().lines[0]["repeated"])
        again = self.create("--again")
        self.assertFalse(again.lines[0]["repeated"])
        self.assertEqual(again.lines[0]["key"], first.lines[0]["key"] + "-2")
        self.assertEqual(self.campaigns(), before + 2)

    def test_another_campaign_with_the_same_reference_is_a_conflict(self):
        self.create("--reference", "spring")
        other = self.create("--reference", "spring", "--errors", "json", text="Something else")
        self.assertEqual(other.status, 2)
        self.assertEqual([e["code"] for e in other.errors], ["conflict"])
        self.assertEqual(other.lines[0]["outcome"], "refused")

    def test_finds_out_what_became_of_a_lost_answer(self):
        before = self.campaigns()
        run = self.lost("--reference", "it's spring")
        self.assertIn("key it's spring; find out with `polycampaign --config ", run.err)
        command = shlex.split(re.search(r"find out with `polycampaign (.*?)`", run.err).group(1))
        self.assertEqual(command[2:], ["--account", "bsg", "outbox", "reconcile"])
        self.assertTrue(command[1].endswith("/proxied.toml"))
        self.assertEqual(run.lines[0]["outcome"], "unresolved")
        for more in ((), ("--again",)):
            again = self.create("--reference", "it's spring", *more)
            self.assertEqual(again.status, 4)
            self.assertTrue(again.lines[0]["repeated"])
        (row,) = self.rows()
        self.assertEqual(list(row), ROW)
        self.assertEqual((row["key"], row["state"], row["part"], row["recipients"], row["campaign_id"]),
                         ("it's spring", "unresolved", 1, 1, None))
        (row,) = self.rows("reconcile")
        self.assertEqual(list(row), ROW + ["verdict"])
        self.assertEqual((row["verdict"], row["state"]), ("found", "accepted"))
        self.assertEqual(self.rows(), [])
        self.assertEqual(self.rows("list", "--all")[0]["campaign_id"], row["campaign_id"])
        last = self.create("--reference", "it's spring")
        self.assertEqual((last.status, last.lines[0]["campaigns"][0]["id"]), (0, row["campaign_id"]))
        self.assertEqual(self.campaigns(), before + 1)

    def test_a_person_decides_what_cannot_be_known(self):
        self.lost("--reference", "a", acts=False)
        self.lost("--reference", "b", acts=False)
        run = self.run_here("outbox", "reconcile", "-o", "ndjson")
        self.assertEqual(run.status, 4)
        self.assertEqual([row["verdict"] for row in run.lines], ["undecided", "undecided"])
        self.assertIn("it may still appear", run.err)
        (row,) = self.rows("resolve", "a", "--not-sent")
        self.assertEqual(row["state"], "not_sent")
        (row,) = self.rows("resolve", "b", "--sent", "4711")
        self.assertEqual((row["state"], row["campaign_id"]), ("accepted", "4711"))
        self.assertFalse(self.create("--reference", "a").lines[0]["repeated"])
        self.assertEqual(self.create("--reference", "b").lines[0]["campaigns"][0]["id"], "4711")
        for wrong in (("none", "--sent"), ("b", "--not-sent"), ("a",), ("a", "--sent", "1", "--not-sent")):
            self.assertEqual(self.run_here("outbox", "resolve", *wrong).status, 2)

    def test_prints_every_format(self):
        self.lost("--reference", "a", acts=False)
        table = self.run_here("outbox")
        self.assertIn("unresolved", table.out)
        self.assertIn("KEY", table.out)
        csv = self.run_here("outbox", "list", "-o", "csv")
        self.assertEqual(csv.out.splitlines()[0],
                         "account,provider,key,part,state,verdict,campaign_id,recipients,created_at,settled_at")
        self.assertTrue(csv.out.splitlines()[1].startswith("bsg,bsg,a,1,unresolved,,,1,"))
        self.assertEqual(self.run_here("outbox", "-o", "ndjson").lines[0]["key"], "a")

    def test_sends_nothing_without_a_journal_that_can_be_opened(self):
        before = self.campaigns()
        for place in (self.folder / "none" / "journal.db", self.folder, ""):
            run = self.create("--journal", place)
            self.assertEqual(run.status, 2, run.err)
        text = self.folder / "text.db"
        text.write_text("this is no database, but it is long enough to be taken for one" * 20)
        text.chmod(0o600)
        self.assertEqual(self.create("--journal", text).status, 2)
        self.assertEqual(self.create(env={"HOME": "", "XDG_STATE_HOME": ""}).status, 2)
        self.assertEqual(self.campaigns(), before)

    def test_connection_parameters_are_no_file(self):
        run = self.create("--journal", "host=db.example.com password=hunter2", cwd=self.folder)
        self.assertEqual(run.status, 2, run.err)
        self.assertIn("postgresql://USER@HOST/DATABASE", run.err)
        self.assertNotIn("hunter2", run.err + run.out)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_none_remembers_nothing(self):
        before = self.campaigns()
        for _ in range(2):
            run = self.create("--journal", "none", "--reference", "spring")
            self.assertEqual((run.status, run.lines[0]["repeated"], run.lines[0]["key"]), (0, False, "spring"))
        self.assertEqual(self.campaigns(), before + 2)
        self.assertEqual(self.create("--journal", "none", "--again").status, 2)
        self.assertEqual(self.run_here("outbox", "--journal", "none").status, 2)

    def test_the_default_journal_is_private_and_holds_no_number_or_text(self):
        run = self.create("--reference", "spring", env={"XDG_STATE_HOME": self.folder})
        self.assertEqual(run.status, 0, run.err)
        journal = self.folder / "polycampaign" / "journal.db"
        self.assertEqual(stat.S_IMODE(journal.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(journal.parent.stat().st_mode), 0o700)
        for file in journal.parent.iterdir():
            content = file.read_bytes()
            for secret in (b"601020304", b"opens on Saturday", b"ACME", self.vendors.accounts["bsg"]["api_key"].encode()):
                self.assertNotIn(secret, content)
        home = self.folder / "home"
        home.mkdir()
        self.assertEqual(self.create(env={"HOME": home, "XDG_STATE_HOME": ""}).status, 0)
        self.assertTrue((home / ".local" / "state" / "polycampaign" / "journal.db").exists())

    def test_two_at_once_send_once(self):
        before = self.campaigns()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            runs = list(pool.map(lambda _: self.create("--reference", "spring"), range(8)))
        self.assertEqual(sorted({run.status for run in runs} - {4}), [0])
        self.assertEqual(sum(not run.lines[0]["repeated"] for run in runs), 1)
        self.assertEqual(self.campaigns(), before + 1)

    def test_divides_what_one_campaign_cannot_take(self):
        before = self.campaigns()
        file = self.folder / "people.csv"
        file.write_text("number\n" + "".join(f"+336{10_000_000 + i}\n" for i in range(10_001)))
        run = self.run_here("create", "--sender", "ACME", "--text", TEXT, "--recipients", file, "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(run.lines[0]["recipients"], 10_001)
        self.assertEqual([c["recipients"] for c in run.lines[0]["campaigns"]], [10_000, 1])
        self.assertEqual(self.campaigns(), before + 2)


if __name__ == "__main__":
    unittest.main()
