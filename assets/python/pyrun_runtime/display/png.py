"""Pictures as PNG, sooner than an image library writes them: they go no farther than to the page.

https://www.w3.org/TR/png-3/
"""

import io
import struct
import zlib
from typing import cast

__all__ = ["Pixels", "write_png"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA = (8, 6, 0, 0, 0)
"""Bits of a sample, the type of colour, the only compression and filters there are, no interlacing."""

_NO_FILTER = b"\0"
"""Before each row. Drawings have areas of one colour, which come out as small as with any other filter."""

_FAST = 1
"""Of the levels of zlib: to compress a picture well takes longer than to draw it."""


class Pixels(io.BytesIO):
    """A file that takes a picture as matplotlib writes its format ``rgba``: the whole of it, in its shape."""

    width = height = 0

    def write(self, pixels: memoryview) -> int:  # type: ignore[override]
        """Take bytes of the shape rows x columns x 4."""
        self.height, self.width = cast("tuple[int, ...]", pixels.shape)[:2]
        return super().write(pixels)


def write_png(width: int, height: int, pixels: bytes) -> bytes:
    """A picture of pixels with red, green, blue and opacity, row by row."""
    row = 4 * width
    rows = b"".join(_NO_FILTER + pixels[start : start + row] for start in range(0, row * height, row))
    header = struct.pack(">II5B", width, height, *_RGBA)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows, _FAST)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
