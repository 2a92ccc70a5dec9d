"""Every route is a row<Guard>(...) of src/web/routes*.cc, and stands as "METHOD /pattern" in the leak matrix
(tests/journeys/leak_matrix*.ts), which asks for it as every kind of viewer."""
import re

from checks.tree import Fault, Skipped

ROW = re.compile(r'\brow<\s*([\w:]+)\s*>\(\s*(?:http::)?Method::(\w+)\s*,\s*"([^"]+)"')
UNNAMED = re.compile(r"\brow\(\s*(?:http::)?Method::")
BY_HAND = re.compile(r"\bRoute\s*\{|\bRoute\s+\w+\s*[{;=(]")


def routes(tree) -> list:
    """(path, line, "GET /stories/{id}") of every row."""
    found = []
    for path in tree.files("src/web/routes*.cc"):
        text = tree.read(path)
        for match in ROW.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            method = {"del": "DELETE"}.get(match.group(2), match.group(2).upper())
            found.append((path, line, f"{method} {match.group(3)}"))
    return found


def check(tree):
    for path in tree.files("src/web/*.cc", "src/app/*.cc"):
        if path.endswith(("/route.cc", "_test.cc")):
            continue
        for number, line in tree.lines(path):
            if BY_HAND.search(line):
                yield Fault(path, number, "makes a route by hand: only row<Guard>(...) asks for a guard")
            if UNNAMED.search(line):
                yield Fault(path, number, "a row names its guard: row<Guard>(...)")
    matrix = "".join(tree.read(path) for path in tree.files("tests/journeys/leak_matrix*.ts"))
    found = routes(tree)
    if found and not matrix:
        raise Skipped("tests/journeys/leak_matrix*.ts is not there")
    for path, line, route in found:
        if f'"{route}"' not in matrix:
            yield Fault(path, line, f'"{route}" stands in no leak matrix (tests/journeys/leak_matrix*.ts)')
