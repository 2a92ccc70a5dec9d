"""`keepsake verify` over a folder of blobs, beside openssl's SHA-256 of the very same files, all of them in memory already.

Large files first, then many small ones beside them. Keepsake opens every chunk (AES-256-GCM) and takes the SHA-256 of every
original besides, which all of these are, by two threads; openssl takes the SHA-256 alone, by one. So CPU stands beside it.
"""
import json
import os
import pathlib
import resource
import subprocess
import time
import typing

from benchmarks.figure import figure, median, median_ratio, pairs, rounded
from benchmarks.keepsake import BINARY, Keepsake, where


class Kind(typing.NamedTuple):
    name: str
    files: int
    size: int  # bytes of each


FILM = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"  # what begins so is kept, and not decoded
KINDS = (Kind("40 files of 6 MB", 40, 6_000_000), Kind("the same and 2,500 of 40 KB", 2500, 40_000))


class Took(typing.NamedTuple):
    seconds: float
    cpu: float


def took(command: list) -> tuple:
    """(Took, what it printed)"""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(word) for word in command], capture_output=True, check=True)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout


def fill(keepsake: Keepsake, token: str, kind: Kind):
    for _ in range(kind.files):
        keepsake.add_photo(token, FILM + os.urandom(kind.size - len(FILM)), "application/octet-stream")


def blobs_of(data: pathlib.Path) -> list:
    return sorted(file for file in (data / "blobs").rglob("*") if file.is_file())


def ours(data: pathlib.Path, files: int) -> Took:
    run, said = took([BINARY, "verify", "--json", *where(data, "")])
    verified = json.loads(said)
    if not verified["sound"] or verified["files"] != files:
        raise SystemExit(f"verify did not read all {files} files and find them whole: {said[:300]}")
    return run


def theirs(files: list) -> Took:
    return took(["openssl", "dgst", "-sha256", *files])[0]


def row(data: pathlib.Path, name: str, runs: int) -> str:
    files = blobs_of(data)
    size = sum(file.stat().st_size for file in files)
    ours(data, len(files)), theirs(files)  # everything is in memory after this
    found = pairs(lambda: ours(data, len(files)), lambda: theirs(files), runs)
    rate = lambda run: size / 1e6 / run.seconds
    return figure(f"verify, {name}", median(rate(one) for one, _ in found), "MB/s",
                  f"openssl dgst -sha256, one thread: {rounded(median(rate(other) for _, other in found))}",
                  median_ratio(found, rate), cpu_seconds=rounded(median(one.cpu for one, _ in found)),
                  cpu_ratio=round(median_ratio(found, lambda run: run.cpu), 2), bytes=size,
                  ratios=[round(rate(one) / rate(other), 2) for one, other in found])


def figures(bench):
    data, token = bench.new_folder("data"), ""
    for kind in KINDS:
        with Keepsake(data) as keepsake:
            token = token or keepsake.add_person("author")
            fill(keepsake, token, kind)
        yield row(data, kind.name, bench.runs)
