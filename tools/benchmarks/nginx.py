"""nginx with the same bytes as static files: open_file_cache on, sendfile, no logs, as many header bytes."""
import contextlib
import os
import pathlib

from benchmarks.process import Server, free_port

OWN_HEADERS = ("date", "content-length", "content-type", "etag", "connection", "accept-ranges", "server", "last-modified")


class Nginx(Server):
    """Gives every file in `folder` with the headers `passed`."""

    def __init__(self, folder: pathlib.Path, path: str, media_type: str, passed: list, workers: int):
        port = free_port()
        place = folder / "nginx"
        place.mkdir(exist_ok=True)
        headers = "\n".join(f'add_header {name} "{value}";' for name, value in passed)
        temporary = " ".join(f"{kind}_temp_path {place};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (place / f"{port}.conf").write_text(f"""
worker_processes {workers}; daemon off; pid {place}/{port}.pid; error_log /dev/null crit;
{"user root;" if os.getuid() == 0 else ""} worker_rlimit_nofile 20000;
events {{ worker_connections 16000; }}
http {{ access_log off; server_tokens off; sendfile on; tcp_nopush on; keepalive_requests 10000000; {temporary}
  open_file_cache max=2000 inactive=10m; types {{ }} default_type '{media_type}';
  server {{ listen 127.0.0.1:{port} reuseport; root {folder}; location / {{ add_header Last-Modified ""; {headers} }} }} }}""")
        super().__init__(["nginx", "-c", place / f"{port}.conf"], port, path)


def headers_of(answer) -> list:
    return [(name, value) for name, value in answer.items() if name.lower() not in OWN_HEADERS]


def as_large(folder: pathlib.Path, path: str, media_type: str, passed: list, workers: int, header_bytes: int) -> Nginx:
    """nginx whose answer has as many header bytes as ours: what is missing or too much comes at the end of the last one."""
    with Nginx(folder, path, media_type, passed, workers) as trial:
        more = header_bytes - len(trial.head) + len("Connection: close") - len("Connection: keep-alive")
    name, value = passed[-1]
    return Nginx(folder, path, media_type, [*passed[:-1], (name, value[:more] if more < 0 else value + "-" * more)], workers)


@contextlib.contextmanager
def best_of(folder: pathlib.Path, path: str, media_type: str, passed: list, header_bytes: int, load):
    """The better of one worker and two, judged by the requests a second that `load(server)` finds."""
    with as_large(folder, path, media_type, passed, 1, header_bytes) as one, \
         as_large(folder, path, media_type, passed, 2, header_bytes) as two:
        yield max((one, two), key=lambda server: load(server).rate)
