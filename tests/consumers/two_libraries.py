"""Two shared libraries of one program that both use an installed copy, each with a client of its own until the program's end."""
import sys

from support import SOURCE, build_tree, configure, fresh, prefix, run, simulator

kind = sys.argv[2]
build = fresh(f"two_libraries_{kind}")
configure(SOURCE / "tests/consumers/two_libraries", build, f"-DCMAKE_PREFIX_PATH={prefix(kind)}")
build_tree(build)
with simulator() as (address, environment):
    for _ in range(5):
        print(run(build / "both", address, env=environment, timeout=60))
