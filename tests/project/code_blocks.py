"""Writes each ```cpp block of a Markdown file into FOLDER/<file>_<n>.cpp and prints the paths."""
import pathlib
import re
import sys

document, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
blocks = re.findall(r"^```cpp\n(.*?)^```$", document.read_text(), re.M | re.S)
if not blocks:
    sys.exit(f"{document} has no C++ block")
for number, block in enumerate(blocks, 1):
    target = folder / f"{document.stem.lower()}_{number}.cpp"
    if not target.exists() or target.read_text() != block:
        target.write_text(block)
    print(target)
