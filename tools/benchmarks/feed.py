"""The home feed's slowest hundredth, over ten thousand stories and a hundred times that, for viewers with few keys and many.

The yardstick is the same feed over ten thousand stories in the same run: a list must cost by the keys its viewer holds and
by what it shows, never by how many stories there are. --nightly: ten million.
"""
import contextlib
import gc
import json
import socket
import time

from benchmarks import world
from benchmarks.figure import figure, median, median_ratio, pairs, rounded
from benchmarks.keepsake import Keepsake, add_person, where

REQUESTS = 1000  # in one run
FEW, MANY, MOST = 10_000, 1_000_000, 10_000_000
KEYS_WITHOUT_CIRCLES = 3  # public, members, one's own


class Viewer:
    def __init__(self, name: str, keys: int, blocked: bool = False):
        self.name, self.keys, self.blocked = name, keys, blocked
        self.title = f"{keys} keys" if keys > 1 else "1 key"
        if blocked:
            self.title += ", blocked by the busiest author"


VIEWERS = (Viewer("", 1), Viewer("reader-20", 20), Viewer("reader-500", 500), Viewer("reader-blocked", 500, blocked=True))


class Feed(Keepsake):
    """An instance of so many stories, and who reads there."""

    def __init__(self, data, database: str, count: int):
        place = where(data, database)
        busiest = "busiest"
        add_person(place, busiest)
        self.tokens = {viewer: add_person(place, viewer.name) if viewer.name else "" for viewer in VIEWERS}
        engine = world.engine_of(data, database)
        statements = world.people_and_circles(engine, busiest) + world.stories(engine, busiest, count)
        for viewer in VIEWERS:
            if viewer.name:
                statements.append(world.join_circles(viewer.name, viewer.keys - KEYS_WITHOUT_CIRCLES))
            if viewer.blocked:
                statements.append(world.block(busiest, viewer.name))
        engine.run(statements)
        super().__init__(data, database)

    def check(self, viewer: Viewer):
        """That there is a whole page to show, and nothing by whoever blocked the viewer."""
        shown = self.made("GET", "/", token=self.tokens[viewer])["stories"]
        if len(shown) != 30 or (viewer.blocked and any(story["author"] == "busiest" for story in shown)):
            raise SystemExit(f"the feed of {viewer.title} shows {json.dumps(shown)[:500]}")

    def slowest_hundredth(self, viewer: Viewer) -> tuple:
        """(milliseconds of the slowest hundredth, microseconds of the server's CPU for one)."""
        before = self.cpu_seconds()
        took = sorted(timed(self.port, self.tokens[viewer]))
        return took[REQUESTS * 99 // 100] * 1e3, (self.cpu_seconds() - before) * 1e6 / REQUESTS


def timed(port: int, token: str) -> list:
    """Seconds of each request, one after another over one connection."""
    lines = ["GET / HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"] + ([f"Authorization: Bearer {token}"] if token else [])
    asked = ("\r\n".join(lines) + "\r\n\r\n").encode()
    took = []
    gc.disable()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(REQUESTS):
            begin = time.perf_counter()
            connection.sendall(asked)
            read_answer(connection)
            took.append(time.perf_counter() - begin)
    gc.enable()
    return took


def read_answer(connection: socket.socket):
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536) or hung_up()
    head, body = answer.split(b"\r\n\r\n", 1)
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(head.decode())
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536) or hung_up()


def hung_up():
    raise SystemExit("the server hung up")


def figure_of(engine: str, viewer: Viewer, large: Feed, count: int, small: Feed, runs: int) -> str:
    large.check(viewer), small.check(viewer)
    large.slowest_hundredth(viewer), small.slowest_hundredth(viewer)
    found = pairs(lambda: large.slowest_hundredth(viewer), lambda: small.slowest_hundredth(viewer), runs)
    return figure(f"home feed, p99, {count:,} stories, {viewer.title}, {engine}", median(one[0] for one, _ in found), "ms",
                  f"itself at {FEW:,}: {median(other[0] for _, other in found):.2f} ms", median_ratio(found, lambda side: side[0]),
                  goal="<= 1.5", cpu_us=rounded(median(one[1] for one, _ in found)),
                  yardstick_cpu_us=rounded(median(other[1] for _, other in found)),
                  cpu_ratio=round(median_ratio(found, lambda side: max(side[1], 1)), 2),
                  ratios=[round(one[0] / other[0], 2) for one, other in found])


def figures(bench):
    with bench.engines() as engines:
        for engine, database in engines:
            for count in (MANY, MOST) if bench.nightly else (MANY,):
                with contextlib.ExitStack() as both:
                    small, large = (both.enter_context(Feed(bench.new_folder(f"{engine}-{count}-{size}"), database(f"feed_{count}_{size}"), size))
                                    for size in (FEW, count))
                    for viewer in VIEWERS:
                        yield figure_of(engine, viewer, large, count, small, bench.runs)
