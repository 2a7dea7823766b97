import datetime
import json
import pathlib
import signal
import subprocess
import threading
import unittest

from support import COMMAND, PATIENCE, Proxy, Run, Terminal, VENDORS, WithVendors, environment

SENDERS = {"bsg": "ACME", "dexatel": "MyBrand", "smsup": "ACME", "yeastar": "+41 79 123 45 67"}
TEXT = "Our shop opens on Saturday at nine."
NUMBERS = ("--to", "+33601020304", "--to", "+33 601 020 305")
REPORT = ["account", "provider", "key", "outcome", "repeated", "recipients", "parts", "campaigns", "warnings"]
CAMPAIGN = ["id", "outcome", "status", "vendor_status", "recipients", "filtered", "filtered_by", "scheduled_at", "cost", "notes"]
ESTIMATE = ["account", "provider", "recipients", "parts", "messages", "counted_by", "filtered", "filtered_by", "cost", "warnings"]


def noon_in_days(days):
    """Noon UTC of a later day. In no zone with many people, a clock changes at this time."""
    return f"{datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days)}T12:00:00Z"


class Writing(WithVendors):
    arguments = ("--campaigns", "6", "--switch", "bsg.duplicate_window=0")

    def run_on(self, vendor, command, *arguments, **options):
        return Run("--account", vendor, command, *arguments, config=options.pop("config", self.vendors.config), **options)

    def create(self, vendor, *arguments, **options):
        return self.run_on(vendor, "create", "--sender", SENDERS[vendor], "--text", TEXT, *arguments, **options)

    def created(self, vendor, *arguments):
        run = self.create(vendor, *NUMBERS, "--yes", "-o", "json", *arguments)
        self.assertEqual(run.status, 0, run.err)
        return run.lines[0]

    def ids(self, vendor):
        return {c["id"] for c in self.run_ok("--account", vendor, "list", "--since", "2000-01-01", "-o", "ndjson").lines}

    def behind(self, vendor, hook):
        """An accounts file in which `vendor` is behind a proxy."""
        proxy = Proxy(self.vendors.accounts[vendor]["base_url"], hook)
        self.addCleanup(proxy.close)
        return proxy, self.vendors.write(self.vendors.changed(vendor, base_url=proxy.base_url), "proxied.toml")


class Create(Writing):
    def test_creates_a_campaign_at_every_vendor(self):
        for vendor in VENDORS:
            report = self.created(vendor, "--reference", "rentree-1")
            self.assertEqual(list(report), REPORT)
            (campaign,) = report["campaigns"]
            self.assertEqual(list(campaign), CAMPAIGN)
            self.assertEqual((report["account"], report["provider"], report["key"]), (vendor, vendor, "rentree-1"))
            self.assertEqual((report["outcome"], report["repeated"]), ("accepted", False))
            self.assertEqual((report["recipients"], report["parts"], campaign["recipients"]), (2, 1, 2))
            self.assertIsNone(campaign["scheduled_at"])
            self.assertIn(campaign["id"], self.ids(vendor))
            self.assertNotEqual(campaign["status"], "completed")
        bsg = self.created("bsg")["campaigns"][0]
        self.assertEqual((bsg["status"], bsg["vendor_status"], bsg["filtered"]), ("queued", "done", None))
        self.assertEqual(bsg["cost"], {"amount": "0.1054176", "unit": "USD", "kind": "estimate"})
        smsup = self.created("smsup")["campaigns"][0]
        self.assertEqual((smsup["vendor_status"], smsup["filtered"], smsup["filtered_by"]), (None, 0, {}))
        self.assertEqual(smsup["cost"], {"amount": "2", "unit": "credits", "kind": "billed"})

    def test_schedules_and_stores_drafts(self):
        for vendor in VENDORS:
            report = self.created(vendor, "--at", "2199-12-01T09:00:00+01:00" if vendor != "bsg" else "+3d")
            self.assertEqual(report["campaigns"][0]["status"], "scheduled")
            if vendor != "bsg":
                self.assertEqual(report["campaigns"][0]["scheduled_at"], "2199-12-01T08:00:00Z")
        draft = self.created("yeastar", "--draft", "--name", "Later")["campaigns"][0]
        plan = self.create("yeastar", *NUMBERS, "--draft", "--dry-run")
        self.assertIn("\n  Starts       not scheduled (draft)\n", plan.out)
        self.assertEqual(draft["status"], "draft")
        refused = self.create("bsg", *NUMBERS, "--draft", "--yes", "-o", "json", "--errors", "json")
        self.assertEqual(refused.status, 2)
        self.assertEqual((refused.lines[0]["outcome"], refused.lines[0]["campaigns"]), ("refused", []))
        self.assertEqual([e["code"] for e in refused.errors], ["unsupported"])

    def test_prints_a_card_for_people(self):
        run = self.create("bsg", *NUMBERS, "--yes")
        self.assertEqual(run.status, 0, run.err)
        for words in ("Outcome      accepted", "Status       queued (done)", "Recipients   2", "Starts       at once",
                      "Cost         0.1054176 USD (estimate)"):
            self.assertIn(words, run.out)

    def test_reads_text_and_recipients_from_files(self):
        folder = pathlib.Path(self.vendors.folder.name)
        text = folder / "text.txt"
        text.write_text("Grüezi\nmitenand\n")
        people = folder / "people.csv"
        people.write_text('number,reference,text\r\n+33601020304,a1,"For you, alone"\r\n+33601020305,a2,\r\n')
        run = self.run_on("bsg", "create", "--sender", "ACME", "--text-file", text, "--recipients", people, "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(run.lines[0]["recipients"], 2)
        for stdin, arguments in ((b"Hello\n", ("--text-file", "-", *NUMBERS)),
                                 (b"+33601020304\n+33601020306\n", ("--text", TEXT, "--recipients", "-"))):
            piped = self.run_on("bsg", "create", "--sender", "ACME", *arguments, "--yes", "-o", "json", stdin=stdin)
            self.assertEqual(piped.status, 0, piped.err)
            self.assertEqual(piped.lines[0]["recipients"], 2)

    def test_a_dry_run_changes_nothing(self):
        for vendor in VENDORS:
            before = self.ids(vendor)
            run = self.create(vendor, *NUMBERS, "--dry-run", "-o", "json")
            self.assertEqual(run.status, 0, run.err)
            report = run.lines[0]
            self.assertEqual((report["outcome"], report["campaigns"], report["recipients"]), ("planned", [], 2))
            self.assertEqual(list(report["estimate"]), ESTIMATE)
            self.assertEqual(report["estimate"]["cost"] is not None, vendor in ("bsg", "smsup"))
            self.assertEqual(self.ids(vendor), before)
        shown = self.create("smsup", *NUMBERS, "--dry-run", "--at", "2199-07-01")
        self.assertIn("Starts       2199-07-01T00:00:00Z (for the vendor: 2199-07-01 02:00:00)", shown.out)
        self.assertIn("Cost         2 credits (estimate)", shown.out)

    def test_a_price_that_cannot_be_had_stops_nothing(self):
        _, config = self.behind("bsg", lambda n, method, path: (500, b"{}") if path.endswith("/price") else None)
        run = self.create("bsg", *NUMBERS, "--dry-run", "-o", "json", config=config)
        self.assertEqual(run.status, 0, run.err)
        self.assertIn("The price could not be requested", "".join(run.lines[0]["warnings"]))
        self.assertNotIn("estimate", run.lines[0])

    def test_needs_yes_without_a_terminal(self):
        before = self.ids("bsg")
        run = self.create("bsg", *NUMBERS)
        self.assertEqual(run.status, 2)
        self.assertIn("add --yes", run.err)
        self.assertEqual(self.ids("bsg"), before)

    def test_asks_on_a_terminal(self):
        for answer, agrees in (("y\n", True), ("yes\n", True), ("n\n", False), ("\n", False), ("\x04", False)):
            before = self.ids("smsup")
            shown = Terminal("--account", "smsup", "create", "--sender", "ACME", "--text", TEXT, *NUMBERS,
                             config=self.vendors.config, out=False, stdin=True)
            shown.read_until(b"Send this campaign? [y/N] ")
            self.assertIn(b"Recipients   2", shown.seen)
            self.assertIn(b"Cost         2 credits (estimate)", shown.seen)
            self.assertEqual(self.ids("smsup"), before, "nothing is sent before the answer")
            shown.type(answer)
            shown.finish()
            self.assertEqual(shown.status, 0 if agrees else 2)
            self.assertEqual(len(self.ids("smsup")) - len(before), 1 if agrees else 0)
            self.assertIn("accepted" if agrees else "nothing was changed", shown.text + shown.piped.decode())

    def test_refuses_bad_input_before_any_request(self):
        proxy, config = self.behind("bsg", lambda *_: None)
        cases = [(("--to", "0601020304"), "recipients[0].number: it must begin with +"),
                 (("--to", "+33601020304", "--at", "2001-01-01"), "is in the past"),
                 (("--to", "+33601020304", "--at", "+31d"), "at most 30 are possible"),
                 (("--to", "+33601020304", "--set", "validty=3"), 'did you mean "validity"?'),
                 (("--to", "+33601020304", "--set", "validity"), "is not NAME=VALUE"),
                 (("--to", "+33601020304", "--list", "1"), "give either --to, or --recipients, or --list"),
                 ((), "give either --to, or --recipients, or --list"),
                 (("--to", "+33601020304", "--at", "soon"), "is not a time such as"),
                 (("--to", "+33601020304", "--purpose", "spam"), "unknown purpose"),
                 (("--recipients", "/no/such.csv"), "--recipients /no/such.csv: No such file or directory")]
        for arguments, words in cases:
            run = self.create("bsg", *arguments, "--yes", config=config)
            self.assertEqual(run.status, 2, run.err)
            self.assertIn(words, run.err)
            self.assertNotIn("0601020304", run.err.replace("+33601020304", ""))
        self.assertEqual(proxy.requests, [])

    def test_a_refusal_of_the_vendor_is_status_3(self):
        _, config = self.behind("bsg", lambda n, method, path: (422, b'{"message":"Sender is not allowed","errors":[]}')
                                if path.endswith("/send") else None)
        run = self.create("bsg", *NUMBERS, "--yes", "-o", "json", "--errors", "json", config=config)
        self.assertEqual(run.status, 3)
        self.assertEqual(run.lines[0]["outcome"], "refused")
        self.assertEqual([(e["code"], e["effect"]) for e in run.errors], [("invalid_argument", "none")])

    def test_an_unreachable_vendor_is_status_3(self):
        config = self.vendors.write(self.vendors.changed("smsup", base_url="http://127.0.0.1:1"), "dead.toml")
        run = self.create("smsup", *NUMBERS, "--yes", "-o", "json", config=config)
        self.assertEqual(run.status, 3)
        self.assertEqual((run.lines[0]["outcome"], run.lines[0]["campaigns"]), ("refused", []))

    def test_an_unknown_sender_is_status_2_and_a_wrong_key_3(self):
        unknown = self.run_on("yeastar", "create", "--sender", "+41790000000", "--text", TEXT, *NUMBERS, "--yes")
        self.assertEqual(unknown.status, 2, unknown.err)
        self.assertIn("no message channel", unknown.err)
        config = self.vendors.write(self.vendors.changed("smsup", token="wrong"), "wrong.toml")
        self.assertEqual(self.create("smsup", *NUMBERS, "--yes", config=config).status, 3)

    def test_a_lost_answer_is_status_4_and_says_how_to_find_out(self):
        for vendor, place in (("bsg", "/send"), ("dexatel", "/v1/campaigns"), ("smsup", "/send"), ("yeastar", "/create")):
            _, config = self.behind(vendor, lambda n, method, path, place=place:
                                    (502, b"<html>Bad Gateway</html>") if method == "POST" and path.split("?")[0].endswith(place) else None)
            run = self.create(vendor, *NUMBERS, "--yes", "-o", "json", "--errors", "json", config=config)
            self.assertEqual(run.status, 4, run.err)
            report = run.lines[0]
            self.assertEqual(report["outcome"], "unresolved")
            self.assertEqual([(c["id"], c["outcome"], c["status"]) for c in report["campaigns"]], [(None, "unresolved", None)])
            self.assertEqual([e["effect"] for e in run.errors], ["unknown"])
            (note,) = [each["note"] for each in run.told if "note" in each]
            self.assertIn(f"polycampaign --config {config} --account {vendor} outbox reconcile`", note)

    def test_an_accepted_campaign_that_cannot_be_printed_is_named(self):
        before = self.ids("smsup")
        with open("/dev/full", "w") as full:
            done = subprocess.run([COMMAND, "--config", self.vendors.config, "--account", "smsup", "create", "--sender", "ACME",
                                   "--text", TEXT, *NUMBERS, "--yes"], env=environment(), stdout=full, stderr=subprocess.PIPE,
                                  text=True, timeout=PATIENCE)
        (made,) = self.ids("smsup") - before
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"the vendor accepted the campaign, id {made}; do not create it again", done.stderr)

    def test_a_signal_before_anything_was_sent_is_the_signals_status(self):
        asked, release = threading.Event(), threading.Event()
        self.addCleanup(release.set)

        def hook(number, method, path):
            asked.set()
            release.wait(PATIENCE)

        for command in (("create", "--sender", "ACME", "--text", TEXT, *NUMBERS, "--yes", "-o", "json"), ("cancel", "1")):
            asked.clear()
            _, config = self.behind("bsg", hook)
            process = subprocess.Popen([COMMAND, "--config", config, "--account", "bsg", *command], env=environment(),
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertTrue(asked.wait(PATIENCE))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 128 + signal.SIGINT, err)  # BSG logs in first
            if command[0] == "create":
                self.assertEqual(json.loads(out)["outcome"], "refused")

    def test_numbers_texts_and_keys_are_in_no_message(self):
        for level in ("trace", "debug"):
            for vendor in VENDORS:
                run = self.create(vendor, *NUMBERS, "--yes", "--log-level", level)
                self.assertEqual(run.status, 0, run.err)
                for secret in ("33601020304", "601020304", TEXT, TEXT[:20], *[
                        str(value) for name, value in self.vendors.accounts[vendor].items() if name in ("api_key", "token", "client_secret")]):
                    self.assertNotIn(secret, run.err)


class Change(Writing):
    def test_cancels(self):
        for vendor in ("bsg", "dexatel", "smsup"):
            made = self.created(vendor, "--at", noon_in_days(3))["campaigns"][0]["id"]
            run = self.run_on(vendor, "cancel", made, "-o", "json")
            self.assertEqual(run.status, 0, run.err)
            self.assertEqual((run.lines[0]["id"], run.lines[0]["status"]), (made, "canceled"))
        self.assertIn("no longer shows", "".join(run.lines[0]["notes"]))
        refused = self.run_on("yeastar", "cancel", "1")
        self.assertEqual(refused.status, 2)
        self.assertIn("no page documents that a campaign can be stopped", refused.err)
        again = self.run_on("bsg", "cancel", self.created("bsg")["campaigns"][0]["id"], "--errors", "json")
        self.assertEqual((again.status, [e["code"] for e in again.errors]), (3, ["conflict"]))

    def test_updates(self):
        made = self.created("dexatel", "--at", "+3d")["campaigns"][0]["id"]
        run = self.run_on("dexatel", "update", made, "--name", "Spring", "--at", "2199-03-01T08:00:00Z", "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual((run.lines[0]["name"], run.lines[0]["scheduled_at"]), ("Spring", "2199-03-01T08:00:00Z"))
        made = self.created("yeastar", "--draft", "--name", "Draft 1")["campaigns"][0]["id"]
        run = self.run_on("yeastar", "update", made, "--text", "New", "--at", "+1d", "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual((run.lines[0]["text"], run.lines[0]["status"]), ("New", "scheduled"))
        for vendor, arguments, words in (("dexatel", ("--text", "x"), "name and schedule only"), ("bsg", ("--name", "x"), "no page documents"),
                                         ("dexatel", (), "nothing to change"), ("dexatel", ("--at", "2001-01-01"), "in the past")):
            run = self.run_on(vendor, "update", "1", *arguments, "--yes")
            self.assertEqual(run.status, 2, run.err)
            self.assertIn(words, run.err)

    def test_deletes(self):
        for vendor in ("dexatel", "yeastar"):
            made = self.created(vendor, "--at", "+3d")["campaigns"][0]["id"]
            self.assertEqual(self.run_on(vendor, "delete", made).status, 2, "without --yes")
            run = self.run_on(vendor, "delete", made, "--yes", "-o", "json")
            self.assertEqual(run.status, 0, run.err)
            self.assertEqual(run.lines, [{"account": vendor, "provider": vendor, "id": made, "deleted": True}])
            self.assertNotIn(made, self.ids(vendor))
            gone = self.run_on(vendor, "delete", made, "--yes", "--errors", "json")
            self.assertEqual((gone.status, [e["code"] for e in gone.errors]), (3, ["not_found"]))

    def test_sends_failed_messages_again(self):
        failed = [c for c in self.run_ok("--account", "yeastar", "list", "-o", "ndjson").lines
                  if c["status"] == "completed" and c["statistics"]["failed"]]
        run = self.run_on("yeastar", "retry", failed[0]["id"], "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(run.lines[0]["status"], "retrying")
        again = self.run_on("yeastar", "retry", failed[0]["id"], "--yes", "--errors", "json")
        self.assertEqual((again.status, [e["code"] for e in again.errors]), (3, ["conflict"]))

    def test_a_lost_answer_counts_when_the_campaign_shows_the_change(self):
        made = self.created("dexatel", "--at", "+3d")["campaigns"][0]["id"]
        lost = []

        def hook(n, method, path):
            if method == "PUT" and not lost:
                lost.append(path)
                Run("--account", "dexatel", "cancel", made, config=self.vendors.config)  # the vendor does it
                return (502, b"<html>")
            return None
        _, config = self.behind("dexatel", hook)
        run = self.run_on("dexatel", "cancel", made, "-o", "json", config=config)
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(run.lines[0]["status"], "canceled")
        self.assertIn("answer was lost", "".join(run.lines[0]["notes"]))

        made = self.created("dexatel", "--at", "+3d")["campaigns"][0]["id"]
        _, config = self.behind("dexatel", lambda n, method, path: (502, b"<html>") if method == "PUT" else None)
        run = self.run_on("dexatel", "cancel", made, "--errors", "json", config=config)
        self.assertEqual(run.status, 4)
        self.assertIn("it may still come", run.errors[0]["message"])
        self.assertIn(f"polycampaign --config {config} --account dexatel get {made}", run.err)

    def test_asks_before_it_deletes(self):
        made = self.created("yeastar", "--at", "+3d")["campaigns"][0]["id"]
        shown = Terminal("--account", "yeastar", "delete", made, config=self.vendors.config, out=False, stdin=True)
        shown.read_until(f"Delete campaign {made}? [y/N] ".encode())
        shown.type("n\n")
        self.assertEqual(shown.finish().status, 2)
        self.assertIn(made, self.ids("yeastar"))


class Facts(Writing):
    def test_balance(self):
        run = self.run_ok("balance", "-o", "json")
        self.assertEqual(json.loads(run.out), [
            {"account": "bsg", "provider": "bsg", "amount": "100000.0", "unit": "EUR", "credit_limit": "125"},
            {"account": "smsup", "provider": "smsup", "amount": json.loads(run.out)[1]["amount"], "unit": "credits", "credit_limit": None}])
        for vendor in ("dexatel", "yeastar"):
            self.assertIn(f"{vendor}: ", run.err)
        self.assertEqual([each["account"] for each in self.run_ok("balance", "-o", "ndjson").lines], ["bsg", "smsup"])
        self.assertEqual(self.run_ok("--account", "bsg", "balance", "-o", "csv").raw,
                         b"account,provider,amount,unit,credit_limit\r\nbsg,bsg,100000.0,EUR,125\r\n")
        self.assertIn("100000.0", self.run_ok("--account", "bsg", "balance").out)
        none = Run("--account", "dexatel", "--account", "yeastar", "balance", config=self.vendors.config)
        self.assertEqual((none.status, none.out), (2, ""))

    def test_senders(self):
        senders = json.loads(self.run_ok("senders", "-o", "json").out)
        self.assertEqual({s["account"] for s in senders}, set(VENDORS))
        self.assertEqual(senders[0], {"account": "bsg", "provider": "bsg", "id": None, "sender": "Shop24", "channel": "sms",
                                      "status": "active", "vendor_status": "active", "countries": [], "is_default": True})
        self.assertEqual(len(self.run_ok("senders").out.splitlines()), len(senders) + 1)
        dead = self.vendors.write(self.vendors.changed("smsup", base_url="http://127.0.0.1:1"), "dead.toml")
        partly = Run("senders", "-o", "ndjson", config=dead)
        self.assertEqual(partly.status, 1)
        self.assertEqual({s["account"] for s in partly.lines}, set(VENDORS) - {"smsup"})
        self.assertEqual(Run("--account", "smsup", "senders", config=dead).status, 3)

    def test_estimate(self):
        for vendor in VENDORS:
            run = self.run_on(vendor, "estimate", "--sender", SENDERS[vendor], "--text", "a" * 161, *NUMBERS, "-o", "json")
            self.assertEqual(run.status, 0, run.err)
            estimate = run.lines[0]
            self.assertEqual(list(estimate), ESTIMATE)
            self.assertEqual((estimate["recipients"], estimate["parts"], estimate["messages"]), (2, 2, 2))
            self.assertEqual(estimate["counted_by"], "vendor" if vendor in ("bsg", "smsup") else "library")
        self.assertIn("Counted by   library", self.run_on("dexatel", "estimate", "--sender", "MyBrand", "--text", "a", *NUMBERS).out)
        self.assertEqual(self.run_on("dexatel", "estimate", "--sender", "MyBrand", "--text", "", *NUMBERS).status, 2)


class Usage(unittest.TestCase):
    def test_each_command_explains_itself(self):
        for command in ("create", "estimate", "update", "cancel", "delete", "retry", "balance", "senders"):
            run = Run(command, "--help")
            self.assertEqual(run.status, 0)
            self.assertIn("Example", run.out)
            self.assertIn(f"polycampaign {command}", run.out.replace("--account promo ", "").replace("--account office-pbx ", "")
                          .replace("--account viber-desk ", ""))
        self.assertIn("create", Run("--help").out)
        self.assertIsNotNone(COMMAND)
