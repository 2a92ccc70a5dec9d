"""Durable writes over HTTP by 1, 8 and 64 clients: the acceptance of a story's gate, the smallest write there is.

Each is a token looked up, the gate decided, and one row that is on disk before the answer goes out. The yardstick writes
the same rows by the same statement into a copy of the same database, 64 in each durable transaction (WAL, synchronous=FULL),
from one thread and without anything around it.
"""
import base64
import contextlib
import itertools
import shutil
import sqlite3
import time

from benchmarks import world
from benchmarks.figure import load_figure, pairs
from benchmarks.keepsake import Keepsake, add_person, where
from benchmarks.load import Load, wrk

STORIES = 20_000
READERS = 40
BATCH = 64
GOALS = {1: None, 8: None, 64: ">= 0.25"}
# As src/audience/item_store.cc has it.
ACCEPT = """INSERT INTO gate_acceptance (item, person, gate_version, accepted)
            VALUES (?1, ?2, (SELECT i.gate_version FROM item i WHERE i.id = ?1), ?3)
            ON CONFLICT (item, person) DO UPDATE SET gate_version = excluded.gate_version, accepted = excluded.accepted"""


class Batches:
    """The yardstick: durable batches straight into SQLite."""

    def __init__(self, file):
        self.db = sqlite3.connect(file, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        self.readers = [row[0] for row in self.db.execute("SELECT id FROM person WHERE name LIKE 'reader-%'")]

    def write(self, seconds: float) -> Load:
        self.db.execute("DELETE FROM gate_acceptance")
        rows = ((item, reader, 2) for reader in itertools.cycle(self.readers) for item in range(2, STORIES + 1, 2))
        begin, before, written = time.monotonic(), time.process_time(), 0
        while (now := time.monotonic()) < begin + seconds:
            self.db.execute("BEGIN IMMEDIATE")
            written += self.db.executemany(ACCEPT, itertools.islice(rows, BATCH)).rowcount
            self.db.execute("COMMIT")
        return Load(written / (now - begin), (time.process_time() - before) * 1e6 / written, written)


class Acceptances:
    """Requests that each accept another story's gate for another reader; where the last run stopped the next goes on."""

    def __init__(self, keepsake: Keepsake, folder, tokens: list):
        self.keepsake = keepsake
        self.lists = (folder / "stories", folder / "tokens")
        with contextlib.closing(sqlite3.connect(keepsake.data / "keepsake.db")) as db:
            public = db.execute("SELECT s.public_id FROM story s WHERE s.item % 2 = 0").fetchall()
        self.lists[0].write_text("\n".join(base32(row[0]) for row in public))
        self.lists[1].write_text("\n".join(tokens))
        self.next = 0

    def load(self, clients: int, seconds: float) -> Load:
        done = wrk(self.keepsake, "/", seconds, clients=clients, script="accept_gates.lua", words=(*self.lists, self.next))
        self.next += done.requests + 2 * clients
        return done


def base32(bytes_: bytes) -> str:
    """RFC 4648 in lower case without padding, as ids stand in addresses."""
    return base64.b32encode(bytes_).decode().lower().rstrip("=")


def figures(bench):
    data, copy = bench.new_folder("data"), bench.folder / "copy.db"
    place = where(data, "")
    add_person(place, "busiest")
    tokens = [add_person(place, f"reader-{number}") for number in range(READERS)]
    engine = world.sqlite(data)
    engine.run(world.people_and_circles(engine, "busiest") + world.stories(engine, "busiest", STORIES, notes="hospital"))
    shutil.copy(data / "keepsake.db", copy)
    batches = Batches(copy)
    with Keepsake(data) as keepsake:
        acceptances = Acceptances(keepsake, bench.folder, tokens)
        for clients, goal in GOALS.items():
            acceptances.load(clients, 1), batches.write(1)
            found = pairs(lambda: acceptances.load(clients, bench.seconds), lambda: batches.write(bench.seconds), bench.runs)
            yield load_figure(f"durable writes (a gate's acceptance), {clients} client{'s' * (clients > 1)}", found,
                              "SQLite, the same rows in durable batches of 64", goal)
