"""Larger projects that use an installed copy through find_package: other dialects, adapters for vendors of one's own."""
import sys

from support import SOURCE, build_tree, check, configure, fresh, prefix, run

kind = sys.argv[2]
installed = f"-DCMAKE_PREFIX_PATH={prefix(kind)}"
work = fresh(f"own_projects_{kind}")

# the next language mode, no exceptions
configure(SOURCE / "tests/consumers/kit", work / "kit", installed)
build_tree(work / "kit", "cxx23_kit", "noexcept_kit")
for program in ("cxx23_kit", "noexcept_kit"):
    print(run(work / "kit" / program, timeout=60))

# adapters, their conformance, a command
for example in ("adapter", "offset_adapter"):
    configure(SOURCE / "examples" / example, work / example, installed)
    build_tree(work / example)
run(work / "adapter/heron_conformance", timeout=120)
run(work / "offset_adapter/wren_conformance", timeout=120)
check("Heron" in run(work / "adapter/heron_command", "capabilities", timeout=60), "the command knows a vendor from outside")
simulated = [name for name in ("heron_command", "heron_test_command") if b"HeronSimulator" in (work / "adapter" / name).read_bytes()]
check(simulated == ["heron_test_command"], f"the product has no simulator {simulated}")
