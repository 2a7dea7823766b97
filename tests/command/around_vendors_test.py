"""Recipient lists, messages, replies and opt-outs at the simulators of the vendors."""
import json
import unittest

from support import Run, VENDORS, WithVendors

MAKE_LISTS = ("bsg", "dexatel", "smsup")
MESSAGES = ("bsg", "smsup")
SENDERS = {"bsg": "ACME", "dexatel": "MyBrand", "smsup": "ACME", "yeastar": "+41 79 123 45 67"}
LIST = ["account", "provider", "id", "name", "size", "created_at", "notes"]
NUMBERS = ["+33639980002", "+33639980003"]


class Around(WithVendors):
    arguments = ("--campaigns", "6", "--switch", "bsg.duplicate_window=0")

    def on(self, vendor, *arguments, **options):
        return Run("--account", vendor, *arguments, config=self.vendors.config, **options)

    def lists(self, vendor):
        run = self.on(vendor, "lists", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        return {each["id"]: each for each in json.loads(run.out)}

    def created(self, vendor):
        """The id of a new campaign to NUMBERS."""
        to = [word for number in NUMBERS for word in ("--to", number)]
        run = self.on(vendor, "create", "--sender", SENDERS[vendor], "--text", "Open on Saturday", *to, "--yes", "-o", "json")
        self.assertEqual(run.status, 0, run.err)
        return run.lines[0]["campaigns"][0]["id"]

    def check_unsupported(self, vendor, *arguments):
        run = self.on(vendor, *arguments, "--errors", "json")
        self.assertEqual((run.status, run.out, [e["code"] for e in run.errors]), (2, "", ["unsupported"]), (vendor, arguments))


class Lists(Around):
    def test_every_vendor_has_lists(self):
        run = self.run_ok("lists", "-o", "ndjson")
        for each in run.lines:
            self.assertEqual(list(each), LIST)
            self.assertEqual(each["account"], each["provider"])
        for vendor in VENDORS:
            self.assertIsInstance(self.lists(vendor), dict)

    def test_a_list_is_made_filled_used_and_deleted(self):
        for vendor in MAKE_LISTS:
            with self.subTest(vendor):
                csv = "".join(f"{number}\n" for number in NUMBERS)
                run = self.on(vendor, "list-create", "--name", "Customers2026", "--recipients", "-", "-o", "json", stdin=csv.encode())
                self.assertEqual(run.status, 0, run.err)
                made = run.lines[0]
                self.assertEqual(list(made), ["account", "provider", "list", "added", "duplicates", "invalid", "notes"])
                self.assertIn(made["added"], (2, None))
                identity = made["list"]["id"]
                self.assertEqual(self.lists(vendor)[identity]["name"], "Customers2026")

                more = self.on(vendor, "list-add", identity, "--recipients", "-", "-o", "json", stdin=b"+33639980003\n+33639980004\n")
                self.assertEqual(more.status, 0, more.err)
                self.assertIn(more.lines[0]["added"], (1, None))
                self.assertIn(self.lists(vendor)[identity]["size"], (3, None))

                gone = self.on(vendor, "list-delete", identity, "--yes", "-o", "json")
                self.assertEqual((gone.status, gone.lines[0]["deleted"]), (0, True), gone.err)
                self.assertNotIn(identity, self.lists(vendor))

    def test_a_vendor_whose_lists_are_not_made_by_numbers(self):
        self.check_unsupported("yeastar", "list-create", "--name", "Customers")
        self.check_unsupported("yeastar", "list-delete", "1", "--yes")

    def test_an_unknown_list_is_not_found(self):
        for vendor in MAKE_LISTS:
            with self.subTest(vendor):
                identity = "00000000-0000-4000-8000-000000000000" if vendor == "dexatel" else "4711"
                run = self.on(vendor, "list-delete", identity, "--yes", "--errors", "json")
                self.assertEqual((run.status, [e["code"] for e in run.errors]), (3, ["not_found"]))


class Messages(Around):
    def test_each_recipient_has_a_message(self):
        for vendor in MESSAGES:
            with self.subTest(vendor):
                campaign = self.created(vendor)
                run = self.on(vendor, "messages", campaign, "-o", "ndjson")
                self.assertEqual(run.status, 0, run.err)
                self.assertEqual(sorted(m["number"] for m in run.lines), NUMBERS)
                self.assertEqual({m["campaign"] for m in run.lines}, {campaign})
                none = self.on(vendor, "messages", campaign, "--status", "received", "-o", "json")
                self.assertEqual((none.status, none.out), (0, "[]\n"), none.err)

    def test_numbers_are_in_no_log(self):
        for vendor in MESSAGES:
            with self.subTest(vendor):
                run = self.on(vendor, "messages", self.created(vendor), "--log-level", "trace")
                self.assertEqual(run.status, 0, run.err)
                for number in NUMBERS:
                    self.assertNotIn(number[3:], run.err)

    def test_vendors_without_them(self):
        for vendor in set(VENDORS) - set(MESSAGES):
            self.check_unsupported(vendor, "messages", "1")


class Answers(Around):
    def test_replies_and_opt_outs_of_a_campaign(self):
        campaign = self.created("smsup")
        for command in ("replies", "opt-outs"):
            with self.subTest(command):
                run = self.on("smsup", command, campaign, "-o", "json")
                self.assertEqual((run.status, json.loads(run.out)), (0, []), run.err)
        for vendor in set(VENDORS) - {"smsup"}:
            self.check_unsupported(vendor, "replies", "1")
            self.check_unsupported(vendor, "opt-outs", "1")

    def test_the_stop_list_of_an_account(self):
        run = self.on("bsg", "opt-outs", "-o", "ndjson")
        self.assertEqual(run.status, 0, run.err)
        for each in run.lines:
            self.assertEqual(list(each), ["account", "provider", "campaign", "number", "text", "at", "reference"])
            self.assertRegex(each["number"], r"^\+\d+$")
        for vendor in ("dexatel", "yeastar"):
            self.check_unsupported(vendor, "opt-outs")


if __name__ == "__main__":
    unittest.main()
