"""A large instance, made by SQL: into the file of a stopped server, or straight into PostgreSQL.

Every second story is public and by one author, the busiest; the others are by fifty more, for members (one in ten) or for
one of a thousand circles. What the SQL writes is what the stores write (migrations/), for stories without photos.
"""
import contextlib
import pathlib
import sqlite3
import subprocess
import typing

AUTHORS = 50
CIRCLES = 1000
FIRST_DAY = 1_500_000_000_000_000  # published, microseconds
AT_ONCE = 500_000  # stories in one statement


class Engine(typing.NamedTuple):
    numbers: str  # a table n (i) of the whole numbers from {first} to {last}
    some_bytes: str  # 16 that no other row has
    run: typing.Callable  # (list of statements)


def sqlite(data: pathlib.Path) -> Engine:
    def run(statements: list):
        with contextlib.closing(sqlite3.connect(data / "keepsake.db", isolation_level=None)) as db:
            db.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA temp_store = MEMORY;")
            for statement in statements:
                db.execute(statement)
            db.execute("ANALYZE")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    numbers = "(WITH RECURSIVE c (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM c WHERE i < {last}) SELECT i FROM c) n"
    return Engine(numbers, "randomblob(16)", run)


def postgres(address: str) -> Engine:
    def run(statements: list):
        script = ";\n".join([*statements, "VACUUM ANALYZE", "CHECKPOINT"])
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", address], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    return Engine("generate_series({first}::bigint, {last}) AS n (i)", "decode(md5(random()::text || n.i), 'hex')", run)


def engine_of(data: pathlib.Path, database: str) -> Engine:
    return postgres(database) if database else sqlite(data)


def people_and_circles(engine: Engine, busiest: str) -> list:
    """Statements. Authors take the password of `busiest`; circles are theirs in turn."""
    authors = engine.numbers.format(first=1, last=AUTHORS)
    circles = engine.numbers.format(first=1, last=CIRCLES)
    return [
        f"""INSERT INTO person (name, display_name, password_hash, host, created)
            SELECT 'author-' || n.i, 'Author ' || n.i, p.password_hash, p.host, p.created
            FROM {authors}, person p WHERE p.name = '{busiest}'""",
        f"""INSERT INTO circle (public_id, owner, name, created)
            SELECT {engine.some_bytes}, p.id, 'Circle ' || n.i, {FIRST_DAY}
            FROM {circles} JOIN person p ON p.name = 'author-' || (1 + n.i % {AUTHORS})""",
    ]


def join_circles(person: str, circles: int) -> str:
    """The person in so many circles, spread over all."""
    return f"""INSERT INTO circle_member (circle, person, joined)
               SELECT c.id, p.id, {FIRST_DAY} FROM person p, circle c
               WHERE p.name = '{person}' AND (c.id * {circles}) % {CIRCLES} < {circles} AND c.id <= {CIRCLES}"""


def block(by: str, person: str) -> str:
    return f"""INSERT INTO block (by_person, person, since) SELECT b.id, p.id, {FIRST_DAY} FROM person b, person p
               WHERE b.name = '{by}' AND p.name = '{person}'"""


def stories(engine: Engine, busiest: str, count: int, notes: str = "") -> list:
    """Statements. With `notes` every story has a gate."""
    found = []
    for first in range(1, count + 1, AT_ONCE):
        last = min(count, first + AT_ONCE - 1)
        numbers = engine.numbers.format(first=first, last=last)
        found += [
            f"""INSERT INTO item (id, kind, author, state, published_at, has_notes, gate, gate_version, sealed)
                SELECT n.i, 0, CASE WHEN n.i % 2 = 0 THEN b.id ELSE a.id + n.i / 2 % {AUTHORS} END, 1, {FIRST_DAY} + n.i * 1000000,
                       {'NOT b.host' if notes else 'b.host'}, {'NOT b.host' if notes else 'b.host'}, 1, b.host
                FROM {numbers}, person b, person a WHERE b.name = '{busiest}' AND a.name = 'author-1'""",
            f"""INSERT INTO story (item, public_id, author, title, lang, body, author_note, notes, topics, comments, version, created, changed)
                SELECT n.i, {engine.some_bytes}, item.author, 'The day it rained, ' || n.i, 'en',
                       'It was raining when we drove home, and neither of us said a word until the bridge.', '', '{notes}', '', 0, 1,
                       item.published_at, item.published_at
                FROM {numbers} JOIN item ON item.id = n.i""",
            f"""INSERT INTO grants (item, grant_key, past_gate, author, published, circle)
                SELECT n.i, CASE WHEN n.i % 2 = 0 THEN 0 WHEN n.i % 10 = 1 THEN 2 ELSE (1 + n.i / 2 % {CIRCLES}) * 8 + 4 END,
                       item.sealed, item.author, item.published_at,
                       CASE WHEN n.i % 2 = 0 OR n.i % 10 = 1 THEN NULL ELSE 1 + n.i / 2 % {CIRCLES} END
                FROM {numbers} JOIN item ON item.id = n.i""",
        ]
    return found
