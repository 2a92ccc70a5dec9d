"""Every header stands alone: its own source takes it first, or, where it has none, it compiles by itself."""
import concurrent.futures
import os
import re
import subprocess

from checks import compiler, stamps
from checks.tree import Fault

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def compiles(tree, header: str, flags: list):
    words = ["g++", *flags, "-std=c++20", "-fsyntax-only", "-Isrc", "-Itests", "-include", header, "-x", "c++", "/dev/null"]
    run = subprocess.run(words, cwd=tree.root, capture_output=True, text=True)
    return None if run.returncode == 0 else run.stderr.strip().splitlines()


def flags_of_folders(tree) -> dict:
    """Folder -> the flags its sources are compiled with."""
    return {path.rsplit("/", 1)[0]: compiler.front_flags(words) for path, words in compiler.commands(tree).items()}


def check(tree):
    waiting, flags = {}, flags_of_folders(tree)
    version = subprocess.run(["g++", "--version"], capture_output=True, text=True).stdout
    for header in tree.files("src/*/*.h", "tests/support/*.h"):
        source, own = header[:-2] + ".cc", flags.get(header.rsplit("/", 1)[0], [])
        if not (tree.root / source).exists():
            remembered = stamps.stamp(tree.root, header, f"header {version} {own}")
            if not remembered.exists():
                waiting[header] = (remembered, own)
            continue
        first = INCLUDE.search(tree.read(source))
        name = header.split("/", 1)[1]
        if not first or first.group(1) != name:
            yield Fault(source, 1, f'takes its own header "{name}" first, so that the header is seen to stand alone')
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda header: compiles(tree, header, waiting[header][1]), waiting)
        for header, errors in zip(waiting, results):
            if not errors:
                waiting[header][0].touch()
                continue
            error = next((line for line in errors if "error" in line), errors[0])
            yield Fault(header, 1, "does not compile by itself: " + error)
