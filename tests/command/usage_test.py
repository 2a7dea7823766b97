import json
import re
import unittest

from support import Run, VENDORS

COMMANDS = ["list", "get", "create", "estimate", "update", "cancel", "delete", "retry", "balance", "senders", "lists",
            "list-create", "list-add", "list-delete", "messages", "replies", "opt-outs", "decode", "capabilities", "accounts", "demo", "simulate"]


class Usage(unittest.TestCase):
    def test_help_goes_to_standard_output_and_names_every_command(self):
        run = Run("--help")
        self.assertEqual((run.status, run.err), (0, ""))
        for command in COMMANDS:
            self.assertRegex(run.out, rf"(?m)^  {command} ")
        for word in ("--config", "--account", "--log-level", "--errors", "POLYCAMPAIGN_CONFIG", "Exit status", "Examples:"):
            self.assertIn(word, run.out)

    def test_every_command_has_help_with_its_options(self):
        options = {"list": ["--since", "--until", "--status", "--limit", "--page-size", "--prefetch", "--details", "-o"],
                   "get": ["ID", "-o"],
                   "create": ["--sender", "--text", "--text-file", "--to", "--recipients", "--list", "--name", "--at", "--draft",
                              "--purpose", "--reference", "--set", "--dry-run", "--yes", "-o"],
                   "estimate": ["--sender", "--text", "--to", "--recipients", "--list", "--set", "-o"],
                   "update": ["ID", "--name", "--text", "--at", "--yes", "-o"], "cancel": ["ID", "-o"],
                   "delete": ["ID", "--yes", "-o"], "retry": ["ID", "--yes", "-o"], "balance": ["-o"], "senders": ["-o"],
                   "lists": ["--csv-bom", "--csv-formulas", "-o"], "list-create": ["--name", "--recipients", "-o"],
                   "list-add": ["ID", "--recipients", "--resume", "-o"], "list-delete": ["ID", "--yes", "-o"],
                   "messages": ["ID", "--status", "-o"], "replies": ["ID", "-o"], "opt-outs": ["ID", "-o"],
                   "decode": ["--provider", "--operation", "--time-zone", "FILE"],
                   "capabilities": ["--provider", "--evidence", "-o"], "accounts": ["-o"], "demo": [],
                   "simulate": ["--port-base", "--campaigns", "--seed", "--switch", "--list-switches"]}
        for command in COMMANDS:
            run = Run(command, "--help")
            self.assertEqual((run.status, run.err), (0, ""))
            for option in options[command]:
                self.assertIn(option, run.out, command)

    def test_version(self):
        run = Run("--version")
        self.assertEqual((run.status, run.err), (0, ""))
        self.assertRegex(run.out, r"^polycampaign \d+\.\d+\.\d+\n$")

    def test_mistakes_are_told_with_the_nearest_word_and_end_with_2(self):
        mistakes = {
            (): 'a command is missing; see polycampaign --help',
            ("lst",): 'unknown command "lst"; did you mean "list"?',
            ("list", "--sinze", "30d"): 'unknown option "--sinze"; did you mean "--since"?',
            ("list", "--sinze=30d"): 'unknown option "--sinze"; did you mean "--since"?',
            ("list", "--confg", "x"): 'unknown option "--confg"; did you mean "--config"?',
            ("list", "extra"): 'unexpected argument "extra"; see polycampaign list --help',
            ("list", "--status", "complete"): '--status: unknown status "complete"; did you mean "completed"?',
            ("list", "--status", "failed,cancelled"): '--status: unknown status "cancelled"; did you mean "canceled"?',
            ("list", "--status", ""): '--status: unknown status ""',
            ("list", "-o", "jsn"): '--output: unknown format "jsn"; did you mean "json"?',
            ("accounts", "-o", "csv"): '--output: unknown format "csv"',
            ("list", "--since", "yesterday"): '--since: "yesterday" is not a time such as',
            ("list", "--until", ""): '--until: "" is not a time such as',
            ("list", "--since", "2026-01-02", "--until", "2026-01-02"): '--since (2026-01-02T00:00:00Z) is not before '
                                                                        '--until (2026-01-02T00:00:00Z)',
            ("list", "--details=010"): "--details takes no value",
            ("list", "--log-level", "wran"): '--log-level: unknown level "wran"; did you mean "warn"?',
            ("list", "--errors", "jsno"): '--errors: unknown format "jsno"; did you mean "json"?',
            ("get",): "ID is required",
            ("decode", "--operation", "list"): "--provider is required",
            ("decode", "--provider", "bgs", "--operation", "list"): '--provider: unknown provider "bgs"; did you mean "bsg"?',
            ("decode", "--provider", "bsg", "--operation", "lst"): '--operation: unknown operation "lst"; did you mean '
                                                                   '"list"?',
            ("capabilities", "--provider", "smsupp"): '--provider: unknown provider "smsupp"; did you mean "smsup"?',
            ("simulate", "--port-base", "65534"): "--port-base: 65534 leaves no room for 4 ports",
            ("simulate", "--switch", "dexatel.next"): "is not PROVIDER.NAME=VALUE",
            ("simulate", "--switch", "dexatl.next=token"): 'unknown provider "dexatl"; did you mean "dexatel"?',
            ("simulate", "--switch", "dexatel.nxt=token"): 'unknown switch of dexatel "nxt"; did you mean "next"?',
            ("simulate", "--switch", "dexatel.next=sideways"): "sideways",
        }
        for arguments, expected in mistakes.items():
            with self.subTest(arguments=arguments):
                run = Run(*arguments)
                self.assertEqual((run.status, run.out), (2, ""))
                self.assertIn(expected, run.err)
                self.assertTrue(run.err.startswith("polycampaign: "), run.err)
                self.assertEqual(run.err.count("\n"), 1, run.err)

    def test_numbers_are_whole_decimal_and_within_their_range(self):
        options = {("list", "--limit"): (1, 2**63 - 1), ("list", "--page-size"): (-2**31, 2**31 - 1),
                   ("list", "--prefetch"): (1, 16), ("simulate", "--port-base"): (0, 65535),
                   ("simulate", "--campaigns"): (0, 10_000_000), ("simulate", "--seed"): (0, 2**64 - 1)}
        for (command, option), (least, most) in options.items():
            for word in ("0x10", "+5", "1e3", "5.0", " 5", "5 ", "", "many", "1_000", "1,000", "\u0665", "9" * 30,
                         str(least - 1), str(most + 1)):
                with self.subTest(option=option, word=word):
                    for arguments in ((command, option, word), (command, f"{option}={word}"))[:2 if word else 1]:
                        run = Run(*arguments)
                        self.assertEqual((run.status, run.out), (2, ""), run.err)
                        self.assertEqual(run.err, f'polycampaign: {option}: "{word}" is not a whole number from {least} to '
                                                  f'{most}\n')

            run = Run(command, f"{option}=")
            self.assertEqual((run.status, run.out), (2, ""))
            self.assertIn(option, run.err)

    def test_mistakes_as_json(self):
        for arguments in (("--errors", "json", "lst"), ("lst", "--errors=json")):
            run = Run(*arguments)
            self.assertEqual(run.status, 2)
            (error,) = run.errors
            self.assertEqual(list(error), ["account", "provider", "code", "effect", "transient", "retry_after", "http_status",
                                           "vendor_code", "attempts", "message"])
            self.assertEqual((error["account"], error["code"]), (None, "invalid_argument"))
            self.assertIn("lst", error["message"])

    def test_a_wrong_log_level_in_the_environment_is_named(self):
        run = Run("list", env={"POLYCAMPAIGN_LOG": "loud"})
        self.assertEqual(run.status, 2)
        self.assertIn('POLYCAMPAIGN_LOG: unknown level "loud"', run.err)

    def test_commands_without_accounts_do_not_read_the_accounts_file(self):
        self.assertEqual(Run("--config", "/nonexistent/x.toml", "capabilities").status, 0)
        self.assertEqual(Run("simulate", "--list-switches", "--config", "/nonexistent/x.toml").status, 0)


class Capabilities(unittest.TestCase):
    def test_the_table_names_every_vendor_operation_filter_and_field(self):
        run = Run("capabilities")
        self.assertEqual((run.status, run.err), (0, ""))
        for word in ("BSG", "Dexatel", "SMSUP", "Yeastar", "list", "get", "since", "statuses", "created_at", "delivered",
                     "page size", "Limitations of lists"):
            self.assertIn(word, run.out)

    def test_one_vendor_and_its_evidence(self):
        run = Run("capabilities", "--provider", "smsup", "--evidence")
        self.assertEqual(run.status, 0)
        self.assertIn("GET /campaigns", run.out)
        self.assertNotIn("Yeastar", run.out)
        self.assertNotIn("GET /campaigns", Run("capabilities", "--provider", "smsup").out)

    def test_json_has_all_values_of_all_vendors(self):
        run = Run("capabilities", "-o", "json")
        self.assertEqual(run.status, 0)
        vendors = json.loads(run.out)
        self.assertEqual([v["provider"] for v in vendors], VENDORS)
        words = {"native", "emulated", "unsupported", "unverified"}
        for vendor in vendors:
            self.assertEqual(vendor["operations"]["list"]["support"], "native")
            self.assertIn("since", vendor["filters"])
            for field in vendor["fields"].values():
                self.assertLessEqual({field["list"], field["detail"]}, words)
            self.assertGreaterEqual(vendor["limits"]["max_page_size"], vendor["limits"]["min_page_size"])

    def test_markdown_tables_have_as_many_cells_in_every_line(self):
        run = Run("capabilities", "-o", "markdown")
        self.assertEqual(run.status, 0)
        rows = [line for line in run.out.splitlines() if line.startswith("|")]
        self.assertGreater(len(rows), 40)
        for row in rows:
            self.assertEqual(row.count("|"), 6, row)

    def test_several_vendors_stand_in_the_order_asked_for(self):
        run = Run("capabilities", "--provider", "yeastar", "--provider", "bsg")
        self.assertTrue(re.search(r"Yeastar.*BSG", run.out.splitlines()[0]), run.out)


if __name__ == "__main__":
    unittest.main()
