"""Tables in text: which letters, which delimiter, row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from .cells import bounded, type_found, type_raw
from .refusals import (
    FileIsWebPage,
    FileKindUnknown,
    FileTooLarge,
    QuotesBroken,
    TextUnreadable,
)

CHUNK_BYTES = 1 << 20
TEXT_BYTES_MAX = 1 << 30
FIELD_BYTES_MAX = 1 << 20  # an open quotation mark is noticed here, not at the end of the file


def open_text(name: str, stream: BinaryIO, size: int, sample: bytes) -> type_found:
    if size > TEXT_BYTES_MAX:
        raise FileTooLarge(most=TEXT_BYTES_MAX >> 20)
    encoding = encoding_of(name, stream, sample)
    start = codecs.getincrementaldecoder(encoding)().decode(sample).lstrip("\ufeff").lstrip()
    if start[:1] == "<" and re.match(
        r"<(!doctype|html|table|\?xml|head|meta|body|style)", start, re.IGNORECASE
    ):
        raise FileIsWebPage(name=name)
    if start.count("\x00") > 2 + len(start) // 20 or sample[:4] in (
        b"%PDF",
        b"\x89PNG",
        b"GIF8",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe1",
        b"Rar!",
        b"7z\xbc\xaf",
    ):
        raise FileKindUnknown(name=name)
    hint = re.match(r"sep=(.)\r?\n", start)  # Excel's own line that names the delimiter
    delimiter = hint[1] if hint else _delimiter(start)
    about = {"encoding": encoding, "delimiter": delimiter}
    rows = _text_rows(stream, encoding, delimiter)
    return (islice(rows, 1, None) if hint else rows), "csv", about


def encoding_of(name: str, stream: BinaryIO, sample: bytes) -> str:
    """UTF-8 (with or without its mark), UTF-16, or CP949; proved on the whole file."""
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _proved(stream, "utf-16")
    zeros_odd, zeros_even = sample[1::2].count(0), sample[::2].count(0)
    if (
        zeros_odd + zeros_even > len(sample) // 10
    ):  # UTF-16 without its mark: Latin letters are half zeros
        if min(zeros_odd, zeros_even) > len(sample) // 20:
            raise FileKindUnknown(name=name)
        return _proved(stream, "utf-16-le" if zeros_odd > zeros_even else "utf-16-be")
    try:
        return _proved(stream, "utf-8-sig")
    except TextUnreadable:
        # Mostly sound UTF-8 with a wrong byte is a damaged file, not CP949.
        read = sample.decode("utf-8", errors="replace")
        beyond = sum(letter > "\x7f" for letter in read)
        if beyond - read.count("\ufffd") > beyond * 9 // 10:
            raise
    return _proved(stream, "cp949")


def _proved(stream: BinaryIO, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, chunk = 1, b""
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK_BYTES):
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise TextUnreadable(line=f"{line + error.object[: error.start].count(10):,}") from error
    finally:
        stream.seek(0)
    return encoding


def _delimiter(start: str) -> str:
    """The delimiter that cuts the first rows most evenly, outside of quotation marks."""
    lines = re.sub(r'"[^"]*"', "", start[:65_536]).splitlines()[:30]
    lines = [line for line in (lines[:-1] if len(lines) > 2 else lines) if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        common = (
            max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0) if counts else 0
        )
        return (counts.count(common) if common else 0), common

    return max(",\t;|", key=evenness)


def _text_rows(stream: BinaryIO, encoding: str, delimiter: str) -> type_raw:
    text = io.TextIOWrapper(
        io.BufferedReader(_Kept(stream), CHUNK_BYTES), encoding=encoding, newline=""
    )
    reader = csv.reader(_without_zeros(text), delimiter=delimiter, strict=True)
    number = 0
    csv.field_size_limit(FIELD_BYTES_MAX)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise QuotesBroken(row=f"{number:,}") from error
        yield number, bounded(number, cells)


def _without_zeros(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "") if "\x00" in line else line


class _Kept(io.RawIOBase):
    """The caller's file, read in order and not closed when we are done with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
