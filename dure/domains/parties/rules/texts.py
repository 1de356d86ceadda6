"""Typed text made clean: one line, no control characters, within its length, no resident number.

Markup is text like any other: it is kept as typed and escaped wherever it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _

from .numbers import ResidentNumberRefused, holds_resident_number


class TextTooLong(InvalidInput):
    """The text is longer than the field holds."""

    text = _("%(field)s has %(length)d characters; at most %(most)d fit.")


class NameMissing(InvalidInput):
    """A person or an organisation has no name."""

    text = _("The name is missing.")


class EmailMalformed(InvalidInput):
    """The text is not an e-mail address."""

    text = _("“%(given)s” is not an e-mail address. Type it like name@example.kr.")


class PhoneMalformed(InvalidInput):
    """The text holds no telephone number."""

    text = _("“%(given)s” is not a telephone number. Type it like 02-123-4567.")


class WebsiteMalformed(InvalidInput):
    """The text is not an address of the web."""

    text = _("“%(given)s” is not a web address. Type it like https://example.kr.")


class PostcodeMalformed(InvalidInput):
    """The text is not a five-digit postcode."""

    text = _("“%(given)s” is not a postcode. It has 5 digits.")


class CountUnreadable(InvalidInput):
    """The text is not a count of people."""

    text = _("“%(given)s” is not a number of people. Type it like 12.")


_EMAIL = re.compile(r"[^@\s<>\"'(),;:\\]{1,64}@[^@\s<>\"'(),;:\\]+\.[^@\s<>\"'(),;:\\.]{2,}")
_MOBILE = re.compile(r"(?<!\d)(01[016789])([\s.\-]?)(\d{3,4})([\s.\-]?)(\d{4})(?!\d)")
COUNT_MAX = 10_000_000


def _shown(c: str) -> str:
    """The character as one line can show it."""
    category = unicodedata.category(c)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cs", "Co", "Cn") or c in "\u200b\ufeff" else c


def clean_text(given: str, most: int, field: str | Promise) -> str:
    """One line of text in NFC. Raises TextTooLong, ResidentNumberRefused."""
    text = unicodedata.normalize("NFC", given)
    if not text.isprintable():
        text = "".join(map(_shown, text))
    text = " ".join(text.split())
    if len(text) > most:
        raise TextTooLong(field=field, length=len(text), most=most)
    if holds_resident_number(text):
        raise ResidentNumberRefused
    return text


def clean_paragraphs(given: str, most: int, field: Any) -> str:
    """Text of several lines, each clean. Raises TextTooLong, ResidentNumberRefused."""
    lines = [clean_text(line, most, field) for line in given.splitlines()]
    text = "\n".join(lines).strip()
    if len(text) > most:
        raise TextTooLong(field=field, length=len(text), most=most)
    return text


def read_email(given: str, field: str | Promise) -> str:
    """The address in lower case, or "". Raises EmailMalformed, TextTooLong."""
    text = clean_text(unicodedata.normalize("NFKC", given), 120, field).lower()
    if text in ("", "-"):
        return ""
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise EmailMalformed(given=text[:60])
    return text


def read_phone(given: str, field: str | Promise) -> str:
    """A telephone number, or several, as typed with plain hyphens; or "". Raises PhoneMalformed."""
    text = clean_text(unicodedata.normalize("NFKC", given), 60, field)
    text = re.sub(r"[–—‐−]", "-", text).replace(")", "-").replace("(", "")
    text = re.sub(r"\s*-\s*", "-", text).strip("- ")
    if not text:
        return ""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 7 or not re.fullmatch(r"[\d\s+\-,./~;:내선()]+", text):
        raise PhoneMalformed(given=text[:40])
    if len(digits) in (9, 10, 11) and digits == text and digits.startswith("0"):
        head = 2 if digits.startswith("02") else 3
        text = f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"
    return text


def mask_mobile(phone: str) -> str:
    """The phone for public eyes: the middle of a mobile number (01x-…) is hidden."""
    return _MOBILE.sub(lambda m: f"{m[1]}-{'*' * len(m[3])}-{m[5]}", phone)


def read_website(given: str, field: str | Promise) -> str:
    """An http(s) address, or "". Raises WebsiteMalformed."""
    text = clean_text(unicodedata.normalize("NFKC", given), 200, field)
    if text in ("", "-"):
        return ""
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise WebsiteMalformed(given=text[:60]) from error
    if parts.scheme not in ("http", "https") or "." not in host or re.search(r"[\s<>\"']", url):
        raise WebsiteMalformed(given=text[:60])
    if len(url) > 200:
        raise TextTooLong(field=field, length=len(url), most=200)
    return url


def read_postcode(given: str) -> str:
    """Five digits, or "". A number that lost its leading zero in a spreadsheet gets it back."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", given))
    if text in ("", "-"):
        return ""
    if not re.fullmatch(r"\d{4,5}", text) or not text.isascii():
        raise PostcodeMalformed(given=text[:20])
    return text.zfill(5)


def read_count(given: str | int | None) -> int | None:
    """A number of people, or None. Reads 12 · 1,200 · 12명. Raises CountUnreadable."""
    if given is None or isinstance(given, int):
        number = given
    else:
        text = re.sub(r"[\s,]|[명인]$", "", unicodedata.normalize("NFKC", given))
        text = re.sub(r"\.0+$", "", text)
        if text in ("", "-"):
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            raise CountUnreadable(given=given[:20])
        number = int(text)
    if number is not None and not 0 <= number <= COUNT_MAX:
        raise CountUnreadable(given=str(given)[:20])
    return number
