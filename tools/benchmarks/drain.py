"""drain.py PORT PATH CLIENTS SECONDS [HEADER...]: asks for one large file again and again and prints how often it came.

A client that copies every byte costs more than the server that sends it, and so measures itself. This one has the kernel
throw the bytes away (MSG_TRUNC, tcp(7)) and looks only at each status line; all answers must be as long as the first.
"""
import os
import select
import socket
import sys
import time

MOST_AT_ONCE = 4 << 20


class Client:
    def __init__(self, port: int, asked: bytes, answer_bytes: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked, self.answer_bytes, self.left = asked, answer_bytes, 0

    def ask(self):
        self.socket.sendall(self.asked)
        self.left = self.answer_bytes

    def take(self, scrap: memoryview) -> bool:
        """Whether the answer is whole now."""
        if self.left == self.answer_bytes and self.socket.recv(12, socket.MSG_PEEK)[9:] != b"200":
            raise SystemExit("an answer that is no success")
        taken = self.socket.recv_into(scrap, min(self.left, MOST_AT_ONCE), socket.MSG_TRUNC)
        if taken == 0:
            raise SystemExit("the server hung up")
        self.left -= taken
        return self.left == 0


def length_of_answer(port: int, asked: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(asked)
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(65536)
    head = head.split(b"\r\n\r\n")[0]
    length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    return len(head) + 4 + int(length.split(b":")[1])


def run(port: int, asked: bytes, clients: int, seconds: float) -> int:
    """How many answers came."""
    answer_bytes = length_of_answer(port, asked)
    scrap = memoryview(bytearray(MOST_AT_ONCE))
    waiting = select.epoll()
    by_number = {}
    for _ in range(clients):
        client = Client(port, asked, answer_bytes)
        by_number[client.socket.fileno()] = client
        waiting.register(client.socket, select.EPOLLIN)
        client.ask()
    answers, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for number, _ in waiting.poll(1):
            client = by_number[number]
            if client.take(scrap):
                answers += 1
                client.ask()
    return answers


def main():
    port, path, clients, seconds, *headers = sys.argv[1:]
    lines = "".join(f"{line}\r\n" for line in ["Host: 127.0.0.1", *headers])
    asked = f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode()
    reader, writer = os.pipe()
    halves = [int(clients) - int(clients) // 2, int(clients) // 2]
    for half in filter(None, halves):
        if os.fork() == 0:
            os.write(writer, f"{run(int(port), asked, half, float(seconds))}\n".encode())
            os._exit(0)
    os.close(writer)
    ended = [os.wait()[1] for _ in filter(None, halves)]
    print(sum(map(int, os.read(reader, 4096).split())))
    sys.exit(any(ended))


main()
