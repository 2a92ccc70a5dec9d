"""People who write at the same time, and what each of them was told is kept."""
import hashlib
import os
import pathlib
import random
import struct
import threading
import zlib

from server import ROOT, Client

PHOTOS = pathlib.Path(os.environ.get("KEEPSAKE_CORPUS", ROOT.parent / "shared/corpus")) / "photos"
MOST_BYTES = 200_000  # of a real photo: many small ones meet more kills than a few large ones


class Told:
    """What an item is said to be, step by step: `sent` when it was asked for and `acked` when it was granted, both
    as bytes of the record."""

    def __init__(self, name: str, author: str):
        self.name, self.author = name, author
        self.steps = []  # [sent, acked or None, value]

    @property
    def value(self):
        return self.steps[-1][2]

    def possible(self, cut: float) -> list:
        """The values it may have when the power went at `cut`: none of an item that nobody was promised."""
        granted = [step for step in self.steps if step[1] is not None and step[1] <= cut]
        if not granted:
            return []
        last = self.steps.index(granted[-1])
        return [step[2] for step in self.steps[last:] if step is self.steps[last] or step[0] <= cut]

    def is_now(self, value, at: int):
        self.steps = [[at, at, value]]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(chance: random.Random) -> bytes:
    """A PNG (W3C PNG 5.3) that looks like no other."""
    width, height = chance.randint(40, 400), chance.randint(40, 300)
    pixels = b"".join(b"\0" + chance.randbytes(width * 3) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels, 1)) + chunk(b"IEND", b"")


def real_photos() -> list:
    files = sorted(PHOTOS.glob("*.jpg")) if PHOTOS.is_dir() else []
    return [file for file in files if 50_000 < file.stat().st_size < MOST_BYTES]


class Upload(Told):
    """A photo that is sent in pieces (tus 1.0.0). Its value: how many bytes of it have arrived."""

    def __init__(self, name: str, author: str, content: bytes):
        super().__init__(name, author)
        self.content = content
        self.whole = None  # when the last piece was granted, and with it a photo promised
        self.unsure = False  # whether a piece was sent and not granted: some of it may be there
        self.photo = ""  # its id, once somebody looked

    def is_now(self, value, at: int):
        super().is_now(value, at)
        self.whole = None if self.whole is None else at
        self.unsure = False


TUS = {"Tus-Resumable": "1.0.0"}


class Writer:
    """One of several at whom an author sits. Its items are its own; `seen` says how far the record is."""

    def __init__(self, author: str, token: str, reader: str, chance: random.Random, seen):
        self.author, self.token, self.reader = author, token, reader
        self.chance, self.seen = chance, seen
        self.photos, self.stories, self.circles, self.uploads = [], [], [], []
        self.held = set()  # photos that a story was asked to hold, granted or not
        self.real = real_photos()
        self.chance.shuffle(self.real)
        self.client = None
        self.busy = None
        self.unexpected = ""

    def items(self) -> list:
        return self.photos + self.stories + self.circles + self.uploads

    def write(self, port: int, stopped: threading.Event):
        """One request after another until the server is gone."""
        self.client = Client(port, self.token)
        try:
            while not stopped.is_set():
                self.busy = self.chance.choices(ACTS, WEIGHTS)[0]
                self.busy(self)
                self.busy = None
        except ConnectionError:
            pass

    # How an item comes to be, and how it changes.

    def ask(self, method: str, path: str, body=None, kind: str = "application/json", more: dict = {}):
        """The answer if it was granted, and when it was asked for and granted."""
        sent = self.seen()
        answer = self.client.ask(method, path, body, kind, more)
        if answer.status == 503:
            return None, sent, None
        if answer.status >= 300:
            self.unexpected = f"{method} {path}: {answer.status} {answer.bytes[:200]!r}"
            raise ConnectionError(self.unexpected)
        return answer, sent, self.seen()

    def appears(self, kept: list, path: str, body, kind: str, value_of):
        answer, sent, acked = self.ask("POST", path, body, kind)
        if answer:
            made = Told(answer.json["id"], self.author)
            made.steps.append([sent, acked, value_of(answer.json)])
            kept.append(made)

    def changes(self, item: Told, value, method: str, path: str, body=None, kind: str = "application/json", more: dict = {}):
        """The item has this value from its grant on; until then it may."""
        step = [self.seen(), None, value]
        item.steps.append(step)
        answer, _, acked = self.ask(method, path, body, kind, more)
        if answer is None:
            item.steps.remove(step)
        else:
            step[1] = acked

    # What they do.

    def add_photo(self):
        if self.real and self.chance.random() < 0.1:
            # The words at the end, which no decoder reads, make it another photo than that of a neighbour.
            content, kind = self.real.pop().read_bytes() + self.chance.randbytes(16), "image/jpeg"
        else:
            content, kind = picture(self.chance), "image/png"
        digest = hashlib.sha256(content).hexdigest()
        self.appears(self.photos, "/photos", content, kind, lambda _: {"sha256": digest, "there": True})

    def begin_upload(self):
        content = picture(self.chance)
        answer, sent, acked = self.ask("POST", "/uploads", b"", more={**TUS, "Upload-Length": str(len(content))})
        if answer:
            begun = Upload(answer.location.rsplit("/", 1)[1], self.author, content)
            begun.steps.append([sent, acked, 0])
            self.uploads.append(begun)

    def send_piece(self):
        if coming := [upload for upload in self.uploads if upload.value < len(upload.content)]:
            upload = self.chance.choice(coming)
            if upload.unsure:
                return self.look_after(upload)
            begin = upload.value
            piece = upload.content[begin : begin + self.chance.randint(1, 200_000)]
            more = {**TUS, "Upload-Offset": str(begin)}
            self.changes(upload, begin + len(piece), "PATCH", f"/uploads/{upload.name}", piece, "application/offset+octet-stream", more)
            _, granted, arrived = upload.steps[-1]
            upload.unsure = arrived == begin
            if granted is not None and arrived == len(upload.content):
                upload.whole = granted

    def look_after(self, upload: Upload):
        answer, sent, acked = self.ask("GET", f"/uploads/{upload.name}")
        if answer:
            upload.steps.append([sent, acked, answer.json["arrived"]])
            upload.unsure = False

    def remove_photo(self):
        free = [photo for photo in self.photos if photo.value["there"] and photo.name not in self.held]
        if free:
            photo = self.chance.choice(free)
            self.changes(photo, {**photo.value, "there": False}, "DELETE", f"/photos/{photo.name}")

    def add_circle(self):
        if len(self.circles) < 2:
            body = {"name": "Us", "people": [self.reader]}
            self.appears(self.circles, "/circles", body, "application/json", lambda _: {"inside": True})

    def change_circle(self):
        if self.circles:
            circle = self.chance.choice(self.circles)
            inside = not circle.value["inside"]
            path = f"/circles/{circle.name}/people/{self.reader}"
            self.changes(circle, {"inside": inside}, "PUT" if inside else "DELETE", path)

    def audience(self) -> list:
        circles = [[f"circle:{circle.name}"] for circle in self.circles]
        return self.chance.choice([[], ["public"], ["members"], [f"person:{self.reader}"], *circles])

    def words(self) -> str:
        return self.chance.randbytes(4).hex() + "\n\n" + "for a while " * self.chance.randint(1, 400) + self.chance.randbytes(4).hex()

    def add_story(self):
        there = [photo.name for photo in self.photos if photo.value["there"]]
        photos = self.chance.sample(there, min(len(there), self.chance.randint(0, 3)))
        self.held.update(photos)
        value = {"body": self.words(), "photos": photos, "audience": self.audience(), "links": {}, "state": "published"}
        body = {
            "title": "A day", "lang": "en", "body": value["body"], "state": "published", "audience": value["audience"],
            "photos": [{"id": photo, "alt": "a photo"} for photo in photos],
        }
        self.appears(self.stories, "/stories", body, "application/json", lambda _: value)

    def told_story(self, *states: str):
        fitting = [story for story in self.stories if story.value["state"] in states]
        return self.chance.choice(fitting) if fitting else None

    def edit_story(self):
        if story := self.told_story("published"):
            words = self.words()
            self.changes(story, {**story.value, "body": words}, "PATCH", f"/stories/{story.name}", {"body": words})

    def change_audience(self):
        if story := self.told_story("published"):
            words = self.audience()
            links = [f"link:{name}" for name, (_, open_) in story.value["links"].items() if open_]
            value = {**story.value, "audience": words}
            self.changes(story, value, "PATCH", f"/stories/{story.name}", {"audience": words + links})

    def trash_story(self):
        if story := self.told_story("published"):
            self.changes(story, {**story.value, "state": "trashed"}, "DELETE", f"/stories/{story.name}")

    def take_story_back(self):
        if story := self.told_story("trashed"):
            self.changes(story, {**story.value, "state": "withdrawn"}, "POST", f"/stories/{story.name}/take-back")

    def publish_again(self):
        if story := self.told_story("withdrawn"):
            self.changes(story, {**story.value, "state": "published"}, "PATCH", f"/stories/{story.name}", {"state": "published"})

    def end_story(self):
        if story := self.told_story("published", "trashed", "withdrawn"):
            self.changes(story, {**story.value, "state": "gone"}, "DELETE", f"/stories/{story.name}?for-good=1")

    def add_link(self):
        if story := self.told_story("published"):
            answer, sent, acked = self.ask("POST", f"/stories/{story.name}/links", {"name": "Grandma"})
            if answer:
                path = "/guest/" + answer.json["url"].rsplit("/", 1)[1]
                links = {**story.value["links"], answer.json["id"]: (path, True)}
                story.steps.append([sent, acked, {**story.value, "links": links}])

    def revoke_link(self):
        if story := self.told_story("published"):
            links = story.value["links"]
            if open_ := [name for name, (_, is_open) in links.items() if is_open]:
                name = self.chance.choice(open_)
                value = {**story.value, "links": {**links, name: (links[name][0], False)}}
                self.changes(story, value, "DELETE", f"/links/{name}")


ACTS, WEIGHTS = zip(
    (Writer.add_photo, 30), (Writer.add_story, 25), (Writer.edit_story, 12), (Writer.change_audience, 12),
    (Writer.add_link, 8), (Writer.revoke_link, 6), (Writer.trash_story, 5), (Writer.take_story_back, 3),
    (Writer.publish_again, 2), (Writer.end_story, 3), (Writer.add_circle, 4), (Writer.change_circle, 5), (Writer.remove_photo, 4),
    (Writer.begin_upload, 8), (Writer.send_piece, 24),
)  # fmt: skip
