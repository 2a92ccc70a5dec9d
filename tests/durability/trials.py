"""Kills, one after another, each followed by a look at everything that was promised."""
import random
import time
from typing import Callable

from world import Count, World

MOST_ITEMS = 250  # then a fresh world: looking at all of them takes time


def wants_fresh_world(world: World | None, chance: random.Random) -> bool:
    return world is None or chance.random() < 0.15 or sum(len(writer.items()) for writer in world.writers) > MOST_ITEMS


def lose_power_or_not(world: World, chance: random.Random, share: float, cut_share: float):
    if chance.random() < share:
        world.lose_power(cut=chance.random() < cut_share)
    else:
        world.keep_power()


def trial(world: World, chance: random.Random, seconds: float):
    """One kill while people write, what may follow it, and a look."""
    if world.server is None:
        world.serve()
        world.people()
    world.write_until_killed(chance.uniform(0, seconds))
    lose_power_or_not(world, chance, 0.8, 0.4)
    if chance.random() < 0.1:
        world.kill_at_start()
        lose_power_or_not(world, chance, 0.5, 0)  # nobody was promised anything in this record
    world.serve()
    world.look_again()


def run(kills: int, seconds: float, forgets: str, seed: int, count: Count, tell: Callable[[str], None]):
    """At least so many kills, while people write for at most so many seconds each time. Raises Lost, or Unfollowed
    where the recorder cannot judge. Tells how far it is every few seconds."""
    world, told, chance = None, time.monotonic(), random.Random(seed)
    try:
        while count.kills < kills:
            if wants_fresh_world(world, chance):
                if world:
                    world.end()
                world = World(chance, count, forgets)
            trial(world, chance, seconds)
            if time.monotonic() - told > 5:
                told = time.monotonic()
                tell(str(count))
    finally:
        if world:
            world.end()
