"""Remembers what was found in order, so that a file is looked at again only when something it depends on changed.
A stamp is an empty file in ~/.cache/keepsake-checks, named by a hash of all that."""
import hashlib
import os
import pathlib
import re

QUOTED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def closure(root: pathlib.Path, source: pathlib.Path) -> list:
    """The source and every header of ours it takes, directly or not."""
    seen, waiting = set(), [source]
    while waiting:
        file = waiting.pop()
        if file in seen or not file.exists():
            continue
        seen.add(file)
        for name in QUOTED.findall(file.read_text(errors="replace")):
            waiting += [root / "src" / name, root / "tests" / name]
    return sorted(seen)


def stamp(root: pathlib.Path, source: str, rules: str) -> pathlib.Path:
    """Where it is remembered that `source` was in order under these rules. Touch it to remember."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "keepsake-checks"
    cache.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(rules.replace(str(root), "").encode())
    for file in closure(root, root / source):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return cache / digest.hexdigest()
