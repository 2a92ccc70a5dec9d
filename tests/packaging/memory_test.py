"""Keepsake lives on a machine of 1 GB: what server and workers hold together while large photos come in at once."""
import os
import pathlib
import threading
import time
import unittest

from place import BINARY, ROOT, Place, picture

MOST = 600  # MiB of all its processes together, so that a machine of 1 GB has room for its own
CORPUS = pathlib.Path(os.environ.get("KEEPSAKE_CORPUS", ROOT.parent / "shared/corpus")) / "photos"
KINDS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".heic": "image/heic", ".png": "image/png"}


def photos() -> list:
    """(bytes, media type): the largest of the real ones where there are some, and others of 12 million pixels."""
    real = sorted(CORPUS.iterdir(), key=lambda file: -file.stat().st_size)[:8] if CORPUS.is_dir() else []
    found = [(file.read_bytes(), KINDS[file.suffix.lower()]) for file in real if file.suffix.lower() in KINDS]
    return found + [(picture(4000, 3000, seed), "image/png") for seed in range(2, 5)]


class Watch(threading.Thread):
    """Adds up the memory of all processes of a place (PSS: what several share counts once) until it is over."""

    def __init__(self, place: Place):
        super().__init__(daemon=True)
        self.place, self.over, self.most, self.parts = place, False, 0.0, {}

    def run(self):
        while not self.over:
            now = {}
            for pid in self.place.pids():
                try:
                    lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                except OSError:
                    continue
                now[pid] = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            if sum(now.values()) > self.most:
                self.most, self.parts = sum(now.values()), now
            time.sleep(0.01)


@unittest.skipUnless(pathlib.Path(BINARY).exists(), "the program is not built")
class Memory(unittest.TestCase):
    def test_four_people_send_large_photos_at_once(self):
        with Place() as place:
            token, given, faults = place.person("ana"), photos(), []
            watch = Watch(place)
            watch.start()

            def send(share: list):
                for photo, kind in share:
                    status, said = place.ask("POST", "/photos", photo, token, {"Content-Type": kind})
                    if status not in (200, 201, 422):  # one of the real ones is damaged
                        faults.append((status, said[:200]))

            people = [threading.Thread(target=send, args=(given[start::4],)) for start in range(4)]
            for one in people:
                one.start()
            for one in people:
                one.join()
            watch.over = True
            watch.join()
            print(f"most memory of all processes: {watch.most:.0f} MiB, of the server: {watch.parts.get(place.process.pid, 0):.0f} MiB")
            self.assertEqual(faults, [])
            self.assertLess(watch.most, MOST, watch.parts)


if __name__ == "__main__":
    unittest.main()
