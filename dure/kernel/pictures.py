"""Pictures without what they tell besides the picture: where, when and with what they were taken. Pure.

1. A JPEG loses its application segments (Exif, XMP, IPTC) and comments; which way up it is, is kept.
2. A PNG keeps only the chunks that draw it; a WebP loses Exif and XMP.
3. A picture that breaks off is left as far as it can be read; what is no picture raises nothing here:
   whoever keeps a file says what it is (`files.type_of`).
"""

from __future__ import annotations

import struct

_DRAWN = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"IDAT", b"IEND"}  # fmt: skip
_ORIENTATION = 0x0112
_SCAN, _END, _COMMENT, _FIRST_APP, _JFIF, _ICC, _ADOBE, _LAST_APP = (
    0xDA, 0xD9, 0xFE, 0xE1, 0xE0, 0xE2, 0xEE, 0xEF,
)  # fmt: skip


def bare(content: bytes) -> bytes:
    """The same picture without its metadata; anything else unchanged."""
    if content[:3] == b"\xff\xd8\xff":
        return _bare_jpeg(content)
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return _bare_png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _bare_webp(content)
    return content


def _bare_jpeg(content: bytes) -> bytes:
    kept, at, turned = [b"\xff\xd8"], 2, 0
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker in (_SCAN, _END):
            break
        size = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + size]
        at += size
        if marker == _FIRST_APP:
            turned = turned or _orientation(segment[4:])
        is_profile = marker == _ICC and segment[4:15] == b"ICC_PROFILE"
        told = _FIRST_APP <= marker <= _LAST_APP and marker != _ADOBE and not is_profile
        if not told and marker != _COMMENT:
            kept.append(segment)
    if turned > 1:
        kept.insert(1, _upright(turned))
    return b"".join([*kept, content[at:]])


def _orientation(exif: bytes) -> int:
    """Which way up, 1 to 8; 0: it is not said."""
    if exif[:6] != b"Exif\0\0":
        return 0
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 0
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        return 0
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for number in range(count):
        at = start + 2 + 12 * number
        if at + 12 > len(tiff):
            return 0
        tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, at)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else 0
    return 0


def _upright(turned: int) -> bytes:
    """The segment that says which way up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    exif = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _bare_png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        size = 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind in _DRAWN:
            kept.append(content[at : at + size])
        at += size
        if kind == b"IEND":
            break
    return b"".join(kept)


def _bare_webp(content: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(content):
        kind = content[at : at + 4]
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at : at + 8 + size + (size & 1)]
        at += len(chunk)
        if kind == b"VP8X" and len(chunk) > 8:  # it no longer says that Exif and XMP follow
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in (b"EXIF", b"XMP "):
            kept.append(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
