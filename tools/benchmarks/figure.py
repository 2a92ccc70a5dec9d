"""A figure: what one row of the bench prints, and how it is got from runs pair by pair."""
import json
import operator
import statistics

COMPARE = {">=": operator.ge, "<=": operator.le}
median = statistics.median


def pairs(ours, theirs, runs: int) -> list:
    """[(ours(), theirs())] for each run, the two taking turns in going first, so that a drift of the machine hits both."""
    found = []
    for run in range(runs):
        if run % 2:
            second = theirs()
            found.append((ours(), second))
        else:
            first = ours()
            found.append((first, theirs()))
    return found


def median_ratio(found: list, of=lambda side: side) -> float:
    return median(of(ours) / of(theirs) for ours, theirs in found)


def rounded(number: float):
    """Three significant digits, and no fraction of a large number."""
    if number == 0 or abs(number) >= 100:
        return round(number)
    return float(f"{number:.3g}")


def figure(name: str, value: float, unit: str, yardstick: str, ratio=None, *, goal=None, goal_of="ratio", **more) -> str:
    """One JSON line. `goal` such as ">= 0.9" is of the ratio, or of the value where `goal_of` says so."""
    line = {"name": name, "value": rounded(value), "unit": unit, "yardstick": yardstick,
            "ratio": None if ratio is None else round(ratio, 2)}
    if goal:
        comparison, bound = goal.split()
        judged = ratio if goal_of == "ratio" else value
        line |= {"goal": f"{goal} {unit}" if goal_of == "value" else goal, "met": COMPARE[comparison](judged, float(bound))}
    return json.dumps(line | {key: value for key, value in more.items() if value is not None}, ensure_ascii=False)


def load_figure(name: str, found: list, yardstick: str, goal: str, **more) -> str:
    """A figure from pairs of Load (load.py): requests/s, with the CPU of a request on both sides."""
    return figure(name, median(ours.rate for ours, _ in found), "requests/s",
                  f"{yardstick}: {rounded(median(theirs.rate for _, theirs in found))}",
                  median_ratio(found, lambda side: side.rate), goal=goal,
                  cpu_us=rounded(median(ours.cpu_us for ours, _ in found)),
                  yardstick_cpu_us=rounded(median(theirs.cpu_us for _, theirs in found)),
                  cpu_ratio=round(median_ratio(found, lambda side: side.cpu_us), 2),
                  ratios=[round(ours.rate / theirs.rate, 2) for ours, theirs in found], **more)
