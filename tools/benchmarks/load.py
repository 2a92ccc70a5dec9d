"""Load by wrk, or by drain.py for large files, on 127.0.0.1, for a bounded time, and the server's CPU under it."""
import pathlib
import re
import subprocess
import sys
import typing

from benchmarks.process import Server

HERE = pathlib.Path(__file__).resolve().parent


class Load(typing.NamedTuple):
    rate: float  # requests a second
    cpu_us: float  # of the server for each
    requests: int


def wrk(server: Server, path: str, seconds: float, *, clients: int = 64, headers=(), script: str = "", words=()) -> Load:
    """`script` is a file of wrk/, `words` what it is told. Every answer must be a success."""
    command = ["wrk", f"-t{min(clients, 2)}", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(HERE / "wrk" / script)]
    before = server.cpu_seconds()
    done = subprocess.run([*command, server.url + path, *(["--", *map(str, words)] if words else [])],
                          capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"wrk {path}: {done.stdout} {done.stderr}")
    requests = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1))
    return Load(rate, (server.cpu_seconds() - before) * 1e6 / max(requests, 1), requests)


def drain(server: Server, path: str, seconds: float, *, clients: int = 16, headers=()) -> Load:
    """For large answers (drain.py): the client throws the bytes away without a copy."""
    before = server.cpu_seconds()
    done = subprocess.run([sys.executable, HERE / "drain.py", str(server.port), path, str(clients), str(seconds), *headers],
                          capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise SystemExit(f"drain {path}: {done.stdout} {done.stderr}")
    requests = int(done.stdout)
    return Load(requests / seconds, (server.cpu_seconds() - before) * 1e6 / max(requests, 1), requests)
