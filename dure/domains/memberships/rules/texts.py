"""Longer text that people type: kept with its lines, without control characters. Pure."""

from __future__ import annotations

import unicodedata

from dure.domains.parties.rules.numbers import ResidentNumberRefused, holds_resident_number
from dure.domains.parties.rules.texts import TextTooLong
from dure.kernel.words import Promise


def read_lines(given: str, most: int, field: str | Promise) -> str:
    """Text of several lines in NFC. Raises TextTooLong, ResidentNumberRefused."""
    text = unicodedata.normalize("NFC", given).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
    )
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    if len(text) > most:
        raise TextTooLong(field=field, length=len(text), most=most)
    if holds_resident_number(text):
        raise ResidentNumberRefused
    return text
