"""A picture of flat patches in many colours, as files with and without a profile, and the colours found in one."""
import pathlib
import struct
import subprocess
import zlib

from benchmarks.pictures import SHARP

ACROSS = 32  # patches, and as many down
SIDE = 64  # pixels of one
LEVELS = 10


def grid() -> list:
    """Of each part so many levels from 0 to 255."""
    level = [round(255 * step / (LEVELS - 1)) for step in range(LEVELS)]
    return [(red, green, blue) for red in level for green in level for blue in level]


def chunk(name: bytes, data: bytes) -> bytes:
    """W3C PNG 5.3."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(colours: list, profile: bytes = b"") -> bytes:
    """`colours` are of three whole numbers from 0 to 255; what is left of the picture is black."""
    filled = [*colours, *[(0, 0, 0)] * (ACROSS * ACROSS - len(colours))]
    rows = []
    for first in range(0, ACROSS * ACROSS, ACROSS):
        rows.append((b"\0" + b"".join(bytes(colour) * SIDE for colour in filled[first:first + ACROSS])) * SIDE)
    named = chunk(b"iCCP", b"colours\0\0" + zlib.compress(profile)) if profile else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", ACROSS * SIDE, ACROSS * SIDE, 8, 2, 0, 0, 0)) + named
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 1)) + chunk(b"IEND", b""))


def with_profile(jpeg: bytes, profile: bytes) -> bytes:
    """In one APP2 segment (ICC.1:2010, B.4) behind the start of the image."""
    segment = b"ICC_PROFILE\0\1\1" + profile
    return jpeg[:2] + b"\xff\xe2" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def converted(file: pathlib.Path, ending: str) -> pathlib.Path:
    """By sharp: ".raw" or ".jpg"."""
    made = file.with_suffix(ending)
    subprocess.run(["node", SHARP / "convert.mjs", file, made], check=True)
    return made


def colours_in(file: pathlib.Path, count: int, edge: int = ACROSS * SIDE) -> list:
    """Those at the middle of the first patches, of a picture with sides of `edge`."""
    pixels, side = converted(file, ".raw").read_bytes(), edge // ACROSS
    if len(pixels) != edge * edge * 3:
        raise SystemExit(f"{file.name} does not have sides of {edge} pixels")
    places = (((patch // ACROSS * side + side // 2) * edge + patch % ACROSS * side + side // 2) * 3 for patch in range(count))
    return [tuple(pixels[at:at + 3]) for at in places]
