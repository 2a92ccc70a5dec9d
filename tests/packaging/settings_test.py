"""The settings that the package brings: taken as they are, and every line that is commented out is one the program knows."""
import pathlib
import re
import subprocess
import tempfile
import unittest

from place import BINARY

SETTINGS = pathlib.Path(__file__).resolve().parents[2] / "packaging/keepsake.toml"


@unittest.skipUnless(pathlib.Path(BINARY).exists(), "the program is not built")
class Settings(unittest.TestCase):
    def doctor(self, text: str) -> subprocess.CompletedProcess:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "keepsake.toml"
            file.write_text(text.replace("/var/lib/keepsake", folder + "/data"))
            file.chmod(0o600)
            return subprocess.run([BINARY, "doctor", "--config", file], capture_output=True, text=True)

    def test_as_shipped(self):
        run = self.doctor(SETTINGS.read_text())
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_with_every_line_in_force(self):
        run = self.doctor(re.sub(r"^# (\w+ = )", r"\1", SETTINGS.read_text(), flags=re.M))
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("https://photos.example.org", run.stdout)


if __name__ == "__main__":
    unittest.main()
