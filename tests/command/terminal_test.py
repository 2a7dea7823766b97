import re
import threading
import unittest

from support import PATIENCE, Proxy, Run, Terminal, WithVendors, width

ALL = ("--since", "2000-01-01")


class Tables(WithVendors):
    def test_a_table_fits_every_width(self):
        for columns in (20, 33, 60, 80, 100, 120, 200):
            shown = Terminal("list", *ALL, config=self.vendors.config, columns=columns, err=False).finish()
            self.assertEqual(shown.status, 0)
            plain = re.sub(r"\x1b\[\d*m", "", shown.text)
            widest = max(width(line) for line in plain.splitlines())
            self.assertLessEqual(widest, columns)
            piped = Run("list", *ALL, config=self.vendors.config, env={"COLUMNS": columns})
            self.assertEqual(piped.out, plain)

    def test_without_a_terminal_the_width_is_120(self):
        expected = Run("list", *ALL, config=self.vendors.config, env={"COLUMNS": 120}).out
        for columns in ({}, {"COLUMNS": ""}, {"COLUMNS": "wide"}, {"COLUMNS": "0"}, {"COLUMNS": "-5"}):
            self.assertEqual(Run("list", *ALL, config=self.vendors.config, env=columns).out, expected)

    def test_columns_are_aligned_whatever_the_script_of_the_names(self):
        run = self.run_ok("list", *ALL, env={"COLUMNS": 250})
        title, *lines = run.out.splitlines()
        time = title.index("TIME (UTC)")
        dated = [(line, re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d~?  ", line)) for line in lines]
        self.assertGreater(sum(found is not None for _, found in dated), 50)
        for line, found in dated:
            if found:
                self.assertEqual(width(line[:found.start()]), time, line)

    def test_colours_only_on_a_terminal_that_wants_them(self):
        def coloured(**env):
            shown = Terminal("list", *ALL, config=self.vendors.config, columns=200, err=False, env=env).finish()
            self.assertEqual(shown.status, 0)
            return "\x1b[32mcompleted\x1b[0m" in shown.text, "\x1b" in shown.text

        self.assertEqual(coloured(), (True, True))
        self.assertEqual(coloured(NO_COLOR=""), (True, True))
        self.assertEqual(coloured(NO_COLOR="1"), (False, False))
        self.assertEqual(coloured(TERM="dumb"), (False, False))
        self.assertNotIn("\x1b", self.run_ok("list", *ALL).out)

    def test_json_is_never_coloured_or_cut(self):
        for form in ("json", "ndjson", "csv"):
            shown = Terminal("list", *ALL, "-o", form, config=self.vendors.config, columns=20, err=False).finish()
            self.assertNotIn("\x1b", shown.text)
            self.assertNotIn("…", shown.text)

    def test_a_card_on_a_terminal(self):
        (first,) = self.run_ok("list", "--account", "bsg", "--limit", "1", "-o", "ndjson").lines
        shown = Terminal("--account", "bsg", "get", first["id"], config=self.vendors.config, err=False).finish()
        self.assertIn("\x1b[1mStatistics\x1b[0m", shown.text)
        self.assertNotIn("\x1b", self.run_ok("--account", "bsg", "get", first["id"]).out)


class Injection(WithVendors):
    arguments = ("--campaigns", "1")

    def test_texts_of_a_vendor_cannot_command_the_terminal(self):
        body = (b'{"data":[{"id":"7","name":"\\u001b]0;owned\\u0007\\u001b[2J\\nline","status":"a\\u009b31mb",'
                b'"create_date":"2024-01-01 00:00:00"}]}')
        proxy = Proxy(self.vendors.accounts["dexatel"]["base_url"], lambda *_: (200, body))
        self.addCleanup(proxy.close)
        config = self.vendors.write({"a\x1bb": {**self.vendors.accounts["dexatel"], "base_url": proxy.base_url}}, "x.toml")
        for arguments in (("list",), ("get", "7")):
            run = Run(*arguments, config=config, env={"COLUMNS": 200})
            self.assertEqual(run.status, 0, run.err)
            self.assertNotRegex(run.out, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
            self.assertIn("␛]0;owned␇␛[2J␊line", run.out)
        accounts = Run("accounts", config=config)
        self.assertNotIn("\x1b", accounts.out)
        body = b'{"errors":[{"code":1601,"message":"\\u001b[2Jgone"}]}'
        failed = Run("list", config=config)
        self.assertNotIn("\x1b", failed.err)


class Progress(WithVendors):
    arguments = ("--campaigns", "30")

    def slow(self):
        """The second page comes when `shown` is set."""
        shown = threading.Event()
        self.addCleanup(shown.set)
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"],
                      lambda number, method, path: shown.wait(PATIENCE) and None if number == 2 else None)
        self.addCleanup(proxy.close)
        return self.vendors.write({"smsup": {**self.vendors.accounts["smsup"], "base_url": proxy.base_url}}, "slow.toml"), shown

    def test_a_long_list_shows_its_progress_and_erases_it(self):
        arguments = ("list", "--page-size", "10", "--prefetch", "1")
        for form, out in (("table", True), ("table", False), ("ndjson", False)):
            config, shown = self.slow()
            terminal = Terminal(*arguments, "-o", form, config=config, out=out)
            terminal.read_until(b"10 campaigns, 0 of 1 account read")
            shown.set()
            terminal.finish()
            self.assertEqual(terminal.status, 0)
            after = terminal.seen[terminal.seen.rindex(b"account read"):]
            self.assertIn(b"\r\x1b[K", after)
            if not out:
                self.assertTrue(after.endswith(b"\r\x1b[K"), after)
            results = terminal.text if out else terminal.piped.decode()
            self.assertIn("smsup", results.split("\x1b[K")[-1])

    def test_no_progress_without_a_terminal_or_with_results_in_the_way(self):
        config, shown = self.slow()
        shown.set()
        self.assertEqual(Run("list", "--page-size", "10", config=config).err, "")
        config, shown = self.slow()
        terminal = Terminal("list", "--page-size", "10", "--prefetch", "1", "-o", "ndjson", config=config)
        terminal.read_until(b'{"account"')
        shown.set()
        self.assertNotIn(b"account read", terminal.finish().seen)

    def test_errors_stand_on_lines_of_their_own(self):
        shown = threading.Event()
        self.addCleanup(shown.set)
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"],
                      lambda number, *_: shown.wait(PATIENCE) and (403, b"{}") if number == 2 else None)
        self.addCleanup(proxy.close)
        config = self.vendors.write({"smsup": {**self.vendors.accounts["smsup"], "base_url": proxy.base_url}}, "bad.toml")
        terminal = Terminal("list", "--page-size", "10", "--prefetch", "1", config=config, out=False)
        terminal.read_until(b"account read")
        shown.set()
        terminal.finish()
        self.assertEqual(terminal.status, 1)
        self.assertRegex(terminal.text, r"\r\x1b\[Kpolycampaign: smsup: smsup: permission_denied: ")


if __name__ == "__main__":
    unittest.main()
