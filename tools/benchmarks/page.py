"""A public story's page of some 800 words, read by nobody in particular, beside nginx with the same bytes."""
from benchmarks.figure import load_figure, pairs
from benchmarks.keepsake import Keepsake
from benchmarks.load import wrk
from benchmarks.nginx import best_of, headers_of
from benchmarks.process import first_answer

WORDS = ("It was raining when we drove home, and neither of us said a word until the bridge. "
         "The house had been left as it was, two cups on the table, the light still on. ")


def public_story(keepsake: Keepsake) -> str:
    story = {"title": "The bridge", "body": "\n\n".join([WORDS * 3] * 9), "audience": ["public"], "state": "published"}
    return keepsake.made("POST", "/stories", story, keepsake.add_person("storyteller"))["url"]


def figure_of(bench, engine: str, keepsake: Keepsake) -> str:
    path = public_story(keepsake)
    _, headers, body = keepsake.ask("GET", path, Accept="text/html")
    folder = bench.new_folder(f"static-{engine}")
    (folder / "page").write_bytes(body)
    ours = lambda: wrk(keepsake, path, bench.seconds)
    theirs = lambda server: wrk(server, "/page", bench.seconds)
    with best_of(folder, "/page", headers["Content-Type"], headers_of(headers), len(first_answer(keepsake.port, path)),
                 theirs) as nginx:
        ours()
        found = pairs(ours, lambda: theirs(nginx), bench.runs)
    return load_figure(f"a public story's page, anonymous, {engine}", found, "nginx, same bytes, static", ">= 1.0",
                       bytes=len(body))


def figures(bench):
    with bench.engines() as engines:
        for engine, database in engines:
            with Keepsake(bench.new_folder(f"data-{engine}"), database("page")) as keepsake:
                yield figure_of(bench, engine, keepsake)
