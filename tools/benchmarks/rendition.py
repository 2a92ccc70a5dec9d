"""A rendition behind a circle, every request authorised by a token, beside nginx that gives the same file to anyone.

Hot: with the copies that are kept decrypted. Cold: without any, so that each request decrypts. The goals are for clients
that read what they get (wrk). Beside that stands what the servers cost alone: clients on this machine that throw the bytes
away (drain.py) leave both processors to the server, and sendfile(2) copies nothing at all then.
"""
import typing

from benchmarks.figure import load_figure, pairs
from benchmarks.keepsake import Keepsake
from benchmarks.load import drain, wrk
from benchmarks.nginx import best_of, headers_of
from benchmarks.pictures import draw
from benchmarks.process import first_answer


class Size(typing.NamedTuple):
    name: str
    side: int  # of the photo, a square
    grain: float  # as large as it takes for a rendition of this size


class Keeping(typing.NamedTuple):
    name: str
    environment: dict
    goal: str


SIZES = (Size("300 KB", 1300, 6), Size("3 MB", 2100, 130))
KEEPING = (Keeping("hot", {}, ">= 0.9"), Keeping("cold", {"KEEPSAKE_HOT_PHOTOS": "0"}, ">= 0.4"))


class Behind:
    """A circle's story with a photo of each size; the reader's token opens it."""

    def __init__(self, keepsake: Keepsake, photos: dict):
        author, reader = keepsake.add_person("author"), keepsake.add_person("reader")
        circle = keepsake.made("POST", "/circles", {"name": "family"}, author)["id"]
        keepsake.made("PUT", f"/circles/{circle}/people/reader", token=author)
        self.paths = {}
        for size, photo in photos.items():
            added = keepsake.add_photo(author, photo)
            keepsake.made("POST", "/stories", {"title": "The garden", "photos": [{"id": added}], "state": "published",
                                               "audience": ["circle:" + circle]}, author)
            self.paths[size] = f"/photos/{added}/2048"
        self.keepsake = keepsake
        self.headers = [f"Authorization: Bearer {reader}"]

    def figures(self, bench, size: Size, keeping: Keeping):
        path = self.paths[size]
        if self.keepsake.ask("GET", path)[0] != 404:
            raise SystemExit("the rendition is not behind the circle")
        _, headers, body = self.keepsake.ask("GET", path, Authorization=self.headers[0].split(": ")[1], Accept="*/*")
        folder = bench.new_folder(f"static-{keeping.name}-{size.side}")
        (folder / "photo").write_bytes(body)
        header_bytes = len(first_answer(self.keepsake.port, path, self.headers))
        for reading, load, goal in (("", wrk, keeping.goal), (", thrown away", drain, None)):
            ours = lambda: load(self.keepsake, path, bench.seconds, headers=self.headers)
            theirs = lambda server: load(server, "/photo", bench.seconds, headers=self.headers)
            with best_of(folder, "/photo", headers["Content-Type"], headers_of(headers), header_bytes, theirs) as nginx:
                ours()
                found = pairs(ours, lambda: theirs(nginx), bench.runs)
            yield load_figure(f"a rendition behind a circle, {size.name}, {keeping.name}{reading}", found,
                              "nginx, same file to anyone", goal, bytes=len(body))


def figures(bench):
    drawn = bench.new_folder("drawn")
    photos = {size: draw(drawn / f"{size.side}.jpg", size.side, size.side, grain=size.grain) for size in SIZES}
    for keeping in KEEPING:
        with Keepsake(bench.new_folder(f"data-{keeping.name}"), environment=keeping.environment) as keepsake:
            behind = Behind(keepsake, photos)
            for size in SIZES:
                yield from behind.figures(bench, size, keeping)
