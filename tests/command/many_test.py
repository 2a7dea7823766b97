import collections
import re
import unittest

from support import Run, VENDORS, Vendors

MANY = 10_000


class Many(unittest.TestCase):
    """Ten thousand campaigns at each vendor, each exactly once."""

    def check(self, *switches, settings=None, vendors=VENDORS):
        simulated = Vendors("--campaigns", str(MANY), *(word for s in switches for word in ("--switch", s)))
        self.addCleanup(simulated.close)
        accounts = {n: {**simulated.accounts[n], **(settings or {}).get(n, {})} for n in vendors}
        run = Run("list", "--since", "2000-01-01", "-o", "ndjson", config=simulated.write(accounts, "many.toml"))
        self.assertEqual(run.status, 0, run.err)
        seen = collections.Counter((c["account"], c["id"]) for c in run.lines)
        self.assertEqual(set(seen.values()), {1})
        found = collections.Counter(account for account, _ in seen)
        for line in run.err.splitlines():  # those without a time cannot be compared with --since, and are told
            _, account, text = line.split(": ", 2)
            found[account] += int(re.match(r"left out (\d+) campaigns? without a time", text).group(1))
        self.assertEqual(found, {v: MANY for v in vendors})

    def test_as_documented(self):
        self.check()

    def test_in_other_documented_forms(self):
        self.check("dexatel.next=relative", "smsup.ids=int", "smsup.order=ascending", "yeastar.list_key=data",
                   "bsg.total_at=top", settings={"smsup": {"format": "xml"}})

    def test_with_page_tokens(self):
        self.check("dexatel.next=token", vendors=["dexatel"])


if __name__ == "__main__":
    unittest.main()
