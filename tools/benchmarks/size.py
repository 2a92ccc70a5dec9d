"""The program's size, as built for release and without its symbols."""
import subprocess

from benchmarks.figure import figure
from benchmarks.keepsake import BINARY


def figures(bench):
    stripped = bench.folder / "stripped"
    subprocess.run(["strip", "-o", stripped, BINARY], check=True)
    mib = lambda path: path.stat().st_size / 2**20
    yield figure("size of the binary", mib(BINARY), "MiB", f"stripped: {mib(stripped):.1f} MiB", mib(stripped) / mib(BINARY))
