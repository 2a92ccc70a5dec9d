"""The real program on a directory of its own, with what readers look at: a public story and a photo of a circle."""
import contextlib
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

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORDS = "It was raining when we drove home, and neither of us said a word until the bridge. "
PASSWORD = "a quiet place by the sea"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def picture(side: int = 640) -> bytes:
    """A PNG of stripes."""
    rows = b"".join(b"\0" + bytes((x * y + x) % 251 for x in range(3 * side)) for y in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class House:
    def __init__(self):
        self.start()
        self.furnish()

    def start(self, stderr=subprocess.DEVNULL) -> None:
        self.binary = os.environ.get("KEEPSAKE_BINARY", str(ROOT / "build/release/keepsake"))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-hostile-"))
        self.port, self.metrics_port = free_port(), free_port()
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data", self.folder, "--port", str(self.port), "--metrics-port", str(self.metrics_port)],
            stdout=subprocess.DEVNULL, stderr=stderr)
        for _ in range(400):
            try:
                if self.ask("GET", "/health")[0] == 200:
                    break
            except OSError:
                time.sleep(0.05)
        else:
            raise SystemExit("keepsake serve does not answer")

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        shutil.rmtree(self.folder)

    def command(self, *words: str, typed: str = "") -> str:
        return subprocess.run([self.binary, *words, "--data", self.folder], input=typed, capture_output=True, text=True,
                              check=True).stdout.strip()

    def ask(self, method: str, path: str, body=None, headers=None, token: str = "") -> tuple:
        """(status, body); one connection a question."""
        sent = {"Accept": "application/json", **(headers or {})}
        if token:
            sent["Authorization"] = "Bearer " + token
        if isinstance(body, dict):
            sent["Content-Type"], body = "application/json", json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def made(self, *asked, **more) -> dict:
        status, body = self.ask(*asked, **more)
        if status != 201:
            raise SystemExit(f"{asked[:2]} was answered {status}: {body[:300]}")
        return json.loads(body)

    def furnish(self) -> None:
        tokens = []
        for name in ("mara", "iris"):
            self.command("person", "add", name, "--password-stdin", typed=PASSWORD + "\n")
            tokens.append(self.command("token", "create", name))
        author, self.reader_token = tokens
        circle = self.made("POST", "/circles", {"name": "Family", "people": ["iris"]}, token=author)["id"]
        photo = self.made("POST", "/photos", picture(), {"Content-Type": "image/png"}, token=author)["id"]
        story = {"title": "The bridge", "body": "\n\n".join([WORDS * 3] * 9), "state": "published"}
        self.public = self.made("POST", "/stories", {**story, "audience": ["public"]}, token=author)["url"]
        self.made("POST", "/stories", {**story, "photos": [{"id": photo}], "audience": ["circle:" + circle]}, token=author)
        self.photo = f"/photos/{photo}/1024"

    def metric(self, name: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics_port, timeout=10)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
        return next(int(float(line.split()[1])) for line in text.splitlines() if line.startswith(name + " "))

    def memory(self) -> float:
        """MiB of the main process that are in memory and its own."""
        fields = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:])
        return int(fields["Pss"].split()[0]) / 1024

    def files(self) -> int:
        """Those open, but for the database's: its pool opens connections when they are wanted, and keeps them."""
        folder, count = f"/proc/{self.process.pid}/fd", 0
        for file in os.listdir(folder):
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                count += "/keepsake.db" not in os.readlink(f"{folder}/{file}")
        return count

    def idle(self, seconds: float) -> bool:
        """Whether no connection but that of the question is left within so many seconds."""
        end = time.monotonic() + seconds
        while self.metric("keepsake_http_connections") > 0:
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True
