"""The unit as it is shipped: how little it leaves, and that the program lives with it."""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from place import BINARY, Place, picture

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "packaging/keepsake.service"
MOST_EXPOSURE = 1.5  # of 10; systemd 252 counts 1.2, later ones may know more to count. An ordinary service has 9.6
CONFINED = pathlib.Path(__file__).with_name("confined.py")

# Asks for what the unit forbids; each must be refused.
FORBIDDEN = """
import ctypes, errno, mmap, socket
def refused(act, *numbers):
    try: act()
    except OSError as fault: return fault.errno in numbers
    return False
c = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(c, name)(*arguments) < 0: raise OSError(ctypes.get_errno(), name)
assert refused(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC), errno.EPERM, errno.EACCES)
assert refused(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW), errno.EAFNOSUPPORT)
assert refused(lambda: socket.socket(40, socket.SOCK_STREAM), errno.EAFNOSUPPORT)
assert refused(lambda: call("chroot", b"/"), errno.EPERM)
assert refused(lambda: call("mount", b"none", b"/mnt", b"tmpfs", 0, None), errno.EPERM)
assert refused(lambda: call("ptrace", 0, 0, 0, 0), errno.EPERM)
socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
"""


@unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze here")
class Unit(unittest.TestCase):
    def test_exposure(self):
        run = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT], capture_output=True, text=True)
        found = re.search(r"Overall exposure level for keepsake.service: ([0-9.]+)", run.stdout)
        self.assertTrue(found, run.stdout + run.stderr)
        self.assertLessEqual(float(found.group(1)), MOST_EXPOSURE, run.stdout)

    def test_what_is_forbidden_is_refused(self):
        run = subprocess.run([sys.executable, CONFINED, sys.executable, "-c", FORBIDDEN], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)

    @unittest.skipUnless(pathlib.Path(BINARY).exists(), "the program is not built")
    def test_the_program_and_its_workers_live_with_it(self):
        with Place(before=[sys.executable, CONFINED]) as place:
            token = place.person("ana")
            photo = place.add_photo(token, picture())
            for edge in (320, 1024, 2048):
                status, body = place.ask("GET", f"/photos/{photo}/{edge}", token=token)
                self.assertEqual((status, len(body) > 1000), (200, True))
            said = place.said()
            for word in ("photo worker", "cannot be decoded"):
                self.assertNotIn(word, said)

    @unittest.skipUnless(pathlib.Path(BINARY).exists(), "the program is not built")
    def test_it_starts_what_is_there(self):
        start = next(line for line in UNIT.read_text().splitlines() if line.startswith("ExecStart="))
        words = start.split()
        self.assertEqual(words[0], "ExecStart=/usr/bin/keepsake")
        told = subprocess.run([BINARY, words[1], "--help"], capture_output=True, text=True).stdout
        told += subprocess.run([BINARY, "--help"], capture_output=True, text=True).stdout
        for flag in re.findall(r"--[a-z-]+", start):
            self.assertIn(flag, told)


if __name__ == "__main__":
    unittest.main()
