"""What README.md says to type is what the program takes."""
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/keepsake"
TYPED = re.compile(r"^    (?:build/release/)?keepsake ((?:[^ ]| (?! ))+)", re.M)


@unittest.skipUnless(BINARY.exists(), "build/release/keepsake is not built")
class Readme(unittest.TestCase):
    def help(self, *words):
        run = subprocess.run([BINARY, *words, "--help"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, f"keepsake {' '.join(words)}: {run.stderr}")
        return run.stdout

    def test_every_command_and_flag_is_known(self):
        typed = TYPED.findall((ROOT / "README.md").read_text())
        self.assertGreater(len(typed), 8)
        for line in typed:
            words = re.split(r" (?=--|[A-Z])", line)[0].split()
            told = self.help(*words) + self.help()
            for flag in re.findall(r"--[a-z-]+", line):
                self.assertIn(flag, told, line)


if __name__ == "__main__":
    unittest.main()
