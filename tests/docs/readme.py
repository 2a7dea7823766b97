"""What README promises about its first program beyond what its block says: readme.py COMMAND PROGRAM."""
import os
import subprocess
import sys

import simulated

command, program = sys.argv[1:]


def check(good, what):
    if not good:
        sys.exit(f"FAILED {what}")
    print(f"ok {what}")


def run(*arguments, **environment):
    base = {name: value for name, value in os.environ.items() if name != "BSG_API_KEY"}
    return subprocess.run([program, *arguments], env={**base, **environment}, capture_output=True, text=True, timeout=60)


with simulated.vendors(command) as accounts:
    bad = run(accounts["bsg"]["base_url"], BSG_API_KEY="live_wrong")
    check(bad.returncode == 1 and "unauthenticated" in bad.stderr, "a wrong key is told")
    check("live_wrong" not in bad.stdout + bad.stderr, "a wrong key is not printed")
missing = run()
check(missing.returncode == 2 and "BSG_API_KEY" in missing.stderr, "a missing key is named")
