"""Caddy as packaging/examples/Caddyfile says, where there is a Caddy."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from front import NAME, Front, furnish, secrets, visit
from place import BINARY, Place, free_port

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "packaging/examples/Caddyfile"


class Caddy:
    def __init__(self, keepsake_port: int):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-caddy-"))
        self.port = free_port()
        self.environment = {**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        text = EXAMPLE.read_text().replace("{\n\tlog default", f"{{\n\tadmin off\n\tauto_https off\n\tlog default", 1)
        text = text.replace(f"{NAME} {{", f"http://{NAME}:{self.port} {{\n\tbind 127.0.0.1", 1)
        text = text.replace("/var/log/caddy/", f"{self.folder}/logs-").replace("127.0.0.1:8080", f"127.0.0.1:{keepsake_port}")
        # The tests cannot have a certificate of that name: what it forwards says so all the same.
        text = re.sub(r"reverse_proxy (\S+)", r"reverse_proxy \1 {\n\t\theader_up X-Forwarded-Proto https\n\t}", text)
        (self.folder / "Caddyfile").write_text(text)

    def validate(self, file: pathlib.Path) -> subprocess.CompletedProcess:
        return subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", file], env=self.environment, capture_output=True, text=True)

    def __enter__(self):
        self.log = open(self.folder / "logs-default", "wb")
        self.process = subprocess.Popen(["caddy", "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"], env=self.environment,
                                        stdout=self.log, stderr=self.log)
        for _ in range(300):
            try:
                Front(self.port, tls=False).ask("GET", "/health")
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise AssertionError("Caddy does not answer")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.folder)

    def written(self) -> str:
        time.sleep(0.5)
        return "".join(file.read_text() for file in self.folder.glob("logs-*"))


@unittest.skipUnless(shutil.which("caddy") and pathlib.Path(BINARY).exists(), "Caddy or the program is not here")
class BehindCaddy(unittest.TestCase):
    def test_pages_work_and_no_secret_is_written_down(self):
        with Place("--public-address", f"https://{NAME}", "--proxies", "127.0.0.1") as place, Caddy(place.port) as caddy:
            token, story, links = furnish(place)
            visit(self, Front(caddy.port, tls=False), f"https://{NAME}", token, story, links)
            place.stop()
            for path in [*links, story]:
                self.assertEqual(Front(caddy.port, tls=False).ask("GET", path)[0], 502)
            written = caddy.written()
            for secret in secrets(links):
                self.assertNotIn(secret[:40], written)
            for expected in ('"/guest/-', '"/setup/-', '"/invitation/-', '"/reset/-', story, "connection refused"):
                self.assertIn(expected, written)

    def test_the_example_is_valid(self):
        text = EXAMPLE.read_text().replace("/var/log/caddy/", tempfile.gettempdir() + "/keepsake-caddy-")
        caddy = Caddy(8080)
        (caddy.folder / "example").write_text(text)
        run = caddy.validate(caddy.folder / "example")
        shutil.rmtree(caddy.folder)
        self.assertEqual(run.returncode, 0, run.stderr)


if __name__ == "__main__":
    unittest.main()
