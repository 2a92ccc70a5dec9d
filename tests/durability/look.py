"""Looks at everything that somebody was told is kept, over HTTP, and at the files of photos beside their rows."""
import base64
import hashlib
import os
import pathlib
import sqlite3

from server import Client, Lost

JPEG = b"\xff\xd8"


class Look:
    """One look at a server that was started again. `cut`: where in the record the power went."""

    def __init__(self, port: int, tokens: dict, reader: str, cut: float = float("inf")):
        self.people = {name: Client(port, token) for name, token in tokens.items()}
        self.reader, self.nobody = self.people[reader], Client(port)
        self.reader_name, self.cut = reader, cut
        self.checked = 0
        self.inside = {}

    def everyone(self):
        """Each person is there, and their token opens their account."""
        for name, person in self.people.items():
            self.checked += 1
            if (status := self.ask(person, "/account").status) != 200:
                raise Lost(f"{name} or their token: {status}")

    def items(self, writers: list) -> dict:
        """Looks at each item that was promised; what each of them now is. Lost if one is none of what it may be."""
        found = {}
        for kind, look in (("circles", self.circle), ("photos", self.photo), ("uploads", self.upload), ("stories", self.story)):
            for item in (item for writer in writers for item in getattr(writer, kind)):
                if possible := item.possible(self.cut):
                    found[item] = look(item, possible)
                    self.checked += 1
        return found

    def ask(self, who: Client, path: str):
        return who.ask("GET", path)

    def circle(self, circle, possible: list) -> dict:
        answer = self.ask(self.people[circle.author], f"/circles/{circle.name}")
        if answer.status != 200:
            raise Lost(f"circle {circle.name}: {answer.status}")
        inside = self.reader_name.encode() in answer.bytes
        self.inside[circle.name] = inside
        return fitting({"inside": inside}, possible, f"circle {circle.name}")

    def photo(self, photo, possible: list) -> dict:
        owner = self.people[photo.author]
        original = self.ask(owner, f"/photos/{photo.name}/original")
        there = original.status == 200
        seen = {"sha256": hashlib.sha256(original.bytes).hexdigest() if there else possible[0]["sha256"], "there": there}
        value = fitting(seen, possible, f"photo {photo.name}")
        for edge in (320, 1024, 2048) if there else ():
            self.rendition(owner, photo.name, edge)
        return value

    def upload(self, upload, possible: list) -> int:
        """Of the last piece that was sent and not granted any part may be there."""
        owner = self.people[upload.author]
        answer = self.ask(owner, f"/uploads/{upload.name}")
        arrived = answer.json["arrived"] if answer.status == 200 else -1
        if not min(possible) <= arrived <= max(possible):
            raise Lost(f"upload {upload.name}: {answer.status}, {arrived} bytes there, {possible} promised")
        if arrived == len(upload.content) and "photo" in answer.json:
            upload.photo = answer.json["photo"]["id"]
            original = self.ask(owner, f"/photos/{upload.photo}/original")
            if original.status != 200 or original.bytes != upload.content:
                raise Lost(f"upload {upload.name} became another photo")
        elif upload.whole is not None and upload.whole <= self.cut:
            raise Lost(f"upload {upload.name} was granted as a whole and is no photo")
        return arrived

    def rendition(self, who: Client, photo: str, edge: int):
        answer = self.ask(who, f"/photos/{photo}/{edge}")
        if answer.status != 200 or not answer.bytes.startswith(JPEG):
            raise Lost(f"photo {photo} at {edge}: {answer.status}")

    def story(self, story, possible: list) -> dict:
        value = self.words_of(story, possible)
        for photo in value["photos"] if value["state"] == "published" else ():
            self.rendition(self.people[story.author], photo, 320)
        return value

    def words_of(self, story, possible: list) -> dict:
        author = self.people[story.author]
        answer = self.ask(author, f"/stories/{story.name}")
        seen = {"state": answer.json["state"] if answer.status == 200 else self.where_else(author, story.name)}
        if answer.status == 200:
            seen |= {"body": answer.json["body"], "photos": [photo["id"] for photo in answer.json["photos"]]}
        links = {name: path for value in possible for name, (path, _) in value["links"].items()}
        seen["opens"] = {name for name, path in links.items() if self.nobody.ask("GET", path).status == 200}
        seen["reader"], seen["nobody"] = (self.ask(who, f"/stories/{story.name}").status for who in (self.reader, self.nobody))
        wrong = []
        for value in possible:
            told = self.appearance(value, answer.status == 200)
            wrong.append({what: (seen[what], said) for what, said in told.items() if seen[what] != said})
            if not wrong[-1]:
                return value
        raise Lost(f"story {story.name}: (seen, promised): {' or '.join(str(each)[:1000] for each in wrong)}")

    def where_else(self, author: Client, name: str) -> str:
        return "trashed" if name.encode() in self.ask(author, "/trash").bytes else "gone"

    def appearance(self, value: dict, readable: bool) -> dict:
        """What is seen of a story that has this value, by its author, the reader, nobody and guests."""
        published = value["state"] == "published"
        audience = value["audience"] if published else []
        circles = [word for word in audience if word.startswith("circle:")]
        reads = {"public", "members", f"person:{self.reader_name}"} & set(audience)
        reads = bool(reads) or any(self.inside.get(word.removeprefix("circle:")) for word in circles)
        expected = {
            "state": value["state"], "reader": 200 if reads else 404, "nobody": 200 if "public" in audience else 404,
            "opens": {name for name, (_, is_open) in value["links"].items() if is_open and published},
        }  # fmt: skip
        return expected | ({"body": value["body"], "photos": value["photos"]} if readable else {})


def fitting(seen: dict, possible: list, name: str) -> dict:
    if seen not in possible:
        raise Lost(f"{name} is {seen}, but was promised as one of {possible}")
    return seen


def text_of(identity: bytes) -> str:
    return base64.b32encode(identity).decode().lower().rstrip("=")


def column(database: str, query: str) -> list:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [row[0] for row in connection.execute(query)]


def strangers(data: str, writers: list) -> list:
    """Photos and stories, as (kind, id), that nobody was promised and that are there all the same."""
    known = {item.name for writer in writers for item in writer.items()}
    known |= {upload.photo for writer in writers for upload in writer.uploads}
    database = os.path.join(data, "keepsake.db")
    return [
        (kind, text_of(identity))
        for kind in ("photo", "story")
        for identity in column(database, f"SELECT public_id FROM {kind}")
        if text_of(identity) not in known
    ]


def blobs(data: str) -> set:
    """The files of photos that no row names and that no job is to remove. Lost if a row's file is missing."""
    database, there = os.path.join(data, "keepsake.db"), pathlib.Path(data, "blobs").glob("??/*")
    rows = {text_of(name) for name in column(database, "SELECT name FROM blob")}
    forgotten = {text_of(name) for name in column(database, "SELECT name FROM forgotten_blob")}
    files = {file.name for file in there}
    if missing := rows - files:
        raise Lost(f"{len(missing)} files of photos are missing: {sorted(missing)[:3]}")
    return files - rows - forgotten
