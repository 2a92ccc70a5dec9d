"""clang-tidy 19 finds nothing by .clang-tidy. A file is checked again only when it, one of our headers it takes,
its compile command or the rules changed; tests are left out."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess

from checks import compiler, stamps
from checks.tree import Fault, Skipped

MESSAGE = re.compile(r"^(/[^:]+):(\d+):\d+: (?:warning|error): (.*)$", re.M)


def faults_in(program: str, root: pathlib.Path, source: str, words: list) -> list:
    run = subprocess.run(
        [program, "--quiet", f"--header-filter={re.escape(str(root))}/src/.*", source, "--", *compiler.front_flags(words)],
        cwd=root, capture_output=True, text=True,
    )
    found = [Fault(os.path.relpath(path, root), int(line), message) for path, line, message in MESSAGE.findall(run.stdout)]
    if run.returncode and not found:
        found = [Fault(source, 1, "clang-tidy stopped: " + run.stderr.strip()[-300:])]
    return found


def check(tree):
    program = shutil.which("clang-tidy-19")
    if not program:
        raise Skipped("clang-tidy-19 is not installed")
    rules = "tidy 19" + tree.read(".clang-tidy")
    built = compiler.commands(tree)
    waiting = {}
    for path in tree.files("src/*.cc", "src/*/*.cc"):
        if path in built and not path.endswith("_test.cc"):
            remembered = stamps.stamp(tree.root, path, f"{rules} {compiler.front_flags(built[path])}")
            if not remembered.exists():
                waiting[path] = remembered
    seen = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, faults in zip(waiting, pool.map(lambda p: faults_in(program, tree.root, p, built[p]), waiting)):
            if not faults:
                waiting[path].touch()
            yield from (fault for fault in faults if fault not in seen)
            seen.update(faults)
