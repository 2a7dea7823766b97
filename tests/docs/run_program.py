"""Runs a document's program as its block says: run_program.py COMMAND PROGRAM DOCUMENT LINE."""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import code_blocks
import simulated

command, program, document, line = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
block = next(b for b in code_blocks.blocks_of(document.read_text(), str(document)) if b.line == line)
options = block.options


def run(arguments, more):
    environment = {**os.environ, **more}
    if "env" in options:
        name, _, value = options["env"].partition("=")
        environment[name] = value
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([program, *arguments, *shlex.split(options.get("args", ""))], env=environment, cwd=folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


if "simulator" in options:
    with simulated.vendors(command) as accounts:
        chosen = [accounts[vendor] for vendor in options["simulator"].split(",")]
        settings = {}
        for account in chosen:
            settings |= simulated.variables(account)
        done = run([account["base_url"] for account in chosen], settings)
else:
    done = run([], {})

problems = []
if done.returncode != int(options.get("exit", "0")):
    problems.append(f"ended with {done.returncode}, not {options.get('exit', '0')}")
if not re.search(options.get("output", ""), done.stdout, re.M):
    problems.append(f"nothing in the output looks like {options['output']}")
if "errors" in options:
    if not re.search(options["errors"], done.stderr, re.M):
        problems.append(f"nothing on standard error looks like {options['errors']}")
elif done.stderr:
    problems.append("wrote to standard error")
print(f"standard output:\n{done.stdout}\nstandard error:\n{done.stderr}")
if problems:
    sys.exit(f"{block.place}: {'; '.join(problems)}")
