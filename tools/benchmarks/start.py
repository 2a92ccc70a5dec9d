"""From the start of the program to its first answer, on a directory that was served before and has its host."""
from benchmarks.figure import figure, median, median_ratio, pairs
from benchmarks.keepsake import PASSWORD, Keepsake, command, where
from benchmarks.nginx import Nginx

STARTS = 3  # in one run


def started_in(start) -> float:
    """Milliseconds, the median of a few starts."""
    found = []
    for _ in range(STARTS):
        with start() as server:
            found.append(server.started_in * 1e3)
    return median(found)


def figures(bench):
    static = bench.new_folder("static")
    (static / "file").write_bytes(b"here")
    with bench.engines() as engines:
        for engine, database in engines:
            data, address = bench.new_folder(f"data-{engine}"), database("start")
            ours = lambda: started_in(lambda: Keepsake(data, address))
            theirs = lambda: started_in(lambda: Nginx(static, "/file", "text/plain", [("X-A", "b")], 1))
            ours()
            command(where(data, address), "person", "add", "mara", "--host", "--password-stdin", typed=PASSWORD + "\n")
            found = pairs(ours, theirs, bench.runs)
            yield figure(f"start to first answer, {engine}", median(one for one, _ in found), "ms",
                         f"nginx: {median(other for _, other in found):.1f} ms", median_ratio(found), goal="<= 60", goal_of="value",
                         values=[round(one, 1) for one, _ in found])
