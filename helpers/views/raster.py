"""Tiny pictures made of cells: a PNG of at most 16 colours, placed in an SVG and drawn with sharp edges."""

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np

from .svg import number

Colour = tuple[int, int, int, int]
MOST_COLOURS = 16
SHARP = ".pix{image-rendering:pixelated}"
_NONE, _UP = b"\0", b"\2"


def shades(colour: str, steps: int) -> list[Colour]:
    """Return `steps` shades of a colour, red, green, blue and opacity, from faint to full.

    >>> shades("#0858e4", 2)
    [(8, 88, 228, 128), (8, 88, 228, 255)]
    """
    red, green, blue = (int(colour[place:place + 2], 16) for place in (1, 3, 5))
    return [(red, green, blue, round(255 * step / steps)) for step in range(1, steps + 1)]


def png(cells: np.ndarray, palette: Sequence[Colour]) -> bytes:
    """Return a PNG with one pixel a cell.

    The data are packed by runs alone, which every version of zlib does alike: the same cells, the same bytes.

    Args:
        cells: (row, column), whole numbers: 0 is transparent, i is colour i - 1 of the palette.
        palette: at most 15 colours with their opacity.

    Source: PNG specification, third edition, sections 4, 9 and 11.
    """
    height, width = cells.shape
    colours = np.array([(0, 0, 0, 0), *palette], np.uint8)
    padded = np.pad(cells.astype(np.uint8), ((0, 0), (0, width % 2)))
    rows = padded[:, ::2] * 16 + padded[:, 1::2]                       # two cells a byte
    above = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    data = min(_packed(rows, _NONE), _packed(rows - above, _UP), key=len)
    chunks = ((b"IHDR", struct.pack(">2I5B", width, height, 4, 3, 0, 0, 0)), (b"PLTE", colours[:, :3].tobytes()),
              (b"tRNS", colours[:, 3].tobytes()), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _packed(rows: np.ndarray, kind: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    return packer.compress(b"".join(kind + row.tobytes() for row in rows)) + packer.flush()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def data_uri(cells: np.ndarray, palette: Sequence[Colour]) -> str:
    """Return the PNG of `png` as a data URI."""
    return "data:image/png;base64," + base64.b64encode(png(cells, palette)).decode("ascii")


def raster(x: float, y: float, size: tuple[float, float], cells: np.ndarray, palette: Sequence[Colour]) -> str:
    """Return an `<image>` element of `size` (width, height) that shows the cells; `SHARP` keeps their edges sharp."""
    width, height = map(number, size)
    return (f'<image class="pix" x="{number(x)}" y="{number(y)}" width="{width}" height="{height}" '
            f'preserveAspectRatio="none" href="{data_uri(cells, palette)}"/>')
