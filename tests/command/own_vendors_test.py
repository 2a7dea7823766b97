"""The command of somebody who has vendors of his own: `courier`, with a simulator, and `abacus`, without one."""
import json
import re
import unittest

from support import Run, WithVendors, write_accounts

ALL = ["abacus", "bsg", "courier", "dexatel", "smsup", "yeastar"]
SIMULATED = [name for name in ALL if name != "abacus"]


class Accounts(WithVendors):
    arguments = ("--campaigns", "6", "--switch", "courier.detail_id=text")

    def test_it_is_simulated_listed_and_read(self):
        self.assertEqual(list(self.vendors.accounts), SIMULATED)
        run = self.run_ok("list", "-o", "ndjson", "--since", "2000-01-01")
        self.assertEqual({c["account"] for c in run.lines}, set(SIMULATED))
        wanted = next(c for c in run.lines if c["account"] == "courier")
        got = json.loads(self.run_ok("--account", "courier", "get", wanted["id"], "-o", "json").out)
        self.assertEqual((got["id"], got["name"]), (wanted["id"], wanted["name"]))
        self.assertIsNotNone(got["statistics"]["messages"])

    def test_its_account_is_shown_and_its_settings_are_known(self):
        shown = json.loads(self.run_ok("accounts", "-o", "json").out)
        courier = next(a for a in shown if a["account"] == "courier")
        self.assertEqual((courier["provider"], courier["settings"]), ("courier", {"api_key": "set"}))
        wrong = write_accounts(self.vendors.config.with_name("wrong.toml"), {"a": {"provider": "courier", "api_kye": "k"}})
        run = Run("accounts", config=wrong)
        self.assertEqual(run.status, 2)
        self.assertIn(':3:1: unknown key "api_kye"; did you mean "api_key"? (account a, provider courier)', run.err)
        for provider, nearest in (("curier", "courier"), ("abakus", "abacus"), ("bgs", "bsg")):
            wrong = write_accounts(self.vendors.config.with_name("wrong.toml"), {"a": {"provider": provider}})
            run = Run("accounts", config=wrong)
            self.assertEqual(run.status, 2)
            self.assertIn(f':2:1: unknown provider "{provider}"; did you mean "{nearest}"?', run.err)
        none = write_accounts(self.vendors.config.with_name("wrong.toml"), {"a": {"api_key": "k"}})
        self.assertIn(", ".join(ALL), Run("accounts", config=none).err)

    def test_it_may_be_configured_without_a_simulator(self):
        account = {**self.vendors.accounts["courier"], "provider": "abacus"}
        config = write_accounts(self.vendors.config.with_name("abacus.toml"), {"mine": account})
        run = Run("list", "-o", "ndjson", config=config)
        self.assertEqual((run.status, {c["account"] for c in run.lines}), (0, {"mine"}))


class Elsewhere(unittest.TestCase):
    def test_help_names_it(self):
        self.assertIn("Vendors (provider = \"...\" in an account): " + ", ".join(ALL), " ".join(Run("--help").out.split()))
        for command in ("decode", "capabilities"):
            self.assertIn(", ".join(ALL), " ".join(Run(command, "--help").out.split()))

    def test_it_decodes(self):
        body = b'{"data":{"id":7,"name":"x","status":"done"}}'
        for provider in ("courier", "abacus"):
            run = Run("decode", "--provider", provider, "--operation", "get", stdin=body)
            self.assertEqual((run.status, run.err), (0, ""))
            self.assertEqual((run.lines[0]["id"], run.lines[0]["status"]), ("7", "completed"))
        run = Run("decode", "--provider", "curier", "--operation", "get", stdin=body)
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn('--provider: unknown provider "curier"; did you mean "courier"?', run.err)

    def test_its_capabilities_stand_among_the_others(self):
        every = json.loads(Run("capabilities", "-o", "json").out)
        self.assertEqual([c["provider"] for c in every], ["courier", "bsg", "courier", "dexatel", "smsup", "yeastar"])
        one = Run("capabilities", "--provider", "courier")
        self.assertEqual((one.status, one.err), (0, ""))
        self.assertIn("Courier Ltd: couriers see nothing", one.out)
        self.assertIn("1 to 77", one.out)

    def test_its_switches_are_listed_and_checked(self):
        run = Run("simulate", "--list-switches")
        self.assertEqual((run.status, run.err), (0, ""))
        self.assertEqual(sorted(set(re.findall(r"(?m)^(\w+)\.", run.out))), SIMULATED)
        self.assertRegex(run.out, r"(?m)^courier\.fault=none\|")
        for switch, problem in {
                "courier.fualt=none": '--switch: unknown switch of courier "fualt"; did you mean "fault"?',
                "curier.fault=none": '--switch: unknown provider "curier"; did you mean "courier"?',
                "abacus.fault=none": '--switch: provider "abacus" has no simulator',
                "courier.fault=often": "not 'often'"}.items():
            run = Run("simulate", "--switch", switch)
            self.assertEqual((run.status, run.out), (2, ""), switch)
            self.assertIn(problem, run.err)
        self.assertIn("--port-base: 65532 leaves no room for 5 ports", Run("simulate", "--port-base", "65532").err)

    def test_the_demo_shows_it(self):
        run = Run("demo")
        self.assertEqual(run.status, 0, run.err)
        self.assertIn("5 vendors, 5 APIs", run.out)
        self.assertRegex(run.out, r"(?m)^courier ")
        self.assertNotRegex(run.out, r"(?m)^abacus ")

    def test_a_name_that_is_taken_or_malformed_is_refused(self):
        for name, problem in {"bsg": "another vendor already has this name", "Big Courier": "its name must consist of lowercase"}.items():
            for command in (("--help",), ("list",), ("--errors", "json", "demo")):
                run = Run(*command, env={"COURIER_NAME": name})
                self.assertEqual((run.status, run.out), (2, ""))
                self.assertIn(problem, run.err)
        self.assertEqual(run.errors[0]["code"], "configuration")

    def test_an_exception_of_its_own_ends_with_3(self):
        run = Run("decode", "--provider", "courier", "--operation", "get", stdin=b"{}", env={"COURIER_THROWS": 1})
        self.assertEqual((run.status, run.out, run.err), (3, "", "polycampaign: the courier fell\n"))


if __name__ == "__main__":
    unittest.main()
