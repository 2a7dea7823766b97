import json
import pathlib
import tempfile
import unittest

from support import DATA, MEMBERS, Run

SAMPLES = [  # provider, operation, file, campaigns
    ("bsg", "list", "bsg/campaigns_list.response.json"),
    ("smsup", "list", "smsup/campaigns_list.g2.xml"),
    ("dexatel", "list", "dexatel/campaign_list.d2b.reconstructed.json"),
    ("dexatel", "get", "dexatel/campaign_read.object.reconstructed.json"),
    ("yeastar", "list", "yeastar/message_campaign_list.response.json"),
]


class Decode(unittest.TestCase):
    def decode(self, provider, operation, *arguments, **options):
        return Run("decode", "--provider", provider, "--operation", operation, *arguments, **options)

    def test_published_samples_become_ndjson(self):
        for provider, operation, name in SAMPLES:
            with self.subTest(sample=name):
                run = self.decode(provider, operation, DATA / name)
                self.assertEqual((run.status, run.err), (0, ""))
                self.assertGreater(len(run.lines), 0)
                for campaign in run.lines:
                    self.assertEqual(list(campaign), MEMBERS)
                    self.assertEqual((campaign["account"], campaign["provider"]), (None, provider))
                    self.assertTrue(campaign["id"])

    def test_file_dash_and_nothing_are_the_same_input(self):
        provider, operation, name = SAMPLES[0]
        body = (DATA / name).read_bytes()
        file = self.decode(provider, operation, DATA / name)
        self.assertEqual(self.decode(provider, operation, "-", stdin=body).out, file.out)
        self.assertEqual(self.decode(provider, operation, stdin=body).out, file.out)

    def test_refused_input_is_one_line_and_3(self):
        bodies = [b"", b" ", b"{", b"[1,2", b"<xml", b"<html></html>", b"\x00\xff\xfe", b"null", b"\"text\"", b"{\"data\":",
                  b"Service unavailable\nline two\n", b"{}" * 2]
        for provider in ("bsg", "dexatel", "smsup", "yeastar"):
            for operation in ("list", "get"):
                for body in bodies:
                    with self.subTest(provider=provider, operation=operation, body=body):
                        run = self.decode(provider, operation, stdin=body)
                        self.assertEqual((run.status, run.out), (3, ""), run.err)
                        self.assertEqual(run.err.count("\n"), 1, run.err)
                        self.assertTrue(run.err.startswith(f"polycampaign: {provider}: "), run.err)

    def test_the_vendors_own_error_is_told(self):
        run = self.decode("dexatel", "get", DATA / "dexatel/error_not_found.reconstructed.json", "--errors", "json")
        self.assertEqual((run.status, run.out), (3, ""))
        (error,) = run.errors
        self.assertEqual((error["account"], error["provider"], error["code"]), (None, "dexatel", "not_found"))
        run = self.decode("yeastar", "list", DATA / "yeastar/error_get_token_bad_credentials.json")
        self.assertEqual(run.status, 3)

    def test_a_file_that_is_not_there_is_a_usage_error(self):
        run = self.decode("bsg", "list", "/nonexistent/body.json")
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn("cannot read /nonexistent/body.json: No such file or directory", run.err)
        self.assertEqual(self.decode("bsg", "list", "/").status, 2)

    def test_the_time_zone_replaces_an_assumed_one(self):
        sample = DATA / "smsup/campaigns_list.g2.xml"
        assumed = self.decode("smsup", "list", sample).lines
        paris = self.decode("smsup", "list", sample, "--time-zone", "Europe/Paris").lines
        tokyo = self.decode("smsup", "list", sample, "--time-zone", "Asia/Tokyo").lines
        self.assertEqual([c["created_at"] for c in assumed], [c["created_at"] for c in paris])
        self.assertTrue(all(a["created_at"] > b["created_at"] for a, b in zip(assumed, tokyo)))

    def test_an_unknown_time_zone_is_a_configuration_error(self):
        run = self.decode("bsg", "list", DATA / SAMPLES[0][2], "--time-zone", "Europe/Atlantis")
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn("time_zone", run.err)

    def test_odd_records_yield_what_can_be_read(self):
        body = json.dumps({"data": [{"id": 1, "status": "levitating", "name": "a\u001b[31m", "statistics": {"sent": -1}},
                                    {"id": "2", "status": None, "created_at": "not a time"}, 7], "total": "?"}).encode()
        run = self.decode("bsg", "list", stdin=body)
        self.assertEqual(run.status, 0, run.err)
        one, two = run.lines[:2]
        self.assertEqual((one["id"], one["status"], one["vendor_status"]), ("1", "unknown", "levitating"))
        self.assertIsNone(one["statistics"]["submitted"])
        self.assertEqual((two["status"], two["vendor_status"], two["created_at"]), ("unknown", None, None))
        self.assertTrue(one["notes"] and two["notes"])

    def test_names_of_files_may_look_like_options(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "-o"
            path.write_bytes((DATA / SAMPLES[0][2]).read_bytes())
            run = self.decode("bsg", "list", "--", "-o", cwd=folder)
            self.assertEqual(run.status, 0, run.err)


if __name__ == "__main__":
    unittest.main()
