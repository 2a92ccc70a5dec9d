"""The real server under the recorder: started, spoken with, killed together with its photo workers."""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("KEEPSAKE_BINARY", str(ROOT / "build/release/keepsake"))
LIBRARY = os.environ.get("KEEPSAKE_SHADOW", str(ROOT / "build/release/libshadow.so"))
PASSWORD = "a quiet place by the sea"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The server with its data in `root`/data. With a record, what it does to `root` is written there; `forgets`
    names the syncs to lose (shadow.cc)."""

    def __init__(self, root: str, record: str | None = None, forgets: str = ""):
        self.data = os.path.join(root, "data")
        self.port = free_port()
        self.environment = dict(os.environ)
        if record:
            self.environment |= {
                "LD_PRELOAD": LIBRARY, "SHADOW_ROOT": root, "SHADOW_RECORD": record, "SHADOW_FORGETS": forgets,
            }
        self.process = None
        self.printed = root + ".printed"

    def begin(self):
        with open(self.printed, "ab") as printed:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--data", self.data, "--port", str(self.port)],
                env=self.environment, stdout=printed, stderr=printed,
            )

    def start(self):
        """Begins it and returns once it answers."""
        self.begin()
        for _ in range(400):
            if self.process.poll() is not None:
                break
            try:
                if Client(self.port).ask("GET", "/health").status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        printed = pathlib.Path(self.printed).read_text(errors="replace")
        raise Lost(f"the server does not start again:\n{printed[-2000:]}")

    def end(self, how=signal.SIGKILL):
        """Ends the server and, at once, whatever it started."""
        if self.process is None:
            return
        for process in [self.process.pid, *children(self.process.pid)]:
            try:
                os.kill(process, how)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process = None

    def command(self, words: list, typed: str = "") -> str:
        """Another command on the same data, beside the server; its output."""
        run = subprocess.run(
            [BINARY, *words, "--data", self.data], env=self.environment, input=typed, capture_output=True, text=True
        )
        if run.returncode:
            raise RuntimeError(f"keepsake {' '.join(words)}: {run.stderr}")
        return run.stdout.strip()

    def person(self, name: str) -> str:
        """Makes a person; their token."""
        self.command(["person", "add", name, "--password-stdin"], PASSWORD)
        return self.command(["token", "create", name])


def children(process: int) -> list:
    try:
        lists = pathlib.Path(f"/proc/{process}/task").glob("*/children")
        return [int(child) for one in lists for child in one.read_text().split()]
    except FileNotFoundError:
        return []


class Lost(Exception):
    """Something that was acknowledged is not there, or not whole."""


class Unexpected(Exception):
    """The server behaved as no server should, whatever was lost."""


class Answer:
    def __init__(self, status: int, content: bytes, location: str = ""):
        self.status, self.bytes, self.location = status, content, location

    @property
    def json(self) -> dict:
        return json.loads(self.bytes)


class Client:
    """A program that speaks JSON with the server as one person, or as nobody. One thread each. Its connection ends
    with it."""

    def __init__(self, port: int, token: str = ""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = token

    def __del__(self):
        self.connection.close()

    def ask(self, method: str, path: str, body=None, kind: str = "application/json", more: dict = {}) -> Answer:
        headers = {"Accept": "application/json", **more}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if body is not None:
            headers["Content-Type"] = kind
            body = body if isinstance(body, bytes) else json.dumps(body)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.read(), answer.getheader("Location", ""))
        except (http.client.HTTPException, OSError) as gone:
            self.connection.close()
            raise ConnectionError(str(gone)) from gone
