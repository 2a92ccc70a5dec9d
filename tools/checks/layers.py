"""Every module includes only what CMakeLists.txt grants it: modules below it, and its own libraries."""
import re
import subprocess

from checks.tree import Fault


def check(tree):
    known = set()
    for module in tree.modules():
        for used in module.uses:
            if used not in known:
                yield Fault("CMakeLists.txt", module.line, f"{module.name} uses {used}, which does not stand above it")
        known.add(module.name)
        run = subprocess.run(
            [tree.root / "tools/check-includes", tree.root / "src", module.name, ";".join(module.uses), ";".join(module.libraries)],
            capture_output=True, text=True,
        )
        for path, line, sentence in re.findall(r"^(.*?):(\d+): (.*)$", run.stderr, re.M):
            yield Fault(path.removeprefix(f"{tree.root}/"), int(line), sentence)
    for path in tree.files("src/*/*"):
        if path.split("/")[1] not in known:
            yield Fault(path, 1, "belongs to no module of CMakeLists.txt")
