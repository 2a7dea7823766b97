"""The arrows of the design: which part of the project sees what, and what may be named where.

architecture.py ROOT COMPONENT=DIRECTORY;DIRECTORY... The compiler keeps the arrows: a component finds only the headers of the
directories that it is compiled with. This shows that they are no more than the design says."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
vendors = re.search(r"^set\(polycampaign_vendors ([^)]*)\)$", (root / "src/vendors/vendors.cmake").read_text(), re.M).group(1).split()

# component -> folders of src that it sees, besides its own and src/text
ARROWS = {
    "model": set(),
    "wire": set(),
    "protocol": set(),
    "planning": set(),
    "outbox": set(),
    "sqlite": {"journals"},
    "postgres": {"journals"},
    "transport": set(),
    "runtime": set(),
    "engine": {"runtime"},
    "client": {"engine", "runtime"} | {f"vendors/{vendor}" for vendor in vendors},
    "testing_objects": {"testing"},
    "command_parts": set(),
} | {f"vendors_{vendor}": {f"vendors/{vendor}", "wire"} for vendor in vendors}
# those that see no public header that knows of the client
WITHOUT_CLIENT = {"model", "wire", "protocol", "planning", "transport", "runtime"}
CLIENT = {"async_pager.hpp", "callback_threads.hpp", "campaign_client.hpp", "client_base.hpp", "client_options.hpp", "pager.hpp",
          "outbox.hpp", "providers.hpp", "recipient_upload.hpp"} | {f"{vendor}.hpp" for vendor in vendors}
# the one public header that includes another project's: for adapters that ask for it, and for nothing of ours
BRIDGE = "include/polycampaign/protocol/nlohmann_json.hpp"
# headers of other projects -> the only places that may name them
FOREIGN = {
    r"curl/": ("src/transport/",),
    r"simdjson": ("src/wire/",),
    r"pugixml": ("src/wire/", "src/testing/"),
    r"nlohmann/": ("src/wire/", "src/outbox/", "src/testing/", "tools/", BRIDGE),
    r"date/": ("src/wire/",),
    r"httplib": ("src/testing/",),
    r"sqlite3": ("src/journals/sqlite_",),
    r"libpq": ("src/journals/postgres_",),
    r"openssl/": ("src/outbox/",),
    r"CLI/": ("tools/",),
    r"toml\+\+": ("tools/",),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)

problems = []
seen = 0

# what each component sees
folders = {header.parent.relative_to(root / "src").as_posix(): header.relative_to(root / "src").as_posix()
           for header in sorted(root.glob("src/**/*.hpp"))}
components = dict(argument.split("=", 1) for argument in sys.argv[2:])
if set(components) != set(ARROWS):
    problems.append(f"components: {sorted(set(components) ^ set(ARROWS))} are not in both lists")
for component, directories in components.items():
    directories = [pathlib.Path(directory) for directory in directories.split(";") if directory]

    def visible(header):
        return any((directory / header).exists() for directory in directories)

    allowed = ARROWS.get(component, set()) | {"text", component}
    for folder, header in folders.items():
        top = "/".join(folder.split("/")[:2]) if folder.startswith("vendors/") else folder.split("/")[0]
        if visible(header) != (top in allowed):
            problems.append(f"{component} {'sees' if visible(header) else 'does not see'} {header}")
    for header in sorted(CLIENT):
        if component in WITHOUT_CLIENT and visible(f"polycampaign/{header}"):
            problems.append(f"{component} sees polycampaign/{header}")

# a vendor is registered by its name in one line
for path in sorted(root.glob("src/**/*")) + sorted(root.glob("include/**/*")) + sorted(root.glob("cmake/*")) + [root / "CMakeLists.txt"]:
    name = path.relative_to(root).as_posix()
    if not path.is_file() or name == "src/vendors/vendors.cmake":
        continue
    text = re.sub(r"//.*", "", path.read_text()) if path.suffix in (".hpp", ".cpp") else path.read_text()
    for vendor in vendors:
        own = name.startswith((f"src/vendors/{vendor}/", f"src/testing/vendors/{vendor}/")) or name == f"include/polycampaign/{vendor}.hpp"
        if not own and re.search(rf"(?<![a-z]){vendor}(?![a-z])", text, re.I):
            problems.append(f"{name} names the vendor {vendor}: only src/vendors/vendors.cmake does")
if sum(line.startswith("set(") for line in (root / "src/vendors/vendors.cmake").read_text().splitlines()) != 1:
    problems.append("src/vendors/vendors.cmake: one line is expected")

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
        if name.startswith("include/") and (root / "src" / header).exists():
            problems.append(f"{name} includes {header}: not a public header")
    if name.startswith(("src/vendors/", "src/wire/", "src/protocol/")) and re.search(
            r"std::(thread|mutex|this_thread)|(steady|system)_clock::now|std::(if|of|f)stream", text):
        if not name.startswith("src/protocol/transport"):
            problems.append(f"{name} uses a thread, lock, clock or file: values only")

# an adapter needs no header of the client
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
