"""What the checks see of the project: its files, and the modules as CMakeLists.txt declares them."""
import dataclasses
import pathlib
import re
import subprocess


class Skipped(Exception):
    """A check that cannot say anything here, and why."""


@dataclasses.dataclass(frozen=True)
class Fault:
    path: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclasses.dataclass(frozen=True)
class Module:
    name: str
    uses: tuple
    libraries: tuple
    line: int


class Tree:
    def __init__(self, root: pathlib.Path):
        self.root = pathlib.Path(root)
        self._files = None

    def files(self, *patterns: str) -> list:
        """Paths from the root of what git tracks or would track, sorted; those matching any pattern (all without)."""
        if self._files is None:
            listed = subprocess.run(
                ["git", "ls-files", "-co", "--exclude-standard"], cwd=self.root, check=True, capture_output=True, text=True
            ).stdout.splitlines()
            self._files = sorted(name for name in set(listed) if (self.root / name).is_file())
        return [f for f in self._files if not patterns or any(pathlib.PurePath(f).match(p) for p in patterns)]

    def read(self, path: str) -> str:
        return (self.root / path).read_text(errors="replace")

    def lines(self, path: str):
        """(number, text) of every line."""
        return enumerate(self.read(path).splitlines(), 1)

    def modules(self) -> list:
        """The keepsake_module(...) lines, lowest first."""
        found = []
        for number, line in self.lines("CMakeLists.txt"):
            match = re.match(r"keepsake_module\((\w+)\s*(.*)\)", line)
            if match:
                words, lists, current = match.group(2).split(), {"USES": [], "LIBS": []}, None
                for word in words:
                    if word in lists:
                        current = lists[word]
                    else:
                        current.append(word)
                found.append(Module(match.group(1), tuple(lists["USES"]), tuple(lists["LIBS"]), number))
        return found
