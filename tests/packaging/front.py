"""A web server in front of Keepsake, as packaging/examples says: what passes through it, and what it writes down."""
import http.client
import json
import re
import ssl

from place import PASSWORD, Place, ask, picture

NAME = "photos.example.org"
SECRET = re.compile(r"/(?:guest|invitation|reset|setup)/([a-z0-9]{40,})")


class Front:
    """Asks the web server at `port` for the name, over TLS or plainly."""

    def __init__(self, port: int, tls: bool = True):
        self.port, self.tls = port, tls

    def ask(self, method: str, path: str, body=None, token: str = "", headers=None) -> tuple:
        if self.tls:
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=trusting, timeout=60)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return ask(connection, method, path, body, token, {"Host": NAME, **(headers or {})})

    def form(self, path: str, fields: str, address: str) -> int:
        """Posts as a browser does from a page of this address; the status."""
        sent = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Origin": address}
        return self.ask("POST", path, fields.encode(), headers=sent)[0]


def furnish(place: Place) -> tuple:
    """(a host's token, the paths of a setup link, an invitation, a link for a new password and a guest link)"""
    setup = "/setup/" + re.search(r"/setup/(\S+)", place.said()).group(1)
    token = place.person("ana")
    story = place.made("/stories", {"title": "The bridge", "body": "It was raining.", "state": "published", "audience": ["public"]}, token)
    guest = place.made(story["url"] + "/links", {"name": "Grandma"}, token)["url"]
    invitation, reset = place.command("invite", "create"), place.command("person", "passwd", "ana")
    return token, story["url"], [setup, *("/" + address.split("/", 3)[3] for address in (invitation, reset, guest))]


def visit(test, front: Front, address: str, token: str, story: str, links: list):
    """Reads, signs in, uploads and opens every link, as browsers do."""
    test.assertEqual(front.ask("GET", story, headers={"Accept": "text/html"})[0], 200)
    test.assertEqual(front.form("/sign-in", "name=ana&password=" + PASSWORD.replace(" ", "+"), address), 303)
    for link in links:
        test.assertEqual(front.ask("GET", link, headers={"Accept": "text/html"})[0], 200, link)
        front.ask("GET", link + "?from=letter", headers={"Referer": address + link})
        front.ask("GET", "/%67uest/" + link.split("/")[2])
        front.ask("GET", "/elsewhere/" + link.split("/")[2] + "/more")
    test.assertEqual(front.form(links[-1], "passphrase=", address), 303)
    test.assertEqual(front.form(links[-1], "x=" + "y" * 3_000_000, address), 413)
    status, said = front.ask("POST", "/photos", picture(), token, {"Content-Type": "image/png"})
    test.assertEqual(status, 201, said)
    test.assertEqual(front.ask("GET", f"/photos/{json.loads(said)['id']}/1024", token=token)[0], 200)


def secrets(links: list) -> list:
    return [SECRET.search(link).group(1) for link in links]
