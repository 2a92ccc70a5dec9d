"""Load by wrk on 127.0.0.1, for a bounded time, and the server's CPU under it."""
import pathlib
import re
import subprocess
import typing

from benchmarks.process import Server

SCRIPTS = pathlib.Path(__file__).resolve().parent / "wrk"


class Load(typing.NamedTuple):
    rate: float  # requests a second
    cpu_us: float  # of the server for each
    requests: int


def wrk(server: Server, path: str, seconds: float, *, clients: int = 64, headers=(), script: str = "", words=()) -> Load:
    """`script` is a file of SCRIPTS, `words` what it is told. Every answer must be a success."""
    command = ["wrk", f"-t{min(clients, 2)}", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(SCRIPTS / script)]
    before = server.cpu_seconds()
    done = subprocess.run([*command, server.url + path, *(["--", *map(str, words)] if words else [])],
                          capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"wrk {path}: {done.stdout} {done.stderr}")
    requests = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1))
    return Load(rate, (server.cpu_seconds() - before) * 1e6 / max(requests, 1), requests)
