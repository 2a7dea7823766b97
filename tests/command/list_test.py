import csv
import datetime
import io
import json
import shutil
import subprocess
import unittest

from support import COUNTERS, MEMBERS, Proxy, Run, VENDORS, WithVendors, newest_first, time_of

# far enough back for BSG to read all its windows
ALL = ("--since", "2000-01-01")


def keys(campaigns):
    return [(c["account"], c["id"]) for c in campaigns]


class Lists(WithVendors):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everything = Run("list", "-o", "ndjson", config=cls.vendors.config).lines
        cls.timed = Run("list", "-o", "ndjson", *ALL, config=cls.vendors.config).lines

    def json(self, *arguments):
        return json.loads(self.run_ok("list", "-o", "json", *arguments).out)

    def ndjson(self, *arguments):
        return self.run_ok("list", "-o", "ndjson", *arguments).lines

    def test_all_accounts_are_listed(self):
        for campaigns in (self.everything, self.timed):
            self.assertEqual({c["account"] for c in campaigns}, set(VENDORS))
            self.assertEqual(len(set(keys(campaigns))), len(campaigns))
        for account in VENDORS[1:]:
            self.assertEqual(sum(c["account"] == account for c in self.everything), 40, account)

    def test_every_line_has_the_documented_members_in_their_order(self):
        for campaign in self.everything:
            self.assertEqual(list(campaign), MEMBERS)
            self.assertEqual(list(campaign["statistics"]), COUNTERS + ["vendor_counters", "reported_rates"])
            if campaign["cost"]:
                self.assertEqual(list(campaign["cost"]), ["amount", "unit", "kind"])
            for each in campaign["recipient_lists"]:
                self.assertEqual(list(each), ["id", "name"])

    def test_json_is_the_same_campaigns_sorted_exactly(self):
        self.assertEqual(self.json(*ALL), newest_first(self.timed))
        self.assertEqual(self.json(), newest_first(self.everything))

    def test_json_is_one_campaign_a_line_and_valid_when_empty(self):
        run = self.run_ok("list", "-o", "json", *ALL)
        self.assertEqual(run.out.count("\n"), len(self.timed) + 2)
        empty = self.run_ok("list", "-o", "json", "--since", "2000-01-01", "--until", "2000-01-02")
        self.assertEqual((empty.out, json.loads(empty.out)), ("[]\n", []))
        self.assertEqual(self.run_ok("list", "-o", "ndjson", "--since", "2000-01-01", "--until", "2000-01-02").out, "")

    @unittest.skipUnless(shutil.which("jq"), "jq is not installed")
    def test_jq_reads_json_and_ndjson(self):
        for form, program in (("json", "map(.id) | length"), ("ndjson", "-s map(.id) | length")):
            out = self.run_ok("list", "-o", form, *ALL).raw
            *options, text = program.split(" ", 1) if program.startswith("-") else [program]
            counted = subprocess.run(["jq", *options, text], input=out, capture_output=True, check=True)
            self.assertEqual(int(counted.stdout), len(self.timed))

    def test_ndjson_keeps_every_vendors_order(self):
        for account in VENDORS:
            alone = self.ndjson("--account", account, *ALL)
            self.assertEqual(alone, [c for c in self.timed if c["account"] == account])

    def test_ndjson_is_merged_by_time(self):
        # the vendors that deliver newest first are merged newest first
        merged = [time_of(c) for c in self.ndjson("--account", "bsg", "--account", "smsup", *ALL)]
        self.assertEqual(merged, sorted(merged, reverse=True))

    def test_csv_tells_the_same(self):
        run = self.run_ok("list", "-o", "csv", *ALL)
        self.assertEqual(run.raw.count(b"\r\n"), run.raw.count(b"\n") - sum(
            (c["text"] or "").count("\n") + (c["name"] or "").count("\n") - (c["text"] or "").count("\r\n")
            for c in self.timed))
        header, *rows = csv.reader(io.StringIO(run.raw.decode(), newline=""))
        self.assertEqual(header, MEMBERS[:14] + COUNTERS + ["vendor_counters", "reported_rates", "cost_amount", "cost_unit",
                                                          "cost_kind", "recipient_lists", "notes"])
        text = lambda value: "" if value is None else str(value)
        self.assertEqual(len(rows), len(self.timed))
        for row, c in zip(rows, self.timed):
            s, cost = c["statistics"], c["cost"] or {}
            self.assertEqual(row, [text(c[m]) for m in MEMBERS[:14]] + [text(s[m]) for m in COUNTERS] + [
                ";".join(f"{k}={v}" for k, v in s["vendor_counters"].items()),
                ";".join(f"{k}={v}" for k, v in s["reported_rates"].items()),
                text(cost.get("amount")), text(cost.get("unit")), text(cost.get("kind")),
                ";".join("=".join(filter(None, (l["id"], l["name"]))) for l in c["recipient_lists"]),
                ";".join(c["notes"])])

    def test_an_empty_csv_is_a_header(self):
        run = self.run_ok("list", "-o", "csv", "--since", "2000-01-01", "--until", "2000-01-02")
        self.assertEqual(run.out.count("\n"), 1)

    def test_the_table_is_the_default_and_has_a_line_a_campaign(self):
        run = self.run_ok("list", *ALL, env={"COLUMNS": 250})
        title, *lines = run.out.splitlines()
        self.assertEqual(title.split()[:5], ["ACCOUNT", "ID", "NAME", "STATUS", "TIME"])
        self.assertEqual([tuple(line.split()[:2]) for line in lines], keys(newest_first(self.timed)))
        self.assertNotIn("\x1b", run.out)

    def test_absent_counters_are_dashes(self):
        run = self.run_ok("list", "--account", "bsg", *ALL, env={"COLUMNS": 250})
        bsg = [c for c in newest_first(self.timed) if c["account"] == "bsg"]
        self.assertTrue(all(c["statistics"]["failed"] is None for c in bsg))
        for line in run.out.splitlines()[1:]:
            self.assertEqual(line.split()[-2:], ["-", "-"], line)

    def test_limit_counts_the_merged_result(self):
        exact = newest_first(self.timed)
        for n in (1, 7, 50, 10_000):
            self.assertEqual(self.json(*ALL, "--limit", n), exact[:n])
            self.assertEqual(self.ndjson(*ALL, "--limit", n), self.timed[:n])
        self.assertEqual(len(self.run_ok("list", *ALL, "--limit", "3").out.splitlines()), 4)
        rows = csv.reader(io.StringIO(self.run_ok("list", *ALL, "--limit", "3", "-o", "csv").out, newline=""))
        self.assertEqual(len(list(rows)), 4)

    def test_since_and_until_bound_the_campaigns_time(self):
        times = sorted({time_of(c) for c in self.timed if time_of(c)})
        since, until = times[len(times) // 3], times[2 * len(times) // 3]
        expected = [c for c in newest_first(self.timed) if time_of(c) and since <= time_of(c) < until]
        self.assertGreater(len(expected), 3)
        self.assertEqual(self.json("--since", since, "--until", until), expected)

    def test_times_may_be_dates_and_durations(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        day = (now - datetime.timedelta(days=20)).date().isoformat()
        self.assertEqual(keys(self.json("--since", day)),
                         keys(c for c in newest_first(self.timed) if time_of(c) and time_of(c) >= day + "T00:00:00Z"))
        # a campaign near the border may cross it between two runs, so the border is put between two campaigns
        times = sorted((time_of(c) for c in self.timed if time_of(c)), reverse=True)
        ages = [(now - datetime.datetime.fromisoformat(t.replace("Z", "+00:00"))).total_seconds() / 3600 for t in times]
        hours = next(int(a) + 2 for a, b in zip(ages[4:], ages[5:]) if b - a > 4 and a > 0)
        fresh = [c for c in newest_first(self.timed) if time_of(c) and
                 time_of(c) >= (now - datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")]
        self.assertEqual(keys(self.json("--since", f"{hours}h")), keys(fresh))
        self.assertEqual(keys(self.json("--since", f"{hours * 60}m")), keys(fresh))
        self.assertEqual(self.json(*ALL, "--until", "1200w"), [])

    def test_statuses_are_filtered_in_any_spelling_of_the_option(self):
        words = {c["status"] for c in self.timed}
        self.assertGreater(len(words), 3)
        for word in words:
            self.assertEqual(self.json(*ALL, "--status", word),
                             [c for c in newest_first(self.timed) if c["status"] == word])
        two = [c for c in newest_first(self.timed) if c["status"] in ("completed", "scheduled")]
        self.assertEqual(self.json(*ALL, "--status", "completed,scheduled"), two)
        self.assertEqual(self.json(*ALL, "--status", "completed", "--status", "scheduled"), two)

    def test_limit_counts_after_the_filter(self):
        wanted = [c for c in newest_first(self.timed) if c["status"] == "completed"]
        self.assertEqual(self.json(*ALL, "--status", "completed", "--limit", "5"), wanted[:5])
        self.assertEqual(len(self.ndjson(*ALL, "--status", "completed", "--limit", "5")), 5)

    def test_numbers_are_decimal_whatever_they_begin_with(self):
        self.assertEqual(len(self.ndjson(*ALL, "--limit", "010")), 10)
        self.assertEqual(len(self.ndjson(*ALL, "--limit", "008")), 8)

    def test_page_size_and_prefetch_change_nothing_but_the_traffic(self):
        for arguments in (("--page-size", "7"), ("--page-size", "0"), ("--page-size", "-1"), ("--page-size", "1000000"),
                          ("--prefetch", "1"), ("--prefetch", "16", "--page-size", "3")):
            self.assertEqual(self.json(*ALL, *arguments), newest_first(self.timed), arguments)

    def test_page_size_reaches_the_vendor(self):
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"])
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "page_size.toml")
        Run("list", "--account", "smsup", "--page-size", "9", config=config)
        self.assertTrue(proxy.requests and all("length=9" in r for r in proxy.requests), proxy.requests)

    def test_details_fill_what_lists_lack(self):
        self.assertTrue(all(c["text"] is None for c in self.everything if c["account"] == "yeastar"))
        detailed = self.json("--account", "yeastar", "--details")
        self.assertTrue(any(c["text"] for c in detailed))
        self.assertEqual(len(detailed), 40)

    def test_limit_stops_the_traffic(self):
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"])
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "limit.toml")
        for form in ("ndjson", "json"):
            del proxy.requests[:]
            Run("list", "--account", "smsup", "--page-size", "2", "--prefetch", "1", "--limit", "2", "-o", form,
                config=config)
            self.assertLessEqual(len(proxy.requests), 2, proxy.requests)

    def test_accounts_can_be_chosen_before_or_after_the_command(self):
        expected = [c for c in newest_first(self.timed) if c["account"] in ("bsg", "smsup")]
        for arguments in (("--account", "smsup", "--account", "bsg", "list", *ALL, "-o", "json"),
                          ("list", "--account", "smsup", *ALL, "-o", "json", "--account", "bsg"),
                          ("--account", "bsg", "list", *ALL, "-o", "json", "--account", "smsup")):
            self.assertEqual(json.loads(self.run_ok(*arguments).out), expected)
        late = Run("list", *ALL, "-o", "json", "--config", self.vendors.config, "--account=bsg", "--account=smsup")
        self.assertEqual(json.loads(late.out), expected)

    def test_a_period_that_is_cut_silently_is_told(self):
        run = self.run_ok("list", "--account", "bsg", "-o", "ndjson")
        self.assertEqual(run.err.count("\n"), 1, run.err)
        self.assertIn("polycampaign: bsg: ", run.err)
        self.assertIn("--since", run.err)
        self.assertEqual(self.run_ok("list", "--account", "bsg", *ALL, "-o", "ndjson").err, "")
        self.assertEqual(self.run_ok("list", "--account", "bsg", "--limit", "1", "-o", "json").err, "")
        self.assertEqual(self.run_ok("list", "--account", "smsup", "-o", "ndjson").err, "")

    def test_campaigns_without_a_time_that_a_bound_left_out_are_counted(self):
        timeless = sum(1 for c in self.everything if c["account"] == "yeastar" and not time_of(c))
        self.assertGreater(timeless, 0)
        run = self.run_ok("list", "--account", "yeastar", *ALL)
        self.assertIn(f"yeastar: left out {timeless} campaign", run.err)

    def test_what_lists_cannot_show_is_told_at_info(self):
        run = self.run_ok("list", "--account", "smsup", "--log-level", "info", "-o", "ndjson")
        self.assertIn("web platform", run.err)
        self.assertNotIn("web platform", self.run_ok("list", "--account", "smsup", "-o", "ndjson").err)

    def test_log_levels_from_option_and_environment(self):
        quiet = self.run_ok("list", *ALL, "--account", "smsup", "-o", "ndjson")
        self.assertEqual(quiet.err, "")
        loud = self.run_ok("list", *ALL, "--account", "smsup", "--log-level", "debug", "-o", "ndjson")
        self.assertIn("/campaigns", loud.err)
        self.assertEqual(loud.out, quiet.out)
        self.assertIn("/campaigns", self.run_ok("list", "--account", "smsup", env={"POLYCAMPAIGN_LOG": "debug"}).err)
        off = self.run_ok("list", *ALL, "--account", "smsup", "--log-level", "off", env={"POLYCAMPAIGN_LOG": "trace"})
        self.assertEqual(off.err, "")


class Empty(WithVendors):
    arguments = ("--campaigns", "0")

    def test_nothing_to_list_is_a_success(self):
        self.assertEqual(self.run_ok("list", "-o", "json").out, "[]\n")
        self.assertEqual(self.run_ok("list", "-o", "ndjson").out, "")
        self.assertEqual(len(self.run_ok("list").out.splitlines()), 1)


class Gets(WithVendors):
    def test_every_form_tells_the_same_campaign(self):
        for account in VENDORS:
            listed = self.run_ok("list", "--account", account, "-o", "ndjson", "--limit", "3").lines
            for each in listed:
                run = self.run_ok("--account", account, "get", each["id"], "-o", "json")
                self.assertEqual(run.out.count("\n"), 1)
                campaign = json.loads(run.out)
                self.assertEqual(list(campaign), MEMBERS)
                self.assertEqual((campaign["account"], campaign["id"]), (account, each["id"]))
                self.assertEqual(self.run_ok("get", each["id"], "--account", account, "-o", "ndjson").out, run.out)
                header, row = csv.reader(io.StringIO(self.run_ok("get", each["id"], "--account", account, "-o", "csv").out,
                                                     newline=""))
                self.assertEqual(dict(zip(header, row))["id"], each["id"])
                card = self.run_ok("get", each["id"], "--account", account).out
                self.assertRegex(card, rf"(?m)^  id +{each['id']}$")
                self.assertRegex(card, rf"(?m)^  status +{campaign['status']}$")
                for counter in COUNTERS:
                    value = campaign["statistics"][counter]
                    name = {"in_flight": "in flight", "opt_outs": "opt-outs"}.get(counter, counter)
                    self.assertRegex(card, rf"(?m)^  {name} +{'-' if value is None else value}( \(.*\))?$")

    def test_the_only_account_need_not_be_named(self):
        config = self.vendors.write({"bsg": self.vendors.accounts["bsg"]}, "one.toml")
        (first,) = Run("list", "--limit", "1", "-o", "ndjson", config=config).lines
        run = Run("get", first["id"], "-o", "json", config=config)
        self.assertEqual((run.status, json.loads(run.out)["id"]), (0, first["id"]))

    def test_an_unknown_id_ends_with_3(self):
        for account in VENDORS:
            for missing in ("99999999", "no such id", "\x1b[31m", "-5"):
                run = Run("--account", account, "--errors", "json", "get", "-o", "json", "--", missing,
                          config=self.vendors.config)
                self.assertEqual((run.status, run.out), (3, ""), (account, missing, run.err))
                (error,) = run.errors
                self.assertIn(error["code"], ("not_found", "invalid_argument"))
                self.assertEqual((error["account"], error["provider"]), (account, account))


if __name__ == "__main__":
    unittest.main()
