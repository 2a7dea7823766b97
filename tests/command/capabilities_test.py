"""What `polycampaign capabilities` says of new campaigns: table, Markdown and JSON from the same rules."""
import json
import re
import unittest

from support import Run, VENDORS


def every():
    return {vendor["provider"]: vendor for vendor in json.loads(Run("capabilities", "-o", "json").out)}


class Capabilities(unittest.TestCase):
    def cells(self, row, *options):
        """The row's cells, by vendor."""
        run = Run("capabilities", *options)
        self.assertEqual((run.status, run.err), (0, ""))
        found = re.search(rf"(?m)^(?:\| `|  ){re.escape(row)}(?:` \|| {{2,}})(.*)$", run.out)
        self.assertIsNotNone(found, row)
        cells = re.split(r" *\| *| {2,}", found.group(1).strip().strip("|").strip())
        self.assertEqual(len(cells), len(VENDORS), cells)
        return dict(zip(sorted(VENDORS), cells))

    def test_limits_and_doubts(self):
        for options in ((), ("-o", "markdown")):
            self.assertEqual(self.cells("numbers of a campaign", *options),
                             {"bsg": "10000", "dexatel": "100000 (10000)", "smsup": "-", "yeastar": "(1000)"})
            self.assertEqual(self.cells("units of a UCS-2 text", *options)["bsg"], "355 (335)")
            self.assertEqual(self.cells("draft", *options), {"bsg": "-", "dexatel": "-", "smsup": "-", "yeastar": "yes"})
            self.assertEqual(self.cells("a sender is", *options)["smsup"], "optional")

    def test_json_has_every_feature_limit_and_option(self):
        vendors = every()
        bsg = vendors["bsg"]["campaigns"]
        self.assertEqual(bsg["features"]["own_texts"]["support"], "native")
        self.assertIn("names campaigns itself", bsg["features"]["name"]["evidence"])
        self.assertEqual((bsg["limits"]["recipients"]["most"], bsg["limits"]["lists"]["most"]), (10000, None))
        self.assertEqual(bsg["sender"]["letters"]["most"], 11)
        self.assertEqual(bsg["placeholders"], [{"pattern": "{#}", "lists_only": True}])
        validity = next(option for option in bsg["options"] if option["name"] == "validity")
        self.assertEqual((validity["kind"], validity["least"], validity["most"], validity["words"]), ("number", 1, 72, []))
        yeastar = {option["name"]: option for option in vendors["yeastar"]["campaigns"]["options"]}
        self.assertEqual((yeastar["send_mode"]["kind"], yeastar["send_mode"]["words"], yeastar["send_mode"]["most"]),
                         ("word", ["direct", "new_session"], None))
        self.assertEqual(len({tuple(vendor["campaigns"]["features"]) for vendor in vendors.values()}), 1)

    def test_options_are_those_that_set_takes(self):
        for vendor, told in every().items():
            for option in told["campaigns"]["options"]:
                text = Run("capabilities").out
                self.assertRegex(text, rf"(?m)^  {re.escape(told['display_name'])}: {option['name']} \(")

    def test_evidence_names_the_page_of_a_limit(self):
        text = Run("capabilities", "--provider", "bsg", "--evidence").out
        self.assertIn("\n  limit, numbers of a campaign: Create individual/bulk SMS campaign\n", text)
        self.assertIn("\n  new campaign draft: every create sends or schedules; there is no draft\n", text)


    def test_every_operation_around_a_campaign_is_shown(self):
        names = ["lists", "get_list", "create_list", "add_to_list", "delete_list", "messages", "replies", "opt_outs", "stop_list"]
        for told in every().values():
            self.assertEqual([name for name in told["operations"] if name in names], names)
        for name in names:
            self.cells(name)
            self.cells(name, "-o", "markdown")

    def test_hours_of_delivery_reports(self):
        hours = self.cells("hours in which they can come")
        for vendor, told in every().items():
            reports = told["reports"]
            self.assertEqual(list(reports), ["delivery_reports", "validity_hours", "evidence"])
            self.assertEqual(hours[vendor], "-" if not reports["delivery_reports"] else str(reports["validity_hours"] or "not documented"))


if __name__ == "__main__":
    unittest.main()
