"""CSV files of recipients, written by Python's csv module and by hand."""
import csv
import io
import pathlib

from support import Run, WithVendors


class Recipients(WithVendors):
    arguments = ("--campaigns", "1", "--switch", "bsg.duplicate_window=0")

    def read(self, data, *arguments):
        path = pathlib.Path(self.vendors.folder.name) / "people.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return Run("--account", "bsg", "create", "--sender", "ACME", "--text", "Hello", "--recipients", path, "--yes", "-o", "json",
                   *arguments, config=self.vendors.config)

    def count(self, data):
        run = self.read(data)
        self.assertEqual(run.status, 0, run.err)
        return run.lines[0]["recipients"]

    def test_reads_what_others_write(self):
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["text", "number", "reference"])
        for i in range(1000):
            writer.writerow(['He said "no",\nand left', f"+336010{i:05}", f"r{i}"])
        self.assertEqual(self.count(out.getvalue()), 1000)

    def test_reads_every_form(self):
        for data, count in ((b"+33601020304\n+33601020305\n", 2), (b"\xef\xbb\xbfnumber\r\n+33601020304\r\n", 1), (b"+33601020304", 1),
                            (b"NUMBER , Reference\n+33601020304,a\n\n+33601020305,b\n", 2), (b'"number"\n"+33601020304"\n', 1),
                            (b"+33601020304,Anna\n+33601020305,Ben\n", 2), (b"\n\n+33601020304\n", 1),
                            (b"number,text\n+33601020304,\"a\r\nb\"\n+33601020305,\n", 2)):
            self.assertEqual(self.count(data), count, data)
        note = self.read(b"+33601020304,Anna\n")
        self.assertIn("only the first column is used", note.err)

    def test_names_line_and_column_but_no_value(self):
        for data, place, words in (
                (b"number\n+33601020304\n0601020305\n", "line 3, column 1", "must begin with +"),
                (b"reference,number\na,+33601020304\nb,+33x601020305\n", "line 3, column 2", "no digit"),
                (b"+33601020304\n33601020305\n", "line 2, column 1", "must begin with +"),
                (b"number,text\n+33601020304,\"a\nb\"\n601020305,x\n", "line 4, column 1", "must begin with +"),
                (b"number,texte\n+33601020304,a\n", "line 1, column 2", "other than number, reference and text"),
                (b"number;text\n+33601020304;a\n", "line 1, column 1", "separated by commas"),
                (b"reference,text\na,b\n", "line 1", "no column number"),
                (b"number,number\n+33601020304,+33601020304\n", "line 1, column 2", "occurs twice"),
                (b"number,text\n+33601020304\n", "line 2", "1 fields, but the header has 2"),
                (b"number,text\n+33601020304,\"a\n", "line 2, column 2", "never closed"),
                (b"number,text\n+33601020304,a\"b\n", "line 2, column 2", "quotation mark inside"),
                (b"number,text\n+33601020304,\"a\"b\n", "line 2, column 2", "follows the closing"),
                (b"number,text\n+33601020304,\xff\n", "line 2, column 2", "not valid UTF-8"),
                (b"number\n", "people.csv", "no recipients"), (b"", "people.csv", "no recipients")):
            run = self.read(data, "--errors", "json")
            self.assertEqual(run.status, 2, (data, run.err))
            message = run.errors[0]["message"]
            self.assertIn(place, message)
            self.assertIn(words, message)
            for value in ("601020305", "601020304"):
                self.assertNotIn(value, run.err)

    def test_nothing_is_sent_when_a_line_is_wrong(self):
        before = Run("--account", "bsg", "list", "-o", "ndjson", config=self.vendors.config).out
        self.assertEqual(self.read(b"+33601020304\n+33601020305\nno\n").status, 2)
        self.assertEqual(Run("--account", "bsg", "list", "-o", "ndjson", config=self.vendors.config).out, before)
