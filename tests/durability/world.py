"""A data directory with people who write to it, through one loss of power after another."""
import os
import pathlib
import random
import shutil
import tempfile
import threading
import time

import look
import shadow
from crowd import Writer
from server import Client, Lost, Server, Unexpected

AUTHORS, READER = ("anna", "mara"), "tane"
WRITERS_EACH = 3
BLOBS_OF_A_PHOTO = 7  # the original, and three sizes in two encodings


class Count:
    """What a run has seen."""

    def __init__(self):
        self.kills = self.losses = self.cuts = self.checked = self.acknowledged = self.unpromised = self.orphans = 0

    def __str__(self):
        return (
            f"{self.kills} kills, {self.losses} with the power gone ({self.cuts} looked at once more at an earlier "
            f"moment); {self.acknowledged} requests granted, {self.checked} looks at promised items; {self.unpromised} "
            f"items there that nobody was promised, all whole; {self.orphans} files left by uploads that nobody was promised"
        )


class World:
    def __init__(self, chance: random.Random, count: Count, forgets: str = ""):
        self.chance, self.count, self.forgets = chance, count, forgets
        self.folder = tempfile.mkdtemp(prefix="keepsake-durability.")
        self.root, self.record = os.path.join(self.folder, "root"), os.path.join(self.folder, "record")
        os.mkdir(self.root)
        self.tokens, self.writers = {}, []
        # How far the record was when everything was last looked at; when people and tokens were promised.
        self.looked = self.arrived = 0
        self.orphans = set()
        self.server = None
        self.shadow = shadow.Shadow(self.root)

    def begin_record(self):
        """From here on, what stands in the folder now is durable."""
        self.shadow = shadow.Shadow(self.root)
        self.forget_record()

    def forget_record(self):
        pathlib.Path(self.record).unlink(missing_ok=True)
        self.looked = self.arrived = 0
        self.shadow.position = 0

    def seen(self) -> int:
        return os.path.getsize(self.record)

    def serve(self):
        self.server = Server(self.root, self.record, self.forgets)
        self.server.start()

    def people(self):
        """Made by the host's command, beside the server and under the recorder like it."""
        for name in (*AUTHORS, READER):
            self.tokens[name] = self.server.person(name)
        self.arrived = self.seen()
        for author in AUTHORS * WRITERS_EACH:
            chance = random.Random(self.chance.random())
            self.writers.append(Writer(author, self.tokens[author], READER, chance, self.seen))

    def write_until_killed(self, seconds: float):
        """All write at once; after so many seconds, and some grants, the server and its workers are killed."""
        stopped = threading.Event()
        threads = [threading.Thread(target=writer.write, args=(self.server.port, stopped)) for writer in self.writers]
        before = self.promises()
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.wait_for_grants(before + self.chance.randint(0, 12))
        self.kill()
        stopped.set()
        for thread in threads:
            thread.join()
        self.count.acknowledged += self.promises() - before
        for refused in filter(None, (writer.unexpected for writer in self.writers)):
            raise Unexpected(f"the server refused what it should grant: {refused}")

    def wait_for_grants(self, wanted: int):
        """On a busy machine a second may pass without any. Gives up where none can come."""
        end = time.monotonic() + 10
        while self.promises() < wanted and time.monotonic() < end:
            time.sleep(0.01)

    def promises(self) -> int:
        return sum(step[1] is not None for writer in self.writers for item in writer.items() for step in item.steps)

    def kill(self):
        self.server.end()
        self.count.kills += 1

    def kill_at_start(self):
        """Kills a server that is only just starting on this folder."""
        server = Server(self.root, self.record, self.forgets)
        server.begin()
        time.sleep(self.chance.uniform(0, 0.1))
        server.end()
        self.count.kills += 1

    def lose_power(self, cut: bool):
        """The folder becomes what a disk has of it. With `cut`, first looks at what it would have had earlier."""
        if cut and os.path.exists(self.record):
            self.look_at_cut(self.chance.randint(self.looked, self.seen()))
        self.follow()
        self.become(self.root)
        self.begin_record()
        self.count.losses += 1

    def keep_power(self):
        """The next server goes on from the folder as it is, of which not all may be durable."""
        self.follow()
        self.shadow.catch_up(self.root)
        # The last entry may have been cut short; a record begins anew so that none stands behind half of one.
        self.forget_record()

    def follow(self):
        self.shadow.follow(self.record)
        # The last step may stand in the folder and not in the record: the kill came between.
        if len(wrong := shadow.differences(self.shadow, self.root)) > 2:
            raise shadow.Unfollowed(f"the record and the folder differ: {wrong}")

    def become(self, target: str):
        beside = target + ".shadow"
        shadow.build(self.shadow, beside, self.survival())
        shutil.rmtree(target, ignore_errors=True)
        os.rename(beside, target)

    def survival(self) -> shadow.Survival:
        return self.chance.choices(
            [shadow.Nothing(), shadow.Some(self.chance), shadow.Until(self.shadow, self.chance)], [5, 3, 2]
        )[0]

    def look_at_cut(self, cut: int):
        """Starts the server from what the disk had at that byte of the record, in a folder of its own."""
        self.shadow.follow(self.record, cut)
        root = os.path.join(self.folder, "earlier")
        self.become(root)
        server = Server(root)
        try:
            server.start()
            self.look(server, self.shadow.position)
            self.count.cuts += 1
        finally:
            server.end()
            shutil.rmtree(root)

    def look(self, server: Server, cut: float = float("inf")) -> dict:
        eyes = look.Look(server.port, self.tokens, READER, cut)
        if cut >= self.arrived:
            eyes.everyone()
        found = eyes.items(self.writers)
        self.count.checked += eyes.checked
        return found

    def look_again(self):
        """After a restart: everything promised is there; what it now is counts from here on."""
        in_flight = sum(writer.busy in (Writer.add_photo, Writer.send_piece) for writer in self.writers)
        found = self.look(self.server)
        self.looked = self.seen()
        for writer in self.writers:
            for item in writer.items():
                item.is_now(found[item], self.looked)
            writer.busy = None
        self.look_at_strangers()
        self.look_at_blobs(in_flight)

    def look_at_strangers(self):
        """What was asked for and not granted may be there, but only whole."""
        people = [Client(self.server.port, self.tokens[name]) for name in AUTHORS]
        for kind, name in look.strangers(self.server.data, self.writers):
            path = f"/photos/{name}/original" if kind == "photo" else f"/stories/{name}"
            answers = [person.ask("GET", path) for person in people]
            if not any(answer.status == 200 for answer in answers):
                raise Lost(f"{kind} {name}, which nobody was promised, does not open")
            self.count.unpromised += 1

    def look_at_blobs(self, in_flight: int):
        left = look.blobs(self.server.data)
        more = left - self.orphans
        if len(more) > in_flight * BLOBS_OF_A_PHOTO:
            raise Lost(f"{len(more)} files without a row, from {in_flight} uploads on their way: {sorted(more)[:3]}")
        self.orphans = left
        self.count.orphans += len(more)

    def end(self):
        if self.server:
            self.server.end()
        shutil.rmtree(self.folder, ignore_errors=True)
