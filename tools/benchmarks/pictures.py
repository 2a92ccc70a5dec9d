"""Photos to measure with, drawn by sharp (npm), which is a yardstick too."""
import contextlib
import filecmp
import pathlib
import shutil
import struct
import subprocess
import sys
import time

SHARP = pathlib.Path(__file__).resolve().parent / "sharp"


def install_sharp():
    """What is installed is kept until the lock file changes."""
    lock, installed = SHARP / "package-lock.json", SHARP / "node_modules/.installed"
    if not installed.exists() or not filecmp.cmp(lock, installed, shallow=False):
        subprocess.run(["npm", "ci"], cwd=SHARP, check=True, stdout=sys.stderr)
        shutil.copy(lock, installed)


def draw(file: pathlib.Path, width: int, height: int, *, grain: float = 7, quality: int = 90, profile: str = "none") -> bytes:
    install_sharp()
    subprocess.run(["node", SHARP / "pictures.mjs", *map(str, (width, height, grain, quality, profile, file))], check=True)
    return file.read_bytes()


def copy_number(photo: bytes, number: int) -> bytes:
    """The same picture as another file: with a comment of its own (ITU-T T.81, B.2.4.5) behind the start of the image."""
    comment = f"copy {number}".encode()
    return photo[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + photo[2:]


class WarmSharp:
    """One process that makes the renditions of file after file."""

    def __init__(self):
        install_sharp()
        self.process = subprocess.Popen(["node", SHARP / "renditions.mjs"], cwd=SHARP, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)

    def cpu_seconds(self, photo: pathlib.Path) -> float:
        self.process.stdin.write(f"{photo}\n")
        if not (said := self.process.stdout.readline()):
            raise SystemExit(f"sharp cannot read {photo.name}")
        return float(said)

    def seconds(self, photo: pathlib.Path) -> float:
        """By the clock."""
        begun = time.monotonic()
        self.cpu_seconds(photo)
        return time.monotonic() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(30)
