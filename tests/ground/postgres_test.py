"""The throw-away PostgreSQL of the tests starts, answers to its address alone, and leaves nothing behind."""
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = """
psql -At "$KEEPSAKE_TEST_POSTGRES" -c "select 'whole', setting from pg_settings where name = 'data_directory'"
psql -At "$(echo "$KEEPSAKE_TEST_POSTGRES" | sed 's/:[0-9a-f]*@/:wrong@/')" -c 'select 1' 2>/dev/null || echo refused
"""


class Postgres(unittest.TestCase):
    def test_it_runs_for_one_command_and_is_gone(self):
        environment = {key: value for key, value in os.environ.items() if key != "KEEPSAKE_TEST_POSTGRES"}
        run = subprocess.run(
            [ROOT / "tools/postgres", "run", "sh", "-c", SCRIPT], env=environment, capture_output=True, text=True
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        answer, refused = run.stdout.split()
        whole, data = answer.split("|")
        self.assertEqual((whole, refused), ("whole", "refused"))
        self.assertFalse(pathlib.Path(data).exists())


if __name__ == "__main__":
    unittest.main()
