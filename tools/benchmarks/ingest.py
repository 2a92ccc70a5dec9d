"""A photo taken in: the CPU of server and workers until all renditions are durable, beside sharp drawing the same ones.

Both decode once and encode three sizes as WebP and as JPEG with the same settings. Keepsake's CPU has in it besides what
sharp is spared: HTTP, the digest, encryption, fsync, the row. Real photos of KEEPSAKE_CORPUS are measured too, where it is.
"""
import itertools
import os
import pathlib

from benchmarks.figure import figure, median, median_ratio, pairs, rounded
from benchmarks.keepsake import Keepsake
from benchmarks.pictures import WarmSharp, copy_number, draw

PHOTOS_A_RUN = 3
SMALLEST_OF_CORPUS = 1_500_000  # bytes: a photo as it came from the camera


class Ingest:
    def __init__(self, keepsake: Keepsake, sharp: WarmSharp):
        self.keepsake = keepsake
        self.sharp = sharp
        self.token = keepsake.add_person("author")
        self.numbers = itertools.count()

    def ours(self, photo: pathlib.Path) -> float:
        before = self.keepsake.cpu_seconds()
        for _ in range(PHOTOS_A_RUN):
            self.keepsake.add_photo(self.token, copy_number(photo.read_bytes(), next(self.numbers)))
        return (self.keepsake.cpu_seconds() - before) / PHOTOS_A_RUN

    def theirs(self, photo: pathlib.Path) -> float:
        return sum(self.sharp.cpu_seconds(photo) for _ in range(PHOTOS_A_RUN)) / PHOTOS_A_RUN

    def figure(self, name: str, photo: pathlib.Path, runs: int) -> str:
        self.ours(photo), self.theirs(photo)  # both workers are warm after this, and sharp is
        found = pairs(lambda: self.ours(photo), lambda: self.theirs(photo), runs)
        return figure(f"ingest of {name}, all renditions", median(one for one, _ in found), "CPU seconds",
                      f"sharp in one warm process: {rounded(median(other for _, other in found))}", median_ratio(found),
                      goal="<= 1.1", bytes=photo.stat().st_size, ratios=[round(one / other, 2) for one, other in found])


def drawn(folder: pathlib.Path):
    for name, width, height, profile in (("a JPEG of 12 megapixels", 4000, 3000, "none"),
                                         ("a JPEG of 24 megapixels", 6000, 4000, "none"),
                                         ("a JPEG of 12 megapixels in Display P3", 4000, 3000, "p3")):
        photo = folder / f"{width}-{profile}.jpg"
        draw(photo, width, height, profile=profile)
        yield name, photo


def of_corpus():
    folder = pathlib.Path(os.environ.get("KEEPSAKE_CORPUS", "/nonexistent")) / "photos"
    for photo in sorted(folder.glob("*.jpg")):
        if photo.stat().st_size >= SMALLEST_OF_CORPUS:
            yield f"{photo.name} (a real photo)", photo


def figures(bench):
    with Keepsake(bench.new_folder("data")) as keepsake, WarmSharp() as sharp:
        ingest = Ingest(keepsake, sharp)
        for name, photo in itertools.chain(drawn(bench.new_folder("drawn")), of_corpus()):
            yield ingest.figure(name, photo, bench.runs)
