"""Nothing in the project names one machine's paths or a package registry's host; lock files carry no addresses."""
import re

from checks.tree import Fault

# Written in two halves so that this file does not find itself.
RULES = (
    (re.compile(r"(?<![\w.])/(?:wo" r"rk|fa" r"rm|home/\w+|Users/\w+)/"), "names a path of one machine"),
    (re.compile(r"registry\.npm" r"js|registry\.yarn" r"pkg|pypi\.o" r"rg|deb\.deb" r"ian\.org|snapshot\.deb" r"ian"),
     "names the host of a package registry"),
)
RESOLVED = re.compile(r'"resolved"\s*:\s*"|^\s+resolved ')


def check(tree):
    for path in tree.files():
        if path.endswith((".png", ".jpg", ".woff2")):
            continue
        for number, line in tree.lines(path):
            for rule, sentence in RULES:
                if rule.search(line):
                    yield Fault(path, number, sentence)
            if path.endswith(("package-lock.json", "yarn.lock", "pnpm-lock.yaml")) and RESOLVED.search(line):
                yield Fault(path, number, "carries a download address: the registry is set where it is installed, not here")
