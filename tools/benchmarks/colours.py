"""Whether the colours of a wide-gamut photo reach its readers: flat patches in Display P3 and in Adobe RGB through the program,
beside what Little CMS makes of the same numbers.

Sent as PNG and as JPEG with a profile that Little CMS writes, fetched at 2048 and 1024, and looked at in the middle of each
patch, where lossy coding hardly counts; how much it does count says the yardstick: the colours as they should come out, sent
in sRGB. Goals are for what sRGB has. Colours outside are cut off at its edge, part by part, and told beside.
"""
import pathlib
import typing

from benchmarks import lcms, patches
from benchmarks.figure import figure, rounded
from benchmarks.keepsake import Keepsake
from benchmarks.pictures import install_sharp

EDGES = (2048, 1024)
ENCODINGS = {"JPEG": "image/jpeg", "WebP": "image/webp"}
A_TRIFLE = 1e-3  # by which a colour on the edge of sRGB may miss it in sums
mean = lambda numbers: sum(numbers) / len(numbers)


class Sent(typing.NamedTuple):
    body: bytes
    media_type: str
    wanted: list  # in sRGB, parts from 0 to 1 where sRGB has the colour


class Errors:
    """Of colours that came out against those that were wanted; steps are of 8 bits, the largest of the three parts."""

    def __init__(self):
        self.inside, self.outside, self.seen = [], [], []

    def add(self, wanted: list, found: list):
        cut = [tuple(min(max(part, 0.0), 1.0) for part in colour) for colour in wanted]
        for colour, there, came in zip(wanted, cut, found):
            steps = max(abs(round(255 * part) - got) for part, got in zip(there, came))
            is_inside = max(abs(part - kept) for part, kept in zip(colour, there)) <= A_TRIFLE
            (self.inside if is_inside else self.outside).append(steps)
        self.seen += lcms.differences(cut, [tuple(part / 255 for part in colour) for colour in found])


class Colours:
    def __init__(self, keepsake: Keepsake, folder: pathlib.Path):
        self.keepsake = keepsake
        self.folder = folder
        self.token = keepsake.add_person("author")

    def in_space(self, space: lcms.Space) -> list:
        """[Sent]: what a decoder reads in a JPEG is asked, not what was meant to be in it."""
        colours, profile = patches.grid(), lcms.bytes_of(space.profile())
        bare = self.folder / "bare.png"
        bare.write_bytes(patches.png(colours))
        jpeg = patches.converted(bare, ".jpg")
        in_jpeg = patches.colours_in(jpeg, len(colours))
        srgb = lambda found: lcms.to_srgb([tuple(part / 255 for part in colour) for colour in found], space)
        return [Sent(patches.png(colours, profile), "image/png", srgb(colours)),
                Sent(patches.with_profile(jpeg.read_bytes(), profile), "image/jpeg", srgb(in_jpeg))]

    def errors(self, sent: list) -> dict:
        """{encoding: Errors}, of all that was sent, at each edge."""
        found = {encoding: Errors() for encoding in ENCODINGS}
        for one in sent:
            added = self.keepsake.add_photo(self.token, one.body, one.media_type)
            for encoding, media_type in ENCODINGS.items():
                for edge in EDGES:
                    found[encoding].add(one.wanted, self.fetched(added, edge, media_type, len(one.wanted)))
        return found

    def fetched(self, photo: str, edge: int, media_type: str, count: int) -> list:
        status, headers, body = self.keepsake.ask("GET", f"/photos/{photo}/{edge}", token=self.token, Accept=media_type)
        if (status, headers["Content-Type"]) != (200, media_type):
            raise SystemExit(f"no rendition of {edge} as {media_type}: {status}")
        file = self.folder / f"rendition-{edge}.{media_type.split('/')[1]}"
        file.write_bytes(body)
        return patches.colours_in(file, count, edge)


def in_srgb(sent: Sent) -> Sent:
    """The colours as they should come out, as whole numbers, without a profile."""
    colours = [tuple(min(max(round(255 * part), 0), 255) for part in colour) for colour in sent.wanted]
    return Sent(patches.png(colours), "image/png", [tuple(part / 255 for part in colour) for colour in colours])


def rows(name: str, ours: Errors, theirs: Errors):
    shared = {"inside": len(ours.inside), "outside": len(ours.outside), "outside_mean": rounded(mean(ours.outside)),
              "outside_most": max(ours.outside), "delta_e_2000": rounded(mean(ours.seen)), "delta_e_2000_most": rounded(max(ours.seen))}
    for what, of, goal in (("mean", mean, "<= 1"), ("most", max, "<= 4")):
        yield figure(f"{name}, {what} error", of(ours.inside), "steps of 255", f"sent in sRGB: {rounded(of(theirs.inside))}",
                     goal=goal, goal_of="value", **shared)
        shared = {}


def figures(bench):
    install_sharp()
    with Keepsake(bench.new_folder("data")) as keepsake:
        colours = Colours(keepsake, bench.new_folder("files"))
        for space in (lcms.DISPLAY_P3, lcms.ADOBE_RGB):
            sent = colours.in_space(space)
            ours, theirs = colours.errors(sent), colours.errors([in_srgb(sent[0])])
            for encoding in ENCODINGS:
                yield from rows(f"colours of {space.name} as {encoding}", ours[encoding], theirs[encoding])
