"""What the embed of help asks for on the page of a newsroom, beside nginx with the same bytes."""
from benchmarks.figure import load_figure, pairs
from benchmarks.keepsake import Keepsake
from benchmarks.load import wrk
from benchmarks.nginx import best_of, headers_of
from benchmarks.process import first_answer

PATH = "/help/embed?country=NZ&topic=pregnancy-loss"


def figures(bench):
    with Keepsake(bench.new_folder("data-embed")) as keepsake:
        _, headers, body = keepsake.ask("GET", PATH)
        folder = bench.new_folder("static-embed")
        (folder / "embed").write_bytes(body)
        ours = lambda: wrk(keepsake, PATH, bench.seconds)
        theirs = lambda server: wrk(server, "/embed", bench.seconds)
        with best_of(folder, "/embed", headers["Content-Type"], headers_of(headers),
                     len(first_answer(keepsake.port, PATH)), theirs) as nginx:
            ours()
            found = pairs(ours, lambda: theirs(nginx), bench.runs)
        yield load_figure("help on the page of a newsroom", found, "nginx, same bytes, static", ">= 1.0", bytes=len(body))
