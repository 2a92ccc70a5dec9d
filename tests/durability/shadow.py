"""From a record (record.h) to the folder as a disk holds it after a loss of power. shadow.cc says what is durable."""
import collections
import os
import pathlib
import random
import struct

ENTRY = struct.Struct("<QQQIHcx")  # as record.h lays it out
SECTOR = 512  # what a disk writes in one step

Step = collections.namedtuple("Step", "kind folder file at name bytes")


def steps(record: str, begin: int, end: int | None = None):
    """(the byte behind it, entry) of a record, of those that begin before its byte `end`; the last may be cut short
    by the kill and is left out then."""
    if not os.path.exists(record):
        return
    with open(record, "rb") as file:
        file.seek(begin)
        while (end is None or file.tell() < end) and len(head := file.read(ENTRY.size)) == ENTRY.size:
            folder, inode, at, bytes_size, name_size, kind = ENTRY.unpack(head)
            rest = file.read(name_size + bytes_size)
            if len(rest) < name_size + bytes_size:
                return
            yield file.tell(), Step(kind.decode(), folder, inode, at, rest[:name_size].decode(), rest[name_size:])


class File:
    """Its durable bytes, and what was done since: (number of the step, place, bytes), or None as bytes for a size."""

    def __init__(self, durable: bytes = b""):
        self.durable = durable
        self.pending = []

    def settle(self, mark: int):
        done = [change for change in self.pending if change[0] <= mark]
        self.durable = carry_out(self.durable, done)
        self.pending = [change for change in self.pending if change[0] > mark]


class Folder:
    """Its durable names, all of them now, and what was done since: (number, name, what it names or None)."""

    def __init__(self, durable: dict):
        self.durable = durable
        self.now = dict(durable)
        self.pending = []

    def name(self, number: int, name: str, what):
        self.pending.append((number, name, what))
        put(self.now, name, what)

    def settle(self, mark: int):
        for number, name, what in self.pending:
            if number <= mark:
                put(self.durable, name, what)
        self.pending = [change for change in self.pending if change[0] > mark]


def put(names: dict, name: str, what):
    if what is None:
        names.pop(name, None)
    else:
        names[name] = what


def carry_out(bytes_before: bytes, changes: list) -> bytes:
    content = bytearray(bytes_before)
    for _, at, piece in changes:
        end = at + len(piece or b"")
        content.extend(bytes(max(0, end - len(content))))
        if piece is None:
            del content[at:]
        else:
            content[at:end] = piece
    return bytes(content)


class Unfollowed(Exception):
    """The process did something to the folder that the recorder has no model of."""


class Shadow:
    """Begins with what stands in the folder `root`, all of it durable; a record is then carried out on it."""

    def __init__(self, root: str):
        self.inodes = {}
        self.root = self._load(root)
        self.number = self.position = 0
        self.marks = {}

    def _load(self, path: str):
        if os.path.isdir(path):
            found = Folder({name: self._load(os.path.join(path, name)) for name in os.listdir(path) if is_kept(path, name)})
        else:
            with open(path, "rb") as file:
                found = File(file.read())
        self.inodes[os.stat(path).st_ino] = found
        return found

    def follow(self, record: str, end: int | None = None):
        """Goes on in the record from where it was to `end`."""
        for self.position, step in steps(record, self.position, end):
            self.number += 1
            getattr(self, f"_{step.kind}")(step)

    def catch_up(self, root: str):
        """Takes in what stands in the folder and not in the record: a kill may come between a step and its entry,
        and the next process goes on from what it finds. None of it is durable."""
        self.number += 1
        self._catch_up(self.root, root)

    def _catch_up(self, what, path: str):
        if isinstance(what, File):
            content = pathlib.Path(path).read_bytes()
            if content != Everything().bytes(what):
                what.pending += [(self.number, 0, None), (self.number, 0, content)]
            return
        there = {name for name in os.listdir(path) if is_kept(path, name)}
        for name in set(what.now) - there:
            what.name(self.number, name, None)
        for name in there:
            inside = os.path.join(path, name)
            inode = os.stat(inside).st_ino
            if name not in what.now or self.inodes.get(inode) is not what.now[name]:
                self.inodes[inode] = self.inodes.get(inode) or (Folder({}) if os.path.isdir(inside) else File())
                what.name(self.number, name, self.inodes[inode])
            self._catch_up(what.now[name], inside)

    def _C(self, step):
        self._appears(step, File())

    def _D(self, step):
        self._appears(step, Folder({}))

    def _appears(self, step, made):
        self.inodes[step.file] = made  # the number may be that of one which is gone
        self.inodes[step.folder].name(self.number, step.name, made)

    def _L(self, step):
        self.inodes[step.folder].name(self.number, step.name, self.inodes[step.file])

    def _U(self, step):
        self.inodes[step.folder].name(self.number, step.name, None)

    def _R(self, step):
        source, target = self.inodes[step.folder], self.inodes[step.file]
        moved = source.now[step.name]
        target.name(self.number, step.bytes.decode(), moved)
        source.name(self.number, step.name, None)

    def _W(self, step):
        self.inodes[step.file].pending.append((self.number, step.at, step.bytes))

    def _T(self, step):
        self.inodes[step.file].pending.append((self.number, step.at, None))

    def _S(self, step):
        self.marks[step.at] = (self.number, self.inodes[step.file])

    def _E(self, step):
        number, what = self.marks.pop(step.at)
        what.settle(number)

    def _X(self, step):
        raise Unfollowed(step.name)


def is_kept(folder: str, name: str) -> bool:
    path = os.path.join(folder, name)
    return not name.endswith("-shm") and (os.path.isfile(path) or os.path.isdir(path))


class Survival:
    """Which of the steps that were not made durable survived nevertheless. A disk may have written any of them."""

    def names(self, folder: Folder) -> dict:
        names = dict(folder.durable)
        for number, name, what in folder.pending:
            if self.survives(number):
                put(names, name, what)
        return names

    def bytes(self, file: File) -> bytes:
        changes = [change for change in file.pending if self.survives(change[0])]
        return carry_out(file.durable, [part for change in changes for part in self.torn(change)])

    def survives(self, number: int) -> bool:
        raise NotImplementedError

    def torn(self, change: tuple) -> list:
        return [change]


class Nothing(Survival):
    """Only what was made durable."""

    def survives(self, number):
        return False


class Everything(Survival):
    """As after a kill without a loss of power."""

    def survives(self, number):
        return True


class Until(Survival):
    """All steps up to one at random: a disk that writes in order."""

    def __init__(self, shadow: Shadow, chance: random.Random):
        self.last = chance.randint(0, shadow.number)

    def survives(self, number):
        return number <= self.last


class Some(Survival):
    """Each step or not, each sector of a write or not: a disk that writes as it likes."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.share = chance.random()

    def survives(self, number):
        return self.chance.random() < self.share

    def torn(self, change):
        number, at, piece = change
        if piece is None or self.chance.random() < 0.7:
            return [change]
        cuts = range(0, len(piece), SECTOR)
        return [(number, at + cut, piece[cut : cut + SECTOR]) for cut in cuts if self.chance.random() < 0.5]


def build(shadow: Shadow, target: str, survival: Survival):
    """Makes the folder `target`, which must not exist, of what is durable and what else survives."""
    written = {}

    def make(what, path: str):
        if isinstance(what, Folder):
            os.mkdir(path, 0o700)
            for name, inside in survival.names(what).items():
                make(inside, os.path.join(path, name))
        elif id(what) in written:
            os.link(written[id(what)], path)
        else:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(survival.bytes(what))
            written[id(what)] = path

    make(shadow.root, target)


def differences(shadow: Shadow, root: str) -> list:
    """Paths where the whole record and the folder as it now stands are not the same."""
    found, everything = [], Everything()

    def compare(what, path: str):
        if isinstance(what, File):
            if not os.path.isfile(path) or pathlib.Path(path).read_bytes() != everything.bytes(what):
                found.append(path)
            return
        there = {name for name in os.listdir(path) if is_kept(path, name)} if os.path.isdir(path) else set()
        for name in there | set(what.now):
            inside = os.path.join(path, name)
            if name not in what.now or name not in there:
                found.append(inside)
            else:
                compare(what.now[name], inside)

    compare(shadow.root, root)
    return found
