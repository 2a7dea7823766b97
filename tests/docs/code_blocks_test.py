"""The rules that the documents are held to, on documents that break them."""
import pathlib
import unittest

import code_blocks
import links

SOURCE = "struct A {\n\n  int a;\n  int b;\n  int c;\n};\n\nint main() {\n  return A{}.a;\n}\n"


def blocks(text):
    return code_blocks.blocks_of(text, "x.md")


class Info(unittest.TestCase):
    def test_place_language_and_options(self):
        block, = blocks("text\n\n```cpp simulator=bsg exit=2 output='a b$'\nint main() {}\n```\n")
        self.assertEqual((block.place, block.language, block.problems), ("x.md:3", "cpp", []))
        self.assertEqual(block.options, {"simulator": "bsg", "exit": "2", "output": "a b$"})
        self.assertTrue(block.is_program)

    def test_what_is_refused(self):
        for text in ("```c++\n```\n", "```bash\n```\n", "```cpp run\n```\n", "```toml exit=2\n```\n", "~~~cpp\n~~~\n",
                     "```cpp\nint main() {}\n", "```cpp output='\n```\n"):
            with self.subTest(text):
                self.assertTrue(blocks(text)[0].problems)

    def test_a_block_within_a_list(self):
        block, = blocks("1. step\n\n   ```sh\n   one\n     two\n   ```\n")
        self.assertEqual(block.text, "one\n  two\n")

    def test_an_excerpt_is_no_program(self):
        self.assertFalse(blocks("```cpp from=a.cpp\nint main() {}\n```\n")[0].is_program)
        self.assertFalse(blocks("```cpp\nvoid domain(int);\n```\n")[0].is_program)


class Excerpts(unittest.TestCase):
    def test_contained(self):
        for text in ("int a;\nint b;\n", "struct A {\n  int a;\n  int b;\n", "struct A {\n  int a;\n  ...\n};\n",
                     "int b;\n...\n", "  int a;\n\n  int b;\n", "struct A {\n...\nint main() {\n"):
            with self.subTest(text):
                self.assertTrue(code_blocks.is_excerpt(text, SOURCE))

    def test_not_contained(self):
        for text in ("int a;\nint c;\n", "struct A {\nint a;\n", "int b;\n...\nint a;\n", "int d;\n", "\n", "...\n",
                     "struct A {\n  ...\n  int main() {\n", "int a;\n  int b;\n", "nt a;\n"):
            with self.subTest(text):
                self.assertFalse(code_blocks.is_excerpt(text, SOURCE))


class Links(unittest.TestCase):
    def test_anchors(self):
        text = "# A `b`: c, d\n```sh\n# no heading\n```\n## [x](y) & z\n## Same\n## Same\n"
        self.assertEqual(links.anchors(text), {"a-b-c-d", "x--z", "same", "same-1"})

    def test_problems(self):
        here = pathlib.Path(__file__).resolve()
        root = here.parent
        for link in ("code_blocks.py", "code_blocks.py#L1", "../docs", "#"):
            self.assertIsNone(links.problem(here, link, root), link)
        for link in ("nowhere.md", "../../README.md", "code_blocks.py#L99999", "code_blocks.py#x"):
            self.assertIsNotNone(links.problem(here, link, root), link)

    def test_code_is_not_read_for_links(self):
        self.assertNotIn("](", links.prose("`[a](b)` ``[`a`](b)``\n```text\n[a](b)\n```\n"))
        self.assertIn("](b)", links.prose("[`a`](b)"))


if __name__ == "__main__":
    unittest.main()
