"""Every block of every document is what its first line says: blocks.py ROOT."""
import json
import pathlib
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree

import code_blocks

root = pathlib.Path(sys.argv[1])
problems, seen = [], 0


def json_problem(text):
    """One value, or one a line."""
    try:
        json.loads(text)
    except ValueError:
        try:
            for line in text.splitlines():
                json.loads(line)
        except ValueError as error:
            return f"is no JSON: {error}"


def problem(block):
    if "from" in block.options:
        source = root / block.options["from"]
        if not source.is_file():
            return f"there is no {block.options['from']}"
        if not code_blocks.is_excerpt(block.text, source.read_text()):
            return f"does not stand in {block.options['from']} any more"
    elif block.language == "cpp":
        if not block.is_program:
            return "is neither a whole program nor an excerpt (```cpp from=PATH)"
        if "#include <polycampaign/" not in block.text:
            return "includes nothing of polycampaign"
    elif block.language == "json":
        return json_problem(block.text)
    elif block.language == "toml":
        try:
            tomllib.loads(block.text)
        except tomllib.TOMLDecodeError as error:
            return f"is no TOML: {error}"
    elif block.language == "xml":
        try:
            xml.etree.ElementTree.fromstring(block.text)
        except xml.etree.ElementTree.ParseError as error:
            return f"is no XML: {error}"
    elif block.language == "sh":
        parsed = subprocess.run(["sh", "-n"], input=block.text, capture_output=True, text=True)
        if parsed.returncode != 0:
            return f"is no shell script: {parsed.stderr.strip()}"
        for script in re.findall(r"(?<![\w/.])(?:\./)?(scripts/[\w.-]+)", block.text):
            if not (root / script).is_file():
                return f"there is no {script}"
    return None


for document in code_blocks.documents(root):
    for block in code_blocks.blocks_of((root / document).read_text(), document):
        seen += 1
        found = block.problems + [text for text in [problem(block)] if text]
        problems += [f"{block.place}: {text}" for text in found]

print(f"{seen} blocks")
if problems or seen == 0:
    sys.exit("\n".join(problems) or "no block found")
