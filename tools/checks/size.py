"""No file is longer than 500 lines: it tells more than one story then."""
from checks.tree import Fault

FOLDERS = ("src/", "tests/", "tools/", "frontend/", "cmake/", "templates/", "assets/")


def check(tree):
    for path in tree.files():
        if not path.startswith(FOLDERS) or path.endswith("package-lock.json"):
            continue
        length = tree.read(path).count("\n")
        if length > 500:
            yield Fault(path, 501, f"has {length} lines, more than 500: split it by what it tells")
