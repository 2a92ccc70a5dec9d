"""The code looks as .clang-format says. Version 19, which Debian 12 and 13 both have: others differ in detail."""
import re
import shutil
import subprocess

from checks.tree import Fault, Skipped


def check(tree):
    program = shutil.which("clang-format-19")
    if not program:
        raise Skipped("clang-format-19 is not installed")
    files = tree.files("*.h", "*.cc")
    if not files:
        return
    run = subprocess.run([program, "--dry-run", *files], cwd=tree.root, capture_output=True, text=True)
    seen = set()
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: warning: code should be clang-formatted", run.stderr, re.M):
        if path not in seen:
            seen.add(path)
            yield Fault(path, int(line), "is not laid out as .clang-format says: clang-format-19 -i " + path)
