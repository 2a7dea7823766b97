import json
import re
import signal
import socket
import subprocess
import unittest
import urllib.request

from support import COMMAND, PATIENCE, Run, Terminal, VENDORS, Vendors, environment


class Demo(unittest.TestCase):
    def test_it_shows_the_main_job_and_succeeds(self):
        run = Run("demo")
        self.assertEqual(run.status, 0, run.err)
        parts = re.split(r"(?m)^\$ polycampaign (.*)$", run.out)
        commands = dict(zip(parts[1::2], parts[2::2]))
        self.assertEqual(len(commands), 8)
        (table, card, line, plan, created, followed, canceled, dead) = commands.values()
        self.assertEqual({row.split()[0] for row in table.split("\n")[2:-1] if row.strip()}, set(VENDORS))
        self.assertIn("Statistics", card)
        self.assertEqual(list(json.loads(line.strip().splitlines()[0]))[:3], ["account", "provider", "id"])
        campaign = re.search(r"(?m)^  Campaign +(\S+)$", created).group(1)
        self.assertRegex(plan, r"(?m)^  Cost +\d+\.\d+ USD \(estimate\)$")
        self.assertRegex(created, r"(?m)^  Outcome +accepted$")
        self.assertRegex(followed, rf"(?m)^bsg +{campaign} .* scheduled ")
        self.assertRegex(canceled, rf"(?m)^  id +{campaign}\n(?:.*\n)*  status +canceled$")
        self.assertIn("COST", dead)
        self.assertRegex(run.err, r"(?m)^polycampaign: dead: bsg: network: ")
        self.assertLess(run.out.count("\n"), 140)

    def test_it_is_coloured_on_a_terminal_and_fits(self):
        shown = Terminal("demo", columns=100).finish()
        self.assertEqual(shown.status, 0)
        self.assertIn("\x1b[1m$ polycampaign list", shown.text)


class Simulate(unittest.TestCase):
    def test_standard_output_is_an_accounts_file(self):
        vendors = Vendors("--campaigns", "3")
        self.addCleanup(vendors.close)
        self.assertEqual(list(vendors.accounts), VENDORS)
        for name, account in vendors.accounts.items():
            self.assertEqual(account["provider"], name)
            self.assertRegex(account["base_url"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(len({a["base_url"] for a in vendors.accounts.values()}), 4)
        with open(vendors.folder.name + "/verbatim.toml", "w") as file:
            file.write(vendors.toml)
        run = Run("list", "-o", "ndjson", config=file.name)
        self.assertEqual((run.status, {c["account"] for c in run.lines}), (0, set(VENDORS)))

    def test_ports_follow_the_base(self):
        for _ in range(20):  # the ports may be taken between finding and using them
            base = free_base()
            process = subprocess.Popen([COMMAND, "simulate", "--port-base", str(base)], env=environment(), text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            text = ""
            for line in process.stdout:
                text += line
                if line == "# ready\n":
                    break
            else:
                self.assertEqual(process.wait(PATIENCE), 2, process.stderr.read())
                process.stdout.close(), process.stderr.close()
                continue
            break
        ports = [int(p) for p in re.findall(r"http://127\.0\.0\.1:(\d+)", text)]
        self.assertEqual(ports, [base, base + 1, base + 2, base + 3])
        taken = Run("simulate", "--port-base", base)
        self.assertEqual((taken.status, taken.out), (2, ""))
        self.assertIn("bsg", taken.err)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), 0)
        process.stdout.close(), process.stderr.close()

    def test_switches_change_the_vendor(self):
        ids = {}
        for kind in ("int", "string"):
            vendors = Vendors("--campaigns", "2", "--switch", f"smsup.ids={kind}")
            request = urllib.request.Request(vendors.accounts["smsup"]["base_url"] + "/campaigns", headers={
                "Authorization": "Bearer " + vendors.accounts["smsup"]["token"], "Accept": "application/json"})
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                ids[kind] = {type(c["id"]) for c in json.load(response)["campaigns"]}
            vendors.close()
        self.assertEqual(ids, {"int": {int}, "string": {str}})

    def test_the_seed_decides_the_campaigns(self):
        def campaigns(seed):
            vendors = Vendors("--campaigns", "10", "--seed", str(seed))
            run = Run("list", "-o", "ndjson", "--since", "2000-01-01", config=vendors.config)
            vendors.close()
            return sorted((c["account"], c["id"], c["sender"] or "") for c in run.lines)

        self.assertEqual(campaigns(5), campaigns(5))
        self.assertNotEqual(campaigns(5), campaigns(6))

    def test_switches_are_listed(self):
        run = Run("simulate", "--list-switches")
        self.assertEqual((run.status, run.err), (0, ""))
        for name in VENDORS:
            self.assertRegex(run.out, rf"(?m)^{name}\.\w+=\S+\|\S+$")
        self.assertRegex(run.out, r"(?m)^dexatel\.next=\w+\|")


def free_base():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return min(one.getsockname()[1], 65_000)


if __name__ == "__main__":
    unittest.main()
