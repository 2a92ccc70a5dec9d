"""nginx as packaging/examples/nginx.conf says: pages, forms, photos and links work behind it, and no link's secret comes
into its logs, not even while Keepsake is away."""
import getpass
import http.client
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

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "packaging/examples/nginx.conf"


class Nginx:
    def __init__(self, keepsake_port: int):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-nginx-"))
        self.port, self.plain_port = free_port(), free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", f"/CN={NAME}", "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"], check=True, capture_output=True)
        (self.folder / "nginx.conf").write_text(self.configuration(keepsake_port))

    def configuration(self, keepsake_port: int) -> str:
        """The example, with ports and files of this test alone."""
        text = EXAMPLE.read_text()
        for was, now in {
            r"listen \[::\]:.*": "",
            r"listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            r"listen 443 ": f"listen 127.0.0.1:{self.port} ",
            r"/etc/letsencrypt/live/\S+/fullchain.pem": f"{self.folder}/cert.pem",
            r"/etc/letsencrypt/live/\S+/privkey.pem": f"{self.folder}/key.pem",
            r"/var/log/nginx/": f"{self.folder}/logs-",
            r"root /var/www/html;": f"root {self.folder}/www;",
            r"127\.0\.0\.1:8080": f"127.0.0.1:{keepsake_port}",
        }.items():
            text, count = re.subn(was, now, text)
            if not count:
                raise AssertionError(f"the example has no {was}")
        temporary = " ".join(f"{kind}_temp_path {self.folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return (f"daemon off; pid {self.folder}/pid; error_log {self.folder}/logs-start.log; user {getpass.getuser()};"
                f"events {{}} http {{ {temporary} access_log {self.folder}/logs-default.log;\n{text}\n}}")

    def test(self) -> subprocess.CompletedProcess:
        return subprocess.run(["nginx", "-t", "-c", self.folder / "nginx.conf"], capture_output=True, text=True)

    def __enter__(self):
        self.process = subprocess.Popen(["nginx", "-c", self.folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                Front(self.port).ask("GET", "/health")
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise AssertionError("nginx does not answer")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def plainly(self, path: str) -> tuple:
        """(status, where it leads, the answer's text unless it leads elsewhere), asked without TLS"""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        connection.request("GET", path, headers={"Host": NAME})
        answer = connection.getresponse()
        leads, text = answer.headers["Location"], answer.read()
        connection.close()
        return answer.status, leads, b"" if leads else text

    def written(self) -> str:
        time.sleep(0.3)
        return "".join(file.read_text() for file in self.folder.glob("logs-*"))


@unittest.skipUnless(shutil.which("nginx") and pathlib.Path(BINARY).exists(), "nginx or the program is not here")
class BehindNginx(unittest.TestCase):
    def place(self, *more: str) -> Place:
        return Place("--public-address", f"https://{NAME}", *more)

    def test_pages_work_and_no_secret_is_written_down(self):
        with self.place("--proxies", "127.0.0.1") as place, Nginx(place.port) as nginx:
            self.assertEqual(nginx.test().returncode, 0, nginx.test().stderr)
            token, story, links = furnish(place)
            visit(self, Front(nginx.port), f"https://{NAME}", token, story, links)
            self.assertEqual(nginx.plainly(links[-1]), (301, f"https://{NAME}{links[-1]}", b""))
            place.stop()
            for link in links:
                self.assertEqual(Front(nginx.port).ask("GET", link)[0], 502)
            self.assertEqual(Front(nginx.port).ask("GET", story)[0], 502)
            written = nginx.written()
            for secret in secrets(links):
                self.assertNotIn(secret[:40], written)
                self.assertNotIn(secret[:40], place.said().replace("Open this link once to become it:\n", "").split("\n", 3)[3])
            for expected in ('"GET /guest/-"', '"GET /setup/-"', '"GET /invitation/-"', '"GET /reset/-"', f'"GET {story}"', "Connection refused"):
                self.assertIn(expected, written)
            self.assertNotIn("forwarded headers not believed", place.said())

    def test_a_certificate_can_be_renewed(self):
        with Nginx(1) as nginx:
            challenges = nginx.folder / "www/.well-known/acme-challenge"
            challenges.mkdir(parents=True)
            (challenges / "token").write_text("as it was asked for")
            self.assertEqual(nginx.plainly("/.well-known/acme-challenge/token"), (200, None, b"as it was asked for"))

    def test_a_proxy_that_keepsake_was_not_told_of_is_not_believed(self):
        with self.place() as place, Nginx(place.port) as nginx:
            _, story, _ = furnish(place)
            self.assertEqual(Front(nginx.port).ask("GET", story)[0], 403)
            self.assertIn("forwarded headers not believed", place.said())


if __name__ == "__main__":
    unittest.main()
