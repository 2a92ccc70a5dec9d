"""What is acknowledged is never lost, in short; that lost syncs are noticed; and what the recorder takes as durable.
tests/durability/run is the long form."""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import shadow  # noqa: E402
from server import LIBRARY, Lost  # noqa: E402
from trials import run  # noqa: E402
from world import Count  # noqa: E402

# What each program of the recorder's own tests may use.
PRELUDE = """
import os
def put(path, text, at=0, flags=os.O_CREAT | os.O_RDWR):
    file = os.open(path, flags)
    os.pwrite(file, text, at)
    return file
def sync(path):
    os.fsync(os.open(path, os.O_RDONLY))
"""


class Recorder(unittest.TestCase):
    """Small programs, and what is left of their folder."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="keepsake-durability.")
        self.addCleanup(shutil.rmtree, self.folder)
        self.root, self.record = os.path.join(self.folder, "root"), os.path.join(self.folder, "record")
        os.mkdir(self.root)

    def recorded(self, program: str, forgets: str = "") -> shadow.Shadow:
        """The folder after the program, which runs inside it."""
        before = shadow.Shadow(self.root)
        environment = {"LD_PRELOAD": LIBRARY, "SHADOW_ROOT": self.root, "SHADOW_RECORD": self.record, "SHADOW_FORGETS": forgets}
        subprocess.run([sys.executable, "-c", PRELUDE + program], cwd=self.root, env={**os.environ, **environment}, check=True)
        before.follow(self.record)
        return before

    def left(self, program: str, forgets: str = "") -> dict:
        """Path -> bytes of each file that is durable, and None of each folder."""
        recorded = self.recorded(program, forgets)
        self.assertEqual(shadow.differences(recorded, self.root), [])
        target = os.path.join(self.folder, "left")
        shadow.build(recorded, target, shadow.Nothing())
        paths = sorted(pathlib.Path(target).rglob("*"))
        return {str(path.relative_to(target)): path.read_bytes() if path.is_file() else None for path in paths}

    def test_bytes_are_durable_as_of_the_last_sync_of_their_file(self):
        program = "file = put('a', b'first'); sync('.'); os.fsync(file); os.pwrite(file, b'later', 0); os.ftruncate(file, 2)"
        self.assertEqual(self.left(program), {"a": b"first"})

    def test_a_name_is_durable_with_its_folder_and_not_with_its_file(self):
        self.assertEqual(self.left("os.fsync(put('a', b'whole'))"), {})

    def test_a_file_that_was_not_synced_is_empty(self):
        self.assertEqual(self.left("put('a', b'whole'); sync('.')"), {"a": b""})

    def test_a_folder_that_was_not_synced_takes_all_with_it(self):
        program = "os.mkdir('d'); os.fsync(put('d/a', b'whole')); sync('d')"
        self.assertEqual(self.left(program), {})

    def test_a_folder_is_durable_with_the_one_above_it(self):
        program = "os.mkdir('d'); os.fsync(put('d/a', b'whole')); sync('d'); sync('.')"
        self.assertEqual(self.left(program), {"d": None, "d/a": b"whole"})

    def test_a_rename_is_durable_with_the_folder_it_went_to(self):
        program = "os.mkdir('d'); sync('.'); os.fsync(put('a', b'whole')); os.rename('a', 'd/b'); sync('d')"
        self.assertEqual(self.left(program), {"d": None, "d/b": b"whole"})

    def test_a_removal_that_was_not_synced_did_not_happen(self):
        self.assertEqual(self.left("os.fsync(put('a', b'whole')); sync('.'); os.unlink('a')"), {"a": b"whole"})

    def test_a_second_name_holds_the_same_file(self):
        program = "file = put('a', b'whole'); os.fsync(file); os.link('a', 'b'); os.unlink('a'); sync('.')"
        self.assertEqual(self.left(program), {"b": b"whole"})

    def test_what_was_written_in_another_way_is_followed_or_named(self):
        written = "file = os.open('a', os.O_CREAT | os.O_RDWR); os.write(file, b'one '); os.writev(file, [b'two', b'!']); os.fsync(file); sync('.')"
        self.assertEqual(self.left(written), {"a": b"one two!"})
        for call in ("os.posix_fallocate(file, 0, 9)", "os.sendfile(file, os.open('a', os.O_RDONLY), 0, 4)", "import mmap; mmap.mmap(file, 4)"):
            with self.subTest(call), self.assertRaises(shadow.Unfollowed):
                self.recorded(f"file = put('b', b'four'); {call}")

    def test_a_sync_that_is_forgotten_counts_for_nothing(self):
        program = "os.fsync(put('a', b'whole')); os.fsync(put('b', b'whole')); sync('.')"
        self.assertEqual(self.left(program, "x:a"), {"a": b"", "b": b"whole"})

    def test_a_step_that_missed_the_record_is_there_but_not_durable(self):
        recorded = self.recorded("os.fsync(put('a', b'one')); os.mkdir('d'); sync('.')")
        pathlib.Path(self.root, "a").write_bytes(b"three")
        pathlib.Path(self.root, "d/b").write_bytes(b"new")
        recorded.catch_up(self.root)
        self.assertEqual(shadow.differences(recorded, self.root), [])
        target = os.path.join(self.folder, "left")
        shadow.build(recorded, target, shadow.Nothing())
        self.assertEqual(pathlib.Path(target, "a").read_bytes(), b"one")
        self.assertEqual(os.listdir(os.path.join(target, "d")), [])

    def test_what_survives_by_chance_is_one_of_the_things_it_may_be(self):
        recorded = self.recorded("file = put('a', b'one'); os.fsync(file); sync('.'); os.pwrite(file, b'two', 0); put('b', b'')")
        seen = set()
        for seed in range(60):
            chance = random.Random(seed)
            survival = shadow.Some(chance) if seed % 2 else shadow.Until(recorded, chance)
            target = os.path.join(self.folder, str(seed))
            shadow.build(recorded, target, survival)
            seen.add((pathlib.Path(target, "a").read_bytes(), os.path.exists(os.path.join(target, "b"))))
        self.assertLessEqual(seen, {(b"one", False), (b"two", False), (b"two", True), (b"one", True)})
        self.assertGreater(len(seen), 2)


def told(line: str):
    print(f"  {line}", file=sys.stderr, flush=True)


class Server(unittest.TestCase):
    """The real one. It fails with the seed that `tests/durability/run --seed` takes."""

    def trials(self, kills: int, forgets: str = ""):
        seed = random.SystemRandom().getrandbits(32)
        count = Count()
        try:
            run(kills, 1.0, forgets, seed, count, told)
        except Lost as lost:
            raise Lost(f"{lost} ({count}; --seed {seed})") from None
        told(f"{count}")

    def test_nothing_is_lost(self):
        self.trials(6)

    def test_without_the_syncs_of_sqlite_something_is_lost(self):
        self.loses("data/keepsake.db*")

    def test_without_the_sync_of_a_photos_file_something_is_lost(self):
        self.loses("data/tmp/blob-*")

    def test_without_the_sync_of_a_photos_folder_something_is_lost(self):
        self.loses("data/blobs/??")

    def test_without_the_sync_of_the_folder_of_photos_something_is_lost(self):
        self.loses("data/blobs")

    def loses(self, forgets: str):
        with self.assertRaises(Lost):
            self.trials(40, forgets)  # it ends with the first loss


if __name__ == "__main__":
    unittest.main()
