"""Every kind of address that is a secret is one that the examples for web servers keep out of their logs."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Secrets(unittest.TestCase):
    def test_every_route_with_a_secret_is_masked(self):
        kinds = set()
        for table in ROOT.glob("src/web/routes*.cc"):
            kinds |= set(re.findall(r'"/([a-z-]+)/\{secret\}', table.read_text()))
        self.assertGreaterEqual(kinds, {"guest", "invitation"})
        for name in ("nginx.conf", "Caddyfile"):
            lists = re.findall(r"(?:\?<keepsake_kind>|\?:|\^/\()((?:[a-z-]+\|)+[a-z-]+)\)", (ROOT / "packaging/examples" / name).read_text())
            self.assertEqual(len(lists), 2, name)
            for masked in lists:
                self.assertEqual(set(masked.split("|")), kinds, name)


if __name__ == "__main__":
    unittest.main()
