"""SQL stands in stores (*_store.cc), in db/ and in tests, nowhere else."""
import re

from checks.tree import Fault

STATEMENT = re.compile(
    r'(?:R"\w*\(|")\s*(?:select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s|'
    r"create\s+(?:table|index|unique)\s|alter\s+table\s|drop\s+table\s|pragma\s)",
    re.I,
)


def check(tree):
    for path in tree.files("src/*.cc", "src/*/*.cc", "src/*/*.h"):
        if path.startswith("src/db/") or path.endswith(("_store.cc", "_test.cc")):
            continue
        text = tree.read(path)
        for match in STATEMENT.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Fault(path, line, "SQL stands in a *_store.cc alone")
