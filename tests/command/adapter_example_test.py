"""The command of examples/adapter with its simulator: the library's, which knows Heron too, a vendor from outside of the library."""
import json
import unittest

from support import Run, WithVendors

LIST = b"""{"result":"ok","next":"7001","campaigns":[
 {"id":7002,"title":"Summer","state":"running","made":"2026-07-01 09:30:00","planned":null,"price":12.5},
 {"id":"7001","title":"Winter","state":"adrift","made":"2026-01-01 09:30:00","planned":"","counts":{"arrived":"-3"}}]}"""
DETAIL = b"""{"result":"ok","campaign":{"id":7002,"title":"Summer","body":"Hello","state":"finished","price":"12,50 EUR",
 "made":"2026-07-01 09:30:00","counts":{"all":10,"waiting":0,"arrived":"7","lost":3}}}"""


class Account(WithVendors):
    def heron(self, *arguments):
        return self.run_ok("--account", "heron", *arguments)

    def test_it_is_simulated_listed_and_read(self):
        campaigns = self.heron("list", "-o", "ndjson").lines
        self.assertEqual(len(campaigns), 40)
        self.assertEqual({c["provider"] for c in campaigns}, {"heron"})
        self.assertEqual({c["statistics"]["delivered"] for c in campaigns}, {None})
        one = json.loads(self.heron("get", campaigns[0]["id"], "-o", "json").out)
        self.assertEqual((one["id"], one["name"]), (campaigns[0]["id"], campaigns[0]["name"]))
        self.assertIsNotNone(one["statistics"]["messages"])
        self.assertIsNotNone(one["text"])
        self.assertEqual(self.heron("list", "-o", "ndjson", "--page-size", "7").lines, campaigns)

    def test_it_says_no(self):
        run = Run("--account", "heron", "--errors", "json", "get", "1", config=self.vendors.config)
        self.assertEqual((run.status, run.out), (3, ""))
        self.assertEqual([(e["code"], e["vendor_code"]) for e in run.errors], [("not_found", "E104")])
        config = self.vendors.write(self.vendors.changed("heron", password="hush-hush"), "wrong.toml")
        run = Run("--account", "heron", "--errors", "json", "list", config=config)
        self.assertEqual([(e["code"], e["vendor_code"]) for e in run.errors], [("unauthenticated", "E101")])
        self.assertNotIn("hush", run.out + run.err)


class Elsewhere(unittest.TestCase):
    def test_it_decodes_what_it_can_and_notes_the_rest(self):
        run = Run("decode", "--provider", "heron", "--operation", "list", stdin=LIST)
        self.assertEqual((run.status, run.err), (0, ""))
        summer, winter = run.lines
        self.assertEqual((summer["id"], summer["status"], summer["created_at"]), ("7002", "sending", "2026-07-01T07:30:00Z"))
        self.assertEqual((summer["cost"], len(summer["notes"])), (None, 1))
        self.assertEqual((winter["created_at"], winter["scheduled_at"]), ("2026-01-01T08:30:00Z", None))
        self.assertEqual((winter["status"], winter["vendor_status"]), ("unknown", "adrift"))
        self.assertIsNone(winter["statistics"]["delivered"])
        self.assertEqual(winter["notes"], ['arrived: "-3" is not a count'])
        detail = Run("decode", "--provider", "heron", "--operation", "get", stdin=DETAIL).lines[0]
        self.assertEqual(detail["cost"], {"amount": "12.50", "unit": "EUR", "kind": "billed"})
        self.assertEqual((detail["statistics"]["delivered"], detail["statistics"]["expired"]), (7, None))
        for body in (b"", b"<html>", b"{}", b'{"result":"error","code":"E105","reason":"later"}'):
            self.assertEqual(Run("decode", "--provider", "heron", "--operation", "list", stdin=body).status, 3)

    def test_its_capabilities_are_printed(self):
        run = Run("capabilities", "--provider", "heron")
        self.assertEqual((run.status, run.err), (0, ""))
        self.assertIn("Heron", run.out)


if __name__ == "__main__":
    unittest.main()
