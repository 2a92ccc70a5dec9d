"""Whatever one sends, everybody else is answered, memory has a bound, and afterwards nothing of it is left."""
import os
import resource
import socket
import time
import unittest

from attacks import HOST, addresses, opened, send
from house import House

MOST_MEMORY = 160  # MiB of the main process, under any of these


def answers_to(port: int, text: bytes) -> bytes:
    """All that is answered until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=40) as connection:
        connection.sendall(text)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        cls.house = House()

    @classmethod
    def tearDownClass(cls):
        cls.house.end()

    def setUp(self):
        self.held, self.files = [], self.house.files()

    def tearDown(self):
        for connection in self.held:
            connection.close()
        self.assertTrue(self.house.idle(30), "every connection comes to its end")
        self.assertLessEqual(self.house.files(), self.files + 8)

    def open(self, count: int, text: bytes, buffer: int = 0) -> None:
        sources = addresses(20)
        for _ in range(count):
            self.held.append(opened(self.house.port, next(sources), buffer))
            send(self.held[-1], text)

    def everybody_else_is_answered(self) -> None:
        for _ in range(20):
            self.assertEqual(self.house.ask("GET", self.house.public)[0], 200)
            self.assertEqual(self.house.ask("GET", self.house.photo, token=self.house.reader_token)[0], 200)
        self.assertLess(self.house.memory(), MOST_MEMORY)

    def test_slow_heads(self):
        self.open(2000, f"GET / HTTP/1.1\r\n{HOST}X-Long: {'a' * 12000}".encode())
        self.everybody_else_is_answered()

    def test_slow_bodies_of_many_and_uploads_of_others(self):
        head = f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n"
        for _ in range(300):  # of one address
            self.held.append(opened(self.house.port, "127.0.0.9"))
            send(self.held[-1], head.encode())
        self.everybody_else_is_answered()
        story = {"title": "Long", "body": "word " * 20_000}
        self.assertEqual(self.house.ask("POST", "/stories", story, token=self.house.reader_token)[0], 201)

    def test_slow_readers(self):
        self.open(800, f"GET {self.house.public} HTTP/1.1\r\n{HOST}\r\n".encode() * 60, 2048)
        self.everybody_else_is_answered()

    def test_many_connections(self):
        self.open(6000, b"")
        self.everybody_else_is_answered()

    def test_pipelining(self):
        asked = f"GET {self.house.public} HTTP/1.1\r\n{HOST}\r\n".encode()
        last = f"GET /health HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode()
        answer = answers_to(self.house.port, asked * 200 + last)
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK\r\n"), 201)
        self.everybody_else_is_answered()

    def test_a_body_without_end(self):
        head = f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        connection = opened(self.house.port, "127.0.0.9")
        self.held.append(connection)
        connection.settimeout(30)
        sent = 0
        try:
            connection.sendall(head)
            while sent < 64 << 20:
                connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")
                sent += 4096
        except OSError:
            pass
        self.assertLess(sent, 32 << 20)
        self.everybody_else_is_answered()

    def test_guesses_without_end(self):
        sources = addresses(30)
        for number in range(600):
            body = f"name=guess{number}&password=not-this-one"
            self.held.append(opened(self.house.port, next(sources)))
            send(self.held[-1], f"POST /sign-in HTTP/1.1\r\n{HOST}Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        self.everybody_else_is_answered()


class Log(unittest.TestCase):
    def test_whoever_reads_it_can_stand_still(self):
        house = House.__new__(House)
        reading, writing = os.pipe()  # nobody reads
        try:
            House.start(house, stderr=writing)
            text = f"GET /health HTTP/1.1\r\n{HOST}\r\n".encode() * 500
            last = f"GET /health HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode()
            for _ in range(24):
                self.assertEqual(answers_to(house.port, text + last).count(b"200 OK"), 501)
            self.assertGreater(house.metric("keepsake_log_lines_dropped_total"), 0)
        finally:
            os.close(writing)
            begin = time.monotonic()
            house.end()
            os.close(reading)
        self.assertLess(time.monotonic() - begin, 20)


if __name__ == "__main__":
    unittest.main()
