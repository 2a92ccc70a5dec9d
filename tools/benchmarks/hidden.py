"""What is hidden beside what never was: whoever may not see a story or a photo must not learn from the time that it is there.

Both are asked for in turn on one connection, and the medians compared: a route as one viewer, over several things and ids.
"""
import random
import socket
import time

from benchmarks.figure import figure, median, rounded
from benchmarks.keepsake import Keepsake
from benchmarks.pictures import copy_number, draw

THINGS = 5
ROUTES = ("GET /stories/{story}", "HEAD /stories/{story}", "POST /stories/{story}/gate", "GET /photos/{photo}/320",
          "HEAD /photos/{photo}/320", "GET /photos/{photo}/original", "GET /guest/{secret}", "GET /@{person}")


def hidden_things(keepsake: Keepsake, bench) -> list:
    """Of authors nobody else may read. The links have been taken back."""
    photo = draw(bench.folder / "hidden.jpg", 640, 480)
    things = []
    for number in range(THINGS):
        name = f"author-{number}"
        token = keepsake.add_person(name)
        held = keepsake.add_photo(token, copy_number(photo, number))
        story = keepsake.made("POST", "/stories", {"title": "Kept", "body": f"![](photo:{held})", "state": "published",
                                                   "photos": [{"id": held}], "notes": ["hospital"]}, token)["id"]
        link = keepsake.made("POST", f"/stories/{story}/links", {"name": "Grandma"}, token)
        keepsake.made("DELETE", f"/links/{link['id']}", token=token)
        things.append({"story": story, "photo": held, "secret": link["url"].rsplit("/", 1)[1], "person": name})
    return things


def never_was(like: dict) -> dict:
    """The same letters in another order are an id of the same form."""
    absent = {key: "".join(random.sample(text[:-1], len(text) - 1)) + text[-1] for key, text in like.items()}
    return absent | {"person": like["person"].replace("author", "nobody")}


def request(route: str, thing: dict, token: str) -> bytes:
    method, path = route.format(**thing).split(" ")
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    body = b'{"accept":"all"}' if method == "POST" else b""
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Asker:
    """One connection. All refusals of one route are of one length, so an answer is whole when its bytes are there."""

    def __init__(self, port: int):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, asked: bytes) -> tuple:
        """(nanoseconds, status)."""
        begin = time.perf_counter_ns()
        self.connection.sendall(asked)
        answer = self.connection.recv(65536)
        taken = time.perf_counter_ns() - begin
        head, _, body = answer.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while not asked.startswith(b"HEAD") and len(body) < length:
            body += self.connection.recv(65536)
        return taken, head.split(b" ")[1]


def ratio_of(asker: Asker, route: str, things: list, token: str, times: int) -> float:
    asked = [(request(route, thing, token), request(route, never_was(thing), token)) for thing in things]
    taken = {"hidden": [], "absent": []}
    for turn in range(times):
        hidden, absent = asked[turn % THINGS]
        order = [("hidden", hidden), ("absent", absent)]
        for side, bytes_asked in order if turn % 2 else reversed(order):
            nanoseconds, status = asker.ask(bytes_asked)
            if status not in (b"404", b"410"):
                raise SystemExit(f"{route}, {side}: {status}")
            taken[side].append(nanoseconds)
    return median(taken["hidden"]) / median(taken["absent"])


def figure_of(bench, engine: str, keepsake: Keepsake) -> str:
    things = hidden_things(keepsake, bench)
    viewers = {"anonymous": "", "another member": keepsake.add_person("member")}
    asker = Asker(keepsake.port)
    found = {}
    for route in ROUTES:
        for viewer, token in viewers.items():
            if viewer == "anonymous" and route.endswith("original"):
                continue  # whoever is not signed in is asked to, whatever is there
            ratio_of(asker, route, things, token, 40)
            found[f"{route}, {viewer}"] = median(ratio_of(asker, route, things, token, 200) for _ in range(bench.runs))
    worst = max(found, key=lambda name: abs(found[name] - 1))
    return figure(f"hidden beside absent, {engine}, the farthest apart of {len(found)}: {worst}", abs(found[worst] - 1) * 100,
                  "percent of the median time", "what never was", found[worst], goal="<= 5", goal_of="value",
                  ratios={name: rounded(ratio) for name, ratio in found.items()})


def figures(bench):
    with bench.engines() as engines:
        for engine, database in engines:
            with Keepsake(bench.new_folder(f"data-{engine}"), database("hidden")) as keepsake:
                yield figure_of(bench, engine, keepsake)
