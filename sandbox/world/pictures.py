"""Sample pictures, drawn in code: hills under a sun, a different light for each number."""

from __future__ import annotations

import math
import struct
import zlib
from functools import lru_cache

Colour = tuple[int, int, int]
LIGHTS: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    ((124, 188, 232), (238, 246, 250), (255, 236, 170), (86, 148, 108)),
    ((250, 160, 122), (255, 226, 182), (255, 248, 220), (138, 92, 110)),
    ((54, 66, 122), (150, 142, 190), (250, 250, 235), (44, 66, 92)),
    ((148, 208, 196), (240, 248, 226), (255, 216, 130), (64, 128, 118)),
    ((196, 168, 220), (250, 230, 236), (255, 200, 170), (112, 90, 148)),
    ((160, 200, 240), (226, 236, 200), (255, 255, 255), (150, 160, 70)),
)
HILLS = 3


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two: all of the first at 0, all of the other at 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ridge(hill: int, seed: int, x: float) -> float:
    """How high (share of the picture) a hill reaches at ``x`` from 0 to 1."""
    wave = math.sin(x * (3.1 + hill) + seed * 1.7 + hill * 2.3)
    return 0.46 - 0.13 * hill + 0.07 * wave + 0.03 * math.sin(x * 9 + seed + hill)


def rows(seed: int, width: int, height: int) -> list[bytearray]:
    """The picture line by line: sky, then the sun, then hills from far to near."""
    top, bottom, sun, ground = LIGHTS[seed % len(LIGHTS)]
    picture = [bytearray(bytes(mixed(top, bottom, y / height)) * width) for y in range(height)]
    shine(picture, sun, (width * (0.2 + 0.13 * (seed % 5)), height * 0.28), height * 0.11)
    for hill in range(HILLS):
        raise_hill(picture, hill, seed, mixed(bottom, ground, 0.45 + 0.27 * hill))
    return picture


def shine(
    picture: list[bytearray], colour: Colour, centre: tuple[float, float], size: float
) -> None:
    """Draw a disc."""
    across, down = centre
    for y in range(max(int(down - size), 0), int(down + size) + 1):
        half = math.sqrt(max(size**2 - (y - down) ** 2, 0))
        left, right = int(across - half), int(across + half)
        picture[y][left * 3 : right * 3] = bytes(colour) * (right - left)


def raise_hill(picture: list[bytearray], hill: int, seed: int, colour: Colour) -> None:
    """Draw everything below a ridge."""
    height, width = len(picture), len(picture[0]) // 3
    paint = bytes(colour)
    for x in range(width):
        for y in range(int(height * (1 - ridge(hill, seed, x / width))), height):
            picture[y][x * 3 : x * 3 + 3] = paint


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG file."""
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


@lru_cache(maxsize=64)
def picture_of(seed: int, width: int, height: int) -> bytes:
    """A PNG of that size; the same number always gives the same picture."""
    lines = b"".join(b"\x00" + bytes(row) for row in rows(seed, width, height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines, 6)), chunk(b"IEND", b""))
    )
