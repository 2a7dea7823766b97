"""The arrows of the design: which folder of src may include what. Run with the source folder."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])

# folder of src -> folders of src whose headers it may include (public headers are open to all)
ARROWS = {
    "model": set(),
    "wire": {"wire", "model"},
    "protocol": {"protocol", "model"},
    "transport": {"transport", "protocol"},
    "engine": {"engine", "protocol", "transport"},
    "client": {"client", "engine", "protocol", "vendors"},
    "testing": {"testing"},
}
# the one public header that includes another project's: for adapters that ask for it, and for nothing of ours
BRIDGE = "include/polycampaign/protocol/nlohmann_json.hpp"
# headers of other projects -> the only places that may name them
FOREIGN = {
    r"curl/": ("src/transport/",),
    r"simdjson": ("src/wire/",),
    r"pugixml": ("src/wire/", "src/testing/"),
    r"nlohmann/": ("src/wire/", "src/testing/", "tools/", BRIDGE),
    r"date/": ("src/wire/",),
    r"httplib": ("src/testing/",),
    r"CLI/": ("tools/",),
    r"toml\+\+": ("tools/",),
}
VENDORS = sorted(p.name for p in (root / "src/vendors").iterdir() if p.is_dir())
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)

problems = []
seen = 0
for path in sorted(root.glob("src/**/*.[ch]pp")) + sorted(root.glob("include/**/*.hpp")) + sorted(root.glob("tools/**/*.[ch]pp")):
    name = path.relative_to(root).as_posix()
    text = path.read_text()
    for _, header in INCLUDE.findall(text):
        seen += 1
        for pattern, places in FOREIGN.items():
            if re.match(pattern, header) and not name.startswith(places):
                problems.append(f"{name} includes <{header}>; only {', '.join(places)} may")
        if BRIDGE.endswith("/" + header):
            problems.append(f"{name} includes {header}: only adapters may")
        parts = name.split("/")
        top = header.split("/")[0]
        if parts[0] == "src":
            folder = parts[1]
            inside = top in ARROWS or top == "vendors"
            if folder == "vendors":
                own = f"vendors/{parts[2]}/" if len(parts) > 3 else "vendors/"
                if inside and top not in ("wire", "protocol") and not header.startswith(own):
                    problems.append(f"{name} includes {header}: a vendor sees only protocol, wire and its own folder")
            elif inside and top not in ARROWS[folder]:
                problems.append(f"{name} includes {header}: {folder} may not look there")
        if parts[0] in ("include", "tools") and (root / "src" / header).exists():
            problems.append(f"{name} includes {header}: not a public header")
    if name.startswith("src/engine/"):
        for vendor in VENDORS:
            if re.search(rf"\b{vendor}\b", text, re.I):
                problems.append(f"{name} names the vendor {vendor}: the engine never does")
    if name.startswith(("src/vendors/", "src/wire/", "src/protocol/")) and re.search(
            r"std::(thread|mutex|this_thread)|(steady|system)_clock::now|std::(if|of|f)stream", text):
        if not name.startswith("src/protocol/transport"):
            problems.append(f"{name} uses a thread, lock, clock or file: values only")

# an adapter needs no header of the client
CLIENT = {"async_pager.hpp", "campaign_client.hpp", "client_base.hpp", "client_options.hpp", "pager.hpp", "providers.hpp"}
public = root / "include/polycampaign"
reached = {f"protocol/{path.name}" for path in (public / "protocol").glob("*.hpp")}
queue = sorted(reached)
while queue:
    name = queue.pop()
    for header in re.findall(r'#include "polycampaign/([^"]+)"', (public / name).read_text() if (public / name).exists() else ""):
        if header in CLIENT:
            problems.append(f"include/polycampaign/{name} includes {header}: polycampaign/protocol/ needs no header of the client")
        if header not in reached:
            reached.add(header)
            queue.append(header)

# the example adapters stand for everybody's: what they cannot include, nobody outside can
for path in sorted(root.glob("examples/*adapter/*.[ch]pp")):
    for bracket, header in INCLUDE.findall(path.read_text()):
        seen += 1
        own = bracket == '"' and (path.parent / header).exists()
        public = (root / "include" / header).exists()
        foreign = re.match(r"nlohmann/|[a-z_]+$", header)
        if not (own or public or foreign):
            problems.append(f"{path.relative_to(root)} includes {header}: neither public, nor its own, nor foreign")

for problem in problems:
    print(problem)
print(f"{seen} includes checked")
sys.exit(1 if problems or seen < 200 else 0)
