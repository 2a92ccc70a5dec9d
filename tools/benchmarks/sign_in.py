"""People who sign in, a few at a time, beside the same argon2id by itself.

The pool of passwords lets two hash at once (19 MiB each), so the yardstick is two threads of libsodium. What a sign-in costs
beyond that is HTTP, the account read, and a session that is durable before the answer goes out.
"""
import ctypes
import ctypes.util
import sqlite3
import threading
import time

from benchmarks.figure import load_figure, pairs
from benchmarks.keepsake import PASSWORD, Keepsake, add_person, where
from benchmarks.load import Load, wrk

PEOPLE = 8
AT_ONCE = 2


class Argon2id:
    def __init__(self, known: str):
        self.sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        self.sodium.sodium_init()
        self.known, self.password = known.encode(), PASSWORD.encode()

    def verify_until(self, end: float, counts: list):
        count = 0
        while time.monotonic() < end:
            if self.sodium.crypto_pwhash_str_verify(self.known, self.password, ctypes.c_ulonglong(len(self.password))):
                raise SystemExit("the password does not fit")
            count += 1
        counts.append(count)

    def load(self, seconds: float) -> Load:
        before, begin, counts = time.process_time(), time.monotonic(), []
        threads = [threading.Thread(target=self.verify_until, args=(begin + seconds, counts)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Load(sum(counts) / (time.monotonic() - begin), (time.process_time() - before) * 1e6 / sum(counts), sum(counts))


def figures(bench):
    data = bench.new_folder("data")
    names = [f"person-{number}" for number in range(PEOPLE)]
    for name in names:
        add_person(where(data, ""), name)
    with sqlite3.connect(data / "keepsake.db") as db:
        argon2id = Argon2id(db.execute("SELECT password_hash FROM person WHERE name = ?", names[:1]).fetchone()[0])
    db.close()
    with Keepsake(data) as keepsake:
        ours = lambda: wrk(keepsake, "/sign-in", bench.seconds, clients=4, script="sign_in.lua", words=(PASSWORD, *names))
        theirs = lambda: argon2id.load(bench.seconds)
        ours()
        yield load_figure("sign-in, 4 clients", pairs(ours, theirs, bench.runs), "the same argon2id in two threads", None)
