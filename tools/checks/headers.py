"""Every header stands alone: its own source takes it first, or, where it has none, it compiles by itself."""
import concurrent.futures
import os
import re
import subprocess

from checks import stamps
from checks.tree import Fault

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def compiles(tree, header: str):
    flags = ["-std=c++20", "-fsyntax-only", "-Isrc", "-Itests", "-include", header, "-x", "c++", "/dev/null"]
    run = subprocess.run(["g++", *flags], cwd=tree.root, capture_output=True, text=True)
    return None if run.returncode == 0 else run.stderr.strip().splitlines()


def check(tree):
    waiting = {}
    compiler = subprocess.run(["g++", "--version"], capture_output=True, text=True).stdout
    for header in tree.files("src/*/*.h", "tests/support/*.h"):
        source = header[:-2] + ".cc"
        if not (tree.root / source).exists():
            remembered = stamps.stamp(tree.root, header, "header " + compiler)
            if not remembered.exists():
                waiting[header] = remembered
            continue
        first = INCLUDE.search(tree.read(source))
        name = header.split("/", 1)[1]
        if not first or first.group(1) != name:
            yield Fault(source, 1, f'takes its own header "{name}" first, so that the header is seen to stand alone')
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, errors in zip(waiting, pool.map(lambda h: compiles(tree, h), waiting)):
            if not errors:
                waiting[header].touch()
                continue
            error = next((line for line in errors if "error" in line), errors[0])
            yield Fault(header, 1, "does not compile by itself: " + error)
