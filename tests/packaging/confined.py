"""confined.py PROGRAM ARGUMENTS...: executes the program under what packaging/keepsake.service forbids by seccomp, where
no systemd runs it: its system calls, its address families, memory that is written and executed. Uses libseccomp and
systemd's own lists of calls."""
import ctypes
import errno
import os
import pathlib
import subprocess
import sys

UNIT = pathlib.Path(__file__).resolve().parents[2] / "packaging/keepsake.service"
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NOT_EQUAL, EQUAL, GREATER, MASKED_EQUAL = 1, 4, 6, 7  # enum scmp_compare
PROT_WRITE, PROT_EXEC = 2, 4
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
# What systemd allows whatever the list says (systemd.exec(5), SystemCallFilter=).
ALWAYS = {"execve", "exit", "exit_group", "getrlimit", "rt_sigreturn", "sigreturn"}

library = ctypes.CDLL("libseccomp.so.2")
library.seccomp_init.restype = ctypes.c_void_p
library.seccomp_release.argtypes = [ctypes.c_void_p]
library.seccomp_load.argtypes = [ctypes.c_void_p]


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("kind", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def settings(name: str) -> list:
    """The values of every line `name=` of the unit."""
    return [line.split("=", 1)[1] for line in UNIT.read_text().splitlines() if line.startswith(name + "=")]


def calls(word: str) -> set:
    """The calls of "@group", or the one named."""
    if not word.startswith("@"):
        return {word}
    run = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", word], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    found = set()
    for line in run.stdout.splitlines()[1:]:
        if (name := line.strip()) and not name.startswith("#"):
            found |= calls(name)
    return found


def allowed() -> set:
    found = calls("@default") | ALWAYS
    for value in settings("SystemCallFilter"):
        words = [calls(word) for word in value.removeprefix("~").split()]
        for group in words:
            found = found - group if value.startswith("~") else found | group
    return found


class Filter:
    def __init__(self, otherwise: int):
        self.context = library.seccomp_init(ctypes.c_uint32(otherwise))

    def rule(self, action: int, call: str, *comparisons: Comparison):
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number < 0:  # this processor has no such call
            return
        array = (Comparison * len(comparisons))(*comparisons)
        status = library.seccomp_rule_add_array(ctypes.c_void_p(self.context), ctypes.c_uint32(action), number, len(comparisons), array)
        if status < 0:
            raise OSError(-status, call)

    def load(self):
        if (status := library.seccomp_load(self.context)) < 0:
            raise OSError(-status, "seccomp_load")
        library.seccomp_release(self.context)


def confine():
    listed = Filter(ERRNO | errno.EPERM)
    for call in sorted(allowed()):
        listed.rule(ALLOW, call)
    rest = Filter(ALLOW)
    rest.rule(ERRNO | errno.EPERM, "mmap", Comparison(2, MASKED_EQUAL, PROT_WRITE | PROT_EXEC, PROT_WRITE | PROT_EXEC))
    for call in ("mprotect", "pkey_mprotect"):
        rest.rule(ERRNO | errno.EPERM, call, Comparison(2, MASKED_EQUAL, PROT_EXEC, PROT_EXEC))
    families = {FAMILIES[name] for name in settings("RestrictAddressFamilies")[0].split()}
    for family in set(range(max(families))) - families:
        rest.rule(ERRNO | errno.EAFNOSUPPORT, "socket", Comparison(0, EQUAL, family, 0))
    rest.rule(ERRNO | errno.EAFNOSUPPORT, "socket", Comparison(0, GREATER, max(families), 0))
    rest.load()
    listed.load()


if __name__ == "__main__":
    confine()
    os.execv(sys.argv[1], sys.argv[1:])
