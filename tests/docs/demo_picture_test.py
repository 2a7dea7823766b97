"""The picture of the demo: what changes between runs does not change it, and everything else does."""
import pathlib
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "docs"))
import demo_picture  # noqa: E402


def output(day="2031-05-06", minute=10, name="Fish & Chips <VIP>", port=40123, fields=20):
    """The output of a run, in short; its times are those of that day."""
    card = "".join(f"  {'value':16}{n}\n" for n in range(fields))
    return (f"Four vendors at http://127.0.0.1:{port}.\n"
            "\n$ polycampaign list\n"
            "ACCOUNT  NAME                STATUS     TIME (UTC)         DELIV\n"
            f"bsg      {name:18}  completed  {day} 17:{minute}~  1063\n"
            f"smsup    新年优惠 🎉 #3      sending    {day} 16:{minute}       -\n"
            "\n$ polycampaign --account bsg get 7\n"
            f"{name}\n  status          completed\n  vendor status   done\n\nTimes\n  created         {day}T17:10:30Z\n{card}"
            "\n$ polycampaign list -o ndjson\n"
            f"{{\"id\":\"7\",\"text\":\"{'long ' * 40}\"}}\n"
            "polycampaign: dead: bsg: network: cannot connect to 127.0.0.1:1\n")


class DemoPicture(unittest.TestCase):
    def test_it_is_xml_that_names_itself_and_loads_nothing(self):
        picture = demo_picture.drawn(output())
        root = xml.etree.ElementTree.fromstring(picture)
        children = {child.tag.split("}")[1]: child for child in root}
        self.assertEqual(root.get("aria-labelledby"), f"{children['title'].get('id')} {children['desc'].get('id')}")
        self.assertNotIn("href", picture)
        self.assertNotIn("url(", picture)
        self.assertNotIn("<script", picture)

    def test_moments_and_ports_do_not_change_it(self):
        picture = demo_picture.drawn(output())
        for other in (output(day="2032-12-31"), output(minute=11), output(port=50001)):
            self.assertEqual(demo_picture.kept(demo_picture.drawn(other), picture), picture)

    def test_everything_else_changes_it(self):
        picture = demo_picture.drawn(output())
        for other in (output(name="Summer sale"), output(fields=21), output().replace("16:10", "14:10"),
                      output().replace("127.0.0.1:1\n", "127.0.0.1:2\n")):
            self.assertNotEqual(demo_picture.kept(demo_picture.drawn(other), picture), picture)

    def test_long_output_is_shortened(self):
        lines = demo_picture.shortened(output())
        self.assertIn("… 23 more lines", lines)
        self.assertNotIn("Times", lines)
        self.assertTrue(all(demo_picture.width(line) <= demo_picture.COLUMNS for line in lines))

    def test_a_time_that_was_cut_is_replaced(self):
        self.assertEqual(*(demo_picture.normalized(f"SMS api campaign / {part}…") for part in ("2031-0", "2026-1")))

    def test_cells_stay_in_their_columns(self):
        line = "smsup    新年优惠 🎉 #3      sending    -"
        self.assertEqual([column for column, _ in demo_picture.runs(line)], [0, 9, 29, 40])


if __name__ == "__main__":
    unittest.main()
