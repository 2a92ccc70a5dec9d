"""Memory of the main process: idle, under load, and with ten thousand idle plain connections."""
import contextlib
import resource
import socket
import threading

from benchmarks.figure import figure
from benchmarks.keepsake import Keepsake
from benchmarks.load import drain, wrk
from benchmarks.nginx import Nginx
from benchmarks.page import public_story
from benchmarks.pictures import draw
from benchmarks.process import Server
from benchmarks.rendition import Behind, Size

CONNECTIONS = 10_000
OF_ONE_ADDRESS = 2_000
DESCRIPTORS = CONNECTIONS + 1_000


def allow_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < DESCRIPTORS:
        raise SystemExit(f"{CONNECTIONS:,} connections need a hard limit of {DESCRIPTORS:,} open files (ulimit -Hn); it is {hard:,}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, hard))


@contextlib.contextmanager
def idle_connections(server: Server):
    """Each has had one answer, so that the server has taken it. From several addresses: no one is given all places."""
    with contextlib.ExitStack() as all_of_them:
        for number in range(CONNECTIONS):
            own = (f"127.0.1.{1 + number // OF_ONE_ADDRESS}", 0)
            connection = all_of_them.enter_context(socket.create_connection(("127.0.0.1", server.port), 10, own))
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
                raise SystemExit("a connection was refused")
        yield


def both_loads(bench, keepsake: Keepsake, page: str, behind: Behind):
    """Pages and renditions at once."""
    photos = [threading.Thread(target=drain, args=(keepsake, path, bench.seconds), kwargs={"headers": behind.headers})
              for path in behind.paths.values()]
    for thread in photos:
        thread.start()
    wrk(keepsake, page, bench.seconds)
    for thread in photos:
        thread.join()


def nginx_figures(bench) -> dict:
    static = bench.new_folder("static")
    (static / "robots.txt").write_bytes(b"x" * 200)
    with Nginx(static, "/robots.txt", "text/plain", [("X-A", "b")], 2) as nginx:
        found = {"idle": nginx.shared_memory_mib()}
        wrk(nginx, "/robots.txt", bench.seconds)
        found["load"] = nginx.shared_memory_mib()
        with idle_connections(nginx):
            found["connections"] = nginx.shared_memory_mib()
    return found


def figures(bench):
    allow_descriptors()
    nginx = nginx_figures(bench)
    drawn = bench.new_folder("drawn")
    photos = {size: draw(drawn / f"{size.side}.jpg", size.side, size.side, grain=size.grain) for size in (Size("", 1300, 6), Size("", 2100, 130))}

    def row(name: str, what: str, mib: float, goal: str, **more) -> str:
        return figure(f"memory, {name}", mib, "MiB", f"nginx, two workers: {nginx[what]:.1f} MiB", mib / nginx[what], goal=goal,
                      goal_of="value", **more)

    with Keepsake(bench.new_folder("data")) as keepsake:
        page, behind = public_story(keepsake), Behind(keepsake, photos)
    with Keepsake(keepsake.data) as keepsake:
        yield row("idle", "idle", keepsake.memory_mib(), "<= 32")
        keepsake.forget_peak()
        both_loads(bench, keepsake, page, behind)
        yield row("under load, the most", "load", keepsake.memory_mib("VmHWM"), "<= 64")
    with Keepsake(keepsake.data) as keepsake:
        wrk(keepsake, page, bench.seconds)
        with idle_connections(keepsake):
            yield row(f"{CONNECTIONS:,} idle connections", "connections", keepsake.memory_mib(), "<= 64")
