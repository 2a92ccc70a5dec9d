"""The real program on a directory of its own, as hosts run it."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("KEEPSAKE_BINARY", str(ROOT / "build/release/keepsake"))
PASSWORD = "a quiet place by the sea"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def picture(width: int = 640, height: int = 480, seed: int = 1) -> bytes:
    """A PNG whose every pixel differs from the next."""
    line = bytes((at * at * seed + at) % 251 for at in range(3 * width + height))
    rows = b"".join(b"\0" + line[y:y + 3 * width] for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


class Place:
    """To be used by `with`. `before`: what runs the program, given before it; `more`: further arguments of serve."""

    def __init__(self, *more: str, before=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-place-"))
        self.data, self.port = self.folder / "data", free_port()
        self.more, self.before = list(more), list(before)
        self.log = open(self.folder / "log", "wb+")

    def __enter__(self):
        self.process = subprocess.Popen(
            [*self.before, BINARY, "serve", "--data", self.data, "--port", str(self.port), *self.more],
            stdout=self.log, stderr=self.log)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                if self.ask("GET", "/health")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise AssertionError("keepsake serve does not answer: " + self.said())

    def __exit__(self, *_):
        self.stop()
        self.said_last = self.said()
        self.log.close()
        shutil.rmtree(self.folder)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def said(self) -> str:
        return pathlib.Path(self.log.name).read_text() if pathlib.Path(self.log.name).exists() else ""

    def command(self, *words: str, typed: str = "") -> str:
        run = subprocess.run([BINARY, *words, "--data", self.data], input=typed, capture_output=True, text=True)
        if run.returncode:
            raise AssertionError(run.stderr)
        return run.stdout.strip()

    def person(self, name: str) -> str:
        """Their token."""
        self.command("person", "add", name, "--password-stdin", typed=PASSWORD + "\n")
        return self.command("token", "create", name)

    def ask(self, method: str, path: str, body=None, token: str = "", headers=None) -> tuple:
        """(status, body)"""
        return ask(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120), method, path, body, token, headers)

    def made(self, path: str, body, token: str, headers=None) -> dict:
        status, said = self.ask("POST", path, body, token, headers)
        if status != 201:
            raise AssertionError(f"POST {path} was answered {status}: {said[:300]}")
        return json.loads(said)

    def add_photo(self, token: str, photo: bytes, kind: str = "image/png") -> str:
        return self.made("/photos", photo, token, {"Content-Type": kind})["id"]

    def pids(self) -> list:
        """The server's and its workers'."""
        found = [self.process.pid]
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                parent = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]
            except OSError:
                continue
            if int(parent) == self.process.pid:
                found.append(int(pid))
        return found


def ask(connection, method: str, path: str, body=None, token: str = "", headers=None) -> tuple:
    sent = {"Accept": "application/json", **(headers or {})}
    if token:
        sent["Authorization"] = "Bearer " + token
    if isinstance(body, dict):
        sent["Content-Type"], body = "application/json", json.dumps(body)
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
