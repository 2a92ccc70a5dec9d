"""How long somebody waits who adds a photo: the upload over loopback until its 201, beside sharp drawing the same renditions.

A 201 says that original and renditions are on disk and can be read (docs/decisions/0005), so that is where the clock stops;
that each can be read is looked at once, untimed. Keepsake's time has in it the upload, the digest, encryption, fsync and the
row; both draw with one thread. A phone's HEIC is of KEEPSAKE_CORPUS, or else drawn where heif-enc is; the sharp of npm reads
none, so it stands alone.
"""
import dataclasses
import itertools
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time
import typing

from benchmarks.figure import figure, median, median_ratio, pairs, rounded
from benchmarks.keepsake import Keepsake
from benchmarks.pictures import WarmSharp, copy_number, draw

PHOTOS_A_RUN = 3
EDGES = (2048, 1024, 320)
ENCODINGS = ("image/webp", "image/jpeg")


def copy_of_heic(photo: bytes, number: int) -> bytes:
    """The same picture as another file: with a box of its own that means nothing (ISO/IEC 14496-12, 8.1.2) at the end."""
    text = f"copy {number}".encode()
    return photo + struct.pack(">I4s", len(text) + 8, b"free") + text


@dataclasses.dataclass
class Photo:
    name: str
    file: pathlib.Path
    media_type: str
    copy: typing.Callable = copy_number


class Ready:
    def __init__(self, keepsake: Keepsake, sharp: WarmSharp):
        self.keepsake = keepsake
        self.sharp = sharp
        self.token = keepsake.add_person("author")
        self.numbers = itertools.count()

    def add(self, photo: Photo) -> tuple:
        """(id, seconds)"""
        body = photo.copy(photo.file.read_bytes(), next(self.numbers))
        begun = time.monotonic()
        added = self.keepsake.add_photo(self.token, body, photo.media_type)
        return added, time.monotonic() - begun

    def check(self, photo: Photo):
        added, _ = self.add(photo)
        for edge, encoding in itertools.product(EDGES, ENCODINGS):
            status, headers, _ = self.keepsake.ask("GET", f"/photos/{added}/{edge}", token=self.token, Accept=encoding)
            if (status, headers["Content-Type"]) != (200, encoding):
                raise SystemExit(f"{photo.name}: the rendition {edge} as {encoding} is not ready: {status}")

    def ours(self, photo: Photo) -> float:
        return median(self.add(photo)[1] for _ in range(PHOTOS_A_RUN))

    def theirs(self, photo: Photo) -> float:
        return median(self.sharp.seconds(photo.file) for _ in range(PHOTOS_A_RUN))

    def figure(self, photo: Photo, runs: int) -> str:
        self.check(photo)
        name, size = f"{photo.name}, from upload to all renditions on disk", photo.file.stat().st_size
        if photo.media_type == "image/heic":
            found = [self.ours(photo) for _ in range(runs)]
            return figure(name, median(found), "seconds", "none: sharp reads no HEIC", bytes=size, values=[rounded(one) for one in found])
        self.theirs(photo)  # warm after this
        found = pairs(lambda: self.ours(photo), lambda: self.theirs(photo), runs)
        return figure(name, median(one for one, _ in found), "seconds",
                      f"sharp in one warm process: {rounded(median(other for _, other in found))}", median_ratio(found),
                      bytes=size, ratios=[round(one / other, 2) for one, other in found])


def heics_of_corpus():
    folder = pathlib.Path(os.environ.get("KEEPSAKE_CORPUS", "/nonexistent")) / "photos"
    for file in sorted(folder.glob("*")):
        if file.suffix.lower() in (".heic", ".heif"):
            yield Photo(f"{file.name} (a phone's)", file, "image/heic", copy_of_heic)


def drawn_heics(jpeg: pathlib.Path):
    """None where nothing here can make one."""
    file = jpeg.with_suffix(".heic")
    if not shutil.which("heif-enc"):
        print("ready: no HEIC, for want of KEEPSAKE_CORPUS and of heif-enc", file=sys.stderr)
        return
    subprocess.run(["heif-enc", "-q", "60", jpeg, "-o", file], check=True, stdout=subprocess.DEVNULL)
    yield Photo("a HEIC of 12 megapixels", file, "image/heic", copy_of_heic)


def figures(bench):
    jpeg = bench.new_folder("drawn") / "4000.jpg"
    draw(jpeg, 4000, 3000)
    heics = list(heics_of_corpus()) or list(drawn_heics(jpeg))
    with Keepsake(bench.new_folder("data")) as keepsake, WarmSharp() as sharp:
        ready = Ready(keepsake, sharp)
        for photo in (Photo("a JPEG of 12 megapixels", jpeg, "image/jpeg"), *heics):
            yield ready.figure(photo, bench.runs)
