"""Every relative link of a document leads somewhere."""
import re

from checks.tree import Fault

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")


def check(tree):
    for path in tree.files("*.md"):
        for number, line in tree.lines(path):
            for target in LINK.findall(line):
                if not ((tree.root / path).parent / target).exists():
                    yield Fault(path, number, f"links to {target}, which does not exist")
