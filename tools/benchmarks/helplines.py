"""Which helplines a reader is shown, among 10,000 invented ones, beside a linear scan over all of them in the same run.

As they lie in reality, over many countries, and at worst, all in one; then what it takes to tell whether one line is open. The
driver is built with the release preset from helplines/look_up.cc; it ends with an error where both do not find as many lines.
"""
import json
import subprocess
import sys

from benchmarks.bench import ROOT
from benchmarks.figure import figure, median, rounded

PRESET = "release"
FIXTURES = (("spread", "250 countries x 40", 200_000, "<= 5"), ("crowded", "10,000 in one country", 5_000, "<= 50"))


def build():
    subprocess.run([ROOT / "tools/build", PRESET, "bench_look_up"], check=True, stdout=sys.stderr)


def measured(fixture: str, rounds: int) -> dict:
    """Microseconds of one: {"ours": ..., "scan": ...}"""
    done = subprocess.run([ROOT / f"build/{PRESET}/bench_look_up", fixture, str(rounds)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the look-up of {fixture} did not find what a scan finds")
    return json.loads(done.stdout)


def figures(bench):
    build()
    for fixture, name, rounds, goal in FIXTURES:
        found = [measured(fixture, rounds) for _ in range(bench.runs)]
        yield figure(f"helplines, look-up by country and topics, {name}", median(run["ours"] for run in found), "us",
                     f"a scan over all 10,000: {rounded(median(run['scan'] for run in found))}",
                     median(run["ours"] / run["scan"] for run in found), goal=goal, goal_of="value",
                     ratios=[round(run["ours"] / run["scan"], 3) for run in found])
    found = [measured("hours", 20_000)["ours"] for _ in range(bench.runs)]
    yield figure("helplines, whether one line is open", median(found), "us", "none")
