"""The hosting service's workflows parse, and what they call is there: workflows.py ROOT."""
import json
import os
import pathlib
import re
import sys

try:
    import yaml
except ImportError:  # Debian's module belongs to Debian's interpreter
    if sys.executable == "/usr/bin/python3":
        sys.exit("python3-yaml is missing: run scripts/packages")
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

root = pathlib.Path(sys.argv[1])
presets = {preset["name"] for preset in json.loads((root / "CMakePresets.json").read_text())["configurePresets"]}
options = set(re.findall(r"option\((\w+)", (root / "CMakeLists.txt").read_text()))
problems, commands = [], 0


class Strict(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        names = [self.construct_object(key) for key, _ in node.value]
        problems.extend(f"line {node.start_mark.line + 1}: '{name}' twice" for name in set(names) if names.count(name) > 1)
        return super().construct_mapping(node, deep)


def command(text, where):
    for script in re.findall(r"(?<![\w$/])\./((?:scripts|\.ci)/[\w./-]+)", text):
        if not os.access(root / script, os.X_OK):
            problems.append(f"{where}: there is no program {script}")
    for preset in re.findall(r"--preset (\S+)|scripts/test (\S+)", text):
        name = preset[0] or preset[1]
        if name not in presets | {"roads"}:
            problems.append(f"{where}: there is no preset '{name}'")
    for option in re.findall(r"-D(POLYCAMPAIGN_\w+)", text):
        if option not in options:
            problems.append(f"{where}: there is no option {option}")
    for folder in re.findall(r"--overlay-ports=(\S+)", text):
        if not (root / folder).is_dir():
            problems.append(f"{where}: there is no {folder}")


files = sorted((root / ".github/workflows").glob("*.yml"))
for path in files:
    workflow = yaml.load(path.read_text(), Strict)
    if workflow.get("permissions") != {"contents": "read"}:
        problems.append(f"{path.name}: permissions are 'contents: read'")
    if True not in workflow:  # `on`, as YAML reads it
        problems.append(f"{path.name}: runs on nothing")
    for name, job in workflow["jobs"].items():
        where = f"{path.name}, {name}"
        if "timeout-minutes" not in job or "runs-on" not in job:
            problems.append(f"{where}: no timeout or no machine")
        used = set(re.findall(r"matrix\.(\w+)", json.dumps(job)))
        rows = job.get("strategy", {}).get("matrix", {}).get("include", [])
        given = set().union(*rows)
        if used != given:
            problems.append(f"{where}: the matrix has {sorted(given)}, the job uses {sorted(used)}")
        scripts = [row["run"] for row in rows if "run" in row]
        for step in job["steps"]:
            if ("run" in step) == ("uses" in step):
                problems.append(f"{where}: a step either runs or uses")
            scripts.append(step.get("run", ""))
        for script in filter(None, scripts):
            commands += 1
            command(script, where)

print(f"{len(files)} workflows, {commands} commands")
sys.exit("\n".join(problems) if problems or not commands else 0)
