"""The README's first program run against the simulator, and its accounts file read by the command."""
import os
import pathlib
import re
import subprocess
import sys
import tomllib

command, programs, readme = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def check(good, what):
    if not good:
        sys.exit(f"FAILED {what}")
    print(f"ok {what}")


simulator = subprocess.Popen([command, "simulate", "--campaigns", "30"], stdout=subprocess.PIPE, text=True)
try:
    lines = []
    for line in simulator.stdout:  # the accounts file ends with the last account's table
        lines.append(line)
        text = "".join(lines)
        if "[accounts." in text:
            table = text[text.index("[accounts."):]
            try:
                accounts = tomllib.loads(table)["accounts"]
            except tomllib.TOMLDecodeError:
                continue
            if {a.get("provider") for a in accounts.values()} >= {"yeastar", "bsg", "smsup", "dexatel"} and all(
                    "base_url" in a for a in accounts.values()):
                bsg = next(a for a in accounts.values() if a["provider"] == "bsg")
                if "api_key" in bsg:
                    break
    good = subprocess.run([programs / "readme_1", bsg["base_url"]], env={**os.environ, "BSG_API_KEY": bsg["api_key"]},
                          capture_output=True, text=True, timeout=30)
    check(good.returncode == 0, f"first program ends well {good.stderr}")
    check(re.search(r"^\d+ completed \d+ delivered$", good.stdout, re.M), "first program lists campaigns")
    many = subprocess.run([programs / "readme_4", bsg["base_url"]], env={**os.environ, "BSG_API_KEY": bsg["api_key"]},
                          capture_output=True, text=True, timeout=30)
    check(many.returncode == 0 and re.fullmatch(r"(\d+ campaigns\n)+not_found\n", many.stdout), "fourth program calls back")
    bad = subprocess.run([programs / "readme_1", bsg["base_url"]], env={**os.environ, "BSG_API_KEY": "live_wrong"},
                         capture_output=True, text=True, timeout=30)
    check(bad.returncode == 1 and "unauthenticated" in bad.stderr and "live_wrong" not in bad.stderr, "wrong key is told")
finally:
    simulator.terminate()
    simulator.wait(10)

env = {k: v for k, v in os.environ.items() if k != "BSG_API_KEY"}
missing = subprocess.run([programs / "readme_1"], env=env, capture_output=True, text=True, timeout=30)
check(missing.returncode == 2 and "BSG_API_KEY" in missing.stderr, "missing key is named")
check(subprocess.run([programs / "readme_2"], timeout=30).returncode == 0, "second program")
third = subprocess.run([programs / "readme_3"], capture_output=True, text=True, timeout=30)
check(third.returncode == 0 and third.stdout.startswith("network\n"), "third program")
fifth = subprocess.run([programs / "readme_5"], capture_output=True, text=True, timeout=30)
check(fifth.returncode == 0 and fifth.stderr.count("\n") == 1, "fifth program counts three requests and prints the call")

toml = re.search(r"^```toml\n(.*?)^```$", readme.read_text(), re.M | re.S).group(1)
config = programs / "readme_accounts.toml"
config.write_text(toml)
listed = subprocess.run([command, "--config", config, "accounts"], env=env, capture_output=True, text=True, timeout=30)
check(listed.returncode == 0 and all(name in listed.stdout for name in tomllib.loads(toml)["accounts"]), "accounts file is read")
