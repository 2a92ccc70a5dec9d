"""The program under test, on a directory of its own, and what a bench asks of it."""
import contextlib
import http.client
import json
import pathlib
import subprocess

from benchmarks.process import Server, free_port

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = ROOT / "build/release/keepsake"
PASSWORD = "a password for measuring"


class Keepsake(Server):
    """`database` is a postgresql:// address, or empty for SQLite. Logs are off, as they are on the other side."""

    def __init__(self, data: pathlib.Path, database: str = "", environment: dict = {}):
        port = free_port()
        self.data = data
        self.where = where(data, database)
        super().__init__([BINARY, "serve", *self.where, "--port", port, "--log-level", "error"], port, "/health",
                         environment)

    def command(self, *words: str, typed: str = "") -> str:
        return command(self.where, *words, typed=typed)

    def add_person(self, name: str) -> str:
        return add_person(self.where, name)

    def ask(self, method: str, path: str, body=None, token: str = "", **headers):
        """(status, headers, bytes). A dict is sent as JSON."""
        asked = {"Accept": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            asked["Authorization"] = f"Bearer {token}"
        if isinstance(body, dict):
            body, asked["Content-Type"] = json.dumps(body), "application/json"
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request(method, path, body, asked)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def made(self, method: str, path: str, body=None, token: str = "", **headers) -> dict:
        """What the answer to a request that must succeed says."""
        status, _, said = self.ask(method, path, body, token, **headers)
        if status not in (200, 201, 204):
            raise SystemExit(f"{method} {path}: {status} {said[:300]}")
        return json.loads(said) if said else {}

    def add_photo(self, token: str, photo: bytes, media_type: str = "image/jpeg") -> str:
        return self.made("POST", "/photos", photo, token, Content_Type=media_type)["id"]


def where(data: pathlib.Path, database: str) -> list:
    return ["--data", str(data), *(["--database", database] if database else [])]


def command(place: list, *words: str, typed: str = "") -> str:
    done = subprocess.run([BINARY, *words, *place], input=typed, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"keepsake {' '.join(words[:2])}: {done.stderr or done.stdout}")
    return done.stdout.strip()


def add_person(place: list, name: str) -> str:
    """Their token."""
    command(place, "person", "add", name, "--password-stdin", typed=PASSWORD + "\n")
    return command(place, "token", "create", name)
