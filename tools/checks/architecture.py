"""ARCHITECTURE.md tells of the tree as it is: each module in order with its uses, and no path that is not there."""
import re

from checks.tree import Fault

ROW = re.compile(r"^\| `(\w+)/` \|[^|]*\| ?([^|]*?) ?\|$")
PATH = re.compile(r"`((?:src|tools|tests|cmake|docs|migrations|templates|words|assets|frontend)/[\w./-]*)`")
DOCUMENT = "ARCHITECTURE.md"


def rows(tree) -> dict:
    """Module -> (line, its uses) as the document's table says."""
    found = {}
    for number, line in tree.lines(DOCUMENT):
        if match := ROW.match(line):
            found[match.group(1)] = (number, match.group(2).split())
    return found


def check(tree):
    told, modules = rows(tree), tree.modules()
    for module in modules:
        if module.name not in told:
            yield Fault(DOCUMENT, 1, f"does not tell of src/{module.name}/")
            continue
        number, uses = told[module.name]
        if uses != list(module.uses):
            yield Fault(DOCUMENT, number, f"{module.name} uses {' '.join(module.uses)} in CMakeLists.txt")
    declared = [module.name for module in modules]
    for name, (number, _) in told.items():
        if name not in declared:
            yield Fault(DOCUMENT, number, f"{name} is no module of CMakeLists.txt")
    if [name for name in told if name in declared] != [name for name in declared if name in told]:
        yield Fault(DOCUMENT, 1, "lists the modules in another order than CMakeLists.txt")
    for number, line in tree.lines(DOCUMENT):
        for path in PATH.findall(line):
            if not (tree.root / path).exists() and path.removeprefix("src/") not in declared:
                yield Fault(DOCUMENT, number, f"tells of {path}, which does not exist")
