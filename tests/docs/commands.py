"""Accounts files are read by the command, and its lines in shell blocks run, against simulators: commands.py ROOT COMMAND.

A line may fail (there is no such campaign here), but not for its usage or configuration. Accounts of a line are those of the
documents' accounts files, at the simulators.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib

import code_blocks
import simulated

root, command = pathlib.Path(sys.argv[1]), sys.argv[2]
USAGE = 2
STOPS = {"|", "||", "&&", ";", "&", ">", ">>", "<", "2>", "2>&1"}
LIVING = {"simulate"}  # serves until it is stopped

problems, lines, files = [], [], []
for document in code_blocks.documents(root):
    for block in code_blocks.blocks_of((root / document).read_text(), document):
        if "syntax" in block.options or "from" in block.options:
            continue
        if block.language == "toml":
            files.append(block)
        elif block.language == "sh":
            for offset, line in enumerate(re.sub(r"\\\n", "  ", block.text).split("\n"), 1):
                lines.append((f"{document}:{block.line + offset}", line))


def calls(line):
    """The command's arguments, as often as the line calls it. A port may be taken here: a free one does."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
    lexer.whitespace_split = True
    words, found = list(lexer), []
    for at, word in enumerate(words):
        first = at == 0 or words[at - 1] in STOPS or re.fullmatch(r"[A-Z_]+=.*", words[at - 1])
        if first and word.split("/")[-1] == "polycampaign":
            rest = words[at + 1:]
            end = next((n for n, each in enumerate(rest) if each in STOPS or set(each) <= set("|&;<>()")), len(rest))
            found.append(re.sub(r" ?--port-base \d+", "", " ".join(map(shlex.quote, rest[:end]))))
    return [shlex.split(each) for each in found]


def run(arguments, environment, folder):
    process = subprocess.Popen([command, *arguments], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if LIVING & set(arguments):
        process.stdout.readline()
        process.terminate()
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


with simulated.vendors(command) as accounts, tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"}
    environment |= {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    served = dict(accounts)
    for block in files:
        config = folder / "block.toml"
        config.write_text(block.text)
        named = tomllib.loads(block.text).get("accounts", {})
        status, out, err = run(["--config", config, "accounts"], environment, folder)
        if status != 0 or not named or not all(name in out for name in named):
            problems.append(f"{block.place}: the command does not take it: {err}")
        served |= {name: accounts[account["provider"]] for name, account in named.items()}
    (folder / "accounts.toml").write_text(simulated.accounts_file(served))
    shutil.copy(root / "tests/data/smsup/campaigns_list.g2.xml", folder / "answer.xml")
    shutil.copy(root / "tests/data/bsg/campaigns_list.response.json", folder / "answer.json")
    environment["POLYCAMPAIGN_CONFIG"] = str(folder / "accounts.toml")
    seen = 0
    for place, line in lines:
        for arguments in calls(line):
            seen += 1
            status, out, err = run(arguments, environment, folder)
            if status == USAGE:
                problems.append(f"{place}: polycampaign {shlex.join(arguments)}: {err}")

print(f"{len(files)} accounts files, {seen} lines")
if problems or not files or not seen:
    sys.exit("\n".join(problems) or "none found")
