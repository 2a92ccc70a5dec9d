"""clang-tidy 19 finds nothing by .clang-tidy. A file is checked again only when it, one of our headers it takes,
its compile command or the rules changed; tests are left out."""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

from checks import stamps
from checks.tree import Fault, Skipped

MESSAGE = re.compile(r"^(/[^:]+):(\d+):\d+: (?:warning|error): (.*)$", re.M)


def commands(root: pathlib.Path) -> dict:
    database = root / "build/debug/compile_commands.json"
    subprocess.run(["cmake", "--preset", "debug"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return {entry["file"]: entry for entry in json.loads(database.read_text())}


def clang_command(entry: dict) -> list:
    """The compile command without what belongs to GCC or to the build alone."""
    words = shlex.split(entry["command"])
    start = next(i for i, word in enumerate(words) if pathlib.Path(word).name in ("c++", "g++"))
    flags = [word for word in words[start + 1 :] if word.startswith(("-I", "-D", "-isystem", "-std")) or word.startswith("/usr/")]
    return flags + ["-Wno-unknown-warning-option"]


def faults_in(program: str, root: pathlib.Path, source: str, entry: dict) -> list:
    run = subprocess.run(
        [program, "--quiet", f"--header-filter={re.escape(str(root))}/src/.*", source, "--", *clang_command(entry)],
        cwd=root, capture_output=True, text=True,
    )
    found = [
        Fault(os.path.relpath(path, root), int(line), message)
        for path, line, message in MESSAGE.findall(run.stdout)
    ]
    if run.returncode and not found:
        found = [Fault(os.path.relpath(source, root), 1, "clang-tidy stopped: " + run.stderr.strip()[-300:])]
    return found


def check(tree):
    program = shutil.which("clang-tidy-19")
    if not program:
        raise Skipped("clang-tidy-19 is not installed")
    rules = "tidy 19" + tree.read(".clang-tidy")
    built = commands(tree.root)
    waiting = {}
    for path in tree.files("src/*.cc", "src/*/*.cc"):
        source = str(tree.root / path)
        if source in built and not path.endswith("_test.cc"):
            remembered = stamps.stamp(tree.root, path, rules + built[source]["command"])
            if not remembered.exists():
                waiting[source] = remembered
    seen = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, faults in zip(waiting, pool.map(lambda s: faults_in(program, tree.root, s, built[s]), waiting)):
            if not faults:
                waiting[source].touch()
            yield from (fault for fault in faults if fault not in seen)
            seen.update(faults)
