"""CSV for spreadsheets, read with Python's csv module."""
import csv
import io
import unittest

from ledger import WithLedger, message
from support import Run, WithVendors

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "+", "-", "+33 6 39 98 00 02", "+1.2.3", "-x", '=HYPERLINK("x","y")']
PLAIN = ["+33639980002", "-50.25", "+5", "1+1", "a=1", " =1", "'=1", ".5", "", "+33639980002;+33639980003"[:12]]


def rows(raw):
    return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))


class Style(WithLedger):
    def setUp(self):
        super().setUp()
        self.ledger.pages["/messages/7"] = [[message(1, text="Hello, \"you\"\r\nthere"), message(2, text="=1+1"), message(3)]]

    def texts(self, *arguments):
        run = self.run_ok("messages", "7", "-o", "csv", *arguments)
        head, *lines = rows(run.raw)
        return [dict(zip(head, line))["text"] for line in lines]

    def test_cells_stay_as_they_are_by_default(self):
        self.assertEqual(self.texts(), ['Hello, "you"\r\nthere', "=1+1", ""])
        self.assertEqual(self.texts("--csv-formulas", "keep"), self.texts())

    def test_formulas_are_marked_and_nothing_else_is(self):
        self.ledger.pages["/messages/7"] = [[message(n, text=text) for n, text in enumerate(FORMULAS + PLAIN)]]
        self.assertEqual(self.texts("--csv-formulas", "mark"), ["'" + text for text in FORMULAS] + PLAIN)
        head, first, *_ = rows(self.run_ok("messages", "7", "-o", "csv", "--csv-formulas", "mark").raw)
        self.assertEqual(first[head.index("number")], "+33639900000", "a phone number is no formula")

    def test_a_refused_formula_ends_the_output_before_its_row(self):
        run = self.run_it("messages", "7", "-o", "csv", "--csv-formulas", "refuse")
        self.assertEqual(run.status, 1)
        head, *lines = rows(run.raw)
        self.assertEqual([len(line) for line in lines], [len(head)])
        self.assertTrue(run.raw.endswith(b"\r\n"))
        self.assertIn("polycampaign: book: row 3, column 8 (text): a spreadsheet would take this cell for a formula", run.err)
        self.assertNotIn("1+1", run.err)
        for text in FORMULAS:
            self.ledger.pages["/messages/7"] = [[message(1, text=text)]]
            run = self.run_it("messages", "7", "-o", "csv", "--csv-formulas", "refuse", "--errors", "json")
            self.assertEqual((run.status, len(rows(run.raw))), (1, 1))
            self.assertEqual((run.errors[0]["account"], run.errors[0]["code"]), ("book", "invalid_argument"))
        self.ledger.pages["/messages/7"] = [[message(n, text=text) for n, text in enumerate(PLAIN)]]
        self.assertEqual(self.texts("--csv-formulas", "refuse"), PLAIN)

    def test_a_byte_order_mark_stands_once_before_the_header(self):
        plain = self.run_ok("messages", "7", "-o", "csv").raw
        self.assertEqual(self.run_ok("messages", "7", "-o", "csv", "--csv-bom").raw, b"\xef\xbb\xbf" + plain)
        self.ledger.pages["/messages/7"] = []
        self.assertEqual(self.run_ok("messages", "7", "-o", "csv", "--csv-bom").raw, b"\xef\xbb\xbf" + plain.split(b"\r\n")[0] + b"\r\n")


class Commands(WithVendors):
    arguments = ("--campaigns", "3")

    def test_every_command_with_csv_has_both_options(self):
        (first,) = self.run_ok("list", "--account", "bsg", "--limit", "1", "-o", "ndjson").lines
        for arguments in (("list",), ("get", first["id"], "--account", "bsg"), ("balance",), ("senders",)):
            plain = self.run_ok(*arguments, "-o", "csv").raw
            marked = self.run_ok(*arguments, "-o", "csv", "--csv-bom", "--csv-formulas", "mark").raw
            self.assertEqual(marked, b"\xef\xbb\xbf" + plain.replace(b"", b""), arguments)

    def test_formulas_in_campaigns(self):
        made = self.run_ok("--account", "yeastar", "create", "--sender", "+41 79 123 45 67", "--text", "@home", "--name", "=cmd", "--to",
                           "+33639980002", "--draft", "--yes", "-o", "json").lines[0]["campaigns"][0]["id"]
        for arguments in (("list",), ("get", made)):
            marked = rows(self.run_ok("--account", "yeastar", *arguments, "-o", "csv", "--csv-formulas", "mark").raw)
            self.assertIn("'=cmd", [dict(zip(marked[0], line))["name"] for line in marked[1:]])
            refused = Run("--account", "yeastar", *arguments, "-o", "csv", "--csv-formulas", "refuse", config=self.vendors.config)
            self.assertEqual(refused.status, 1)
            self.assertRegex(refused.err, r"\Apolycampaign: yeastar: row \d, column 4 \(name\): ")
            self.assertTrue(refused.raw.endswith(b"\r\n"))


class Usage(unittest.TestCase):
    def test_only_with_csv(self):
        for arguments, words in ((("list", "--csv-bom"), "--csv-bom needs -o csv"), (("list", "-o", "json", "--csv-bom"), "--csv-bom needs -o csv"),
                                 (("lists", "--csv-formulas", "mark"), "--csv-formulas needs -o csv"),
                                 (("messages", "7", "-o", "csv", "--csv-formulas", "marc"), '--csv-formulas: unknown word "marc"; did you mean "mark"?'),
                                 (("accounts", "--csv-bom"), 'unknown option "--csv-bom"')):
            run = Run(*arguments)
            self.assertEqual((run.status, run.out), (2, ""))
            self.assertIn(words, run.err)


if __name__ == "__main__":
    unittest.main()
