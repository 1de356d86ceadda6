"""Registration numbers: their shape and their check digit. Source: 국세청, 대법원 규칙.

1. A business registration number (사업자등록번호) has ten digits. The first nine are multiplied by
   1 3 7 1 3 7 1 3 5; to the sum is added the tens digit of the ninth product; the tenth digit brings
   the whole to a multiple of ten.
2. A corporate registration number (법인등록번호) has thirteen digits; the first twelve are multiplied
   by 1 2 1 2 …; the thirteenth brings the sum to a multiple of ten.
3. A resident registration number (주민등록번호) is never taken, in any field: six digits that are a
   day, then a digit 1 to 8, then six digits.
"""

from __future__ import annotations

import re
import unicodedata

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _


class BusinessNumberMalformed(InvalidInput):
    """The business registration number does not have ten digits."""

    text = _("“%(given)s” is not a business registration number: it needs 10 digits.")
    remedy = _("Type it like 123-45-67890.")


class BusinessNumberCheckDigitWrong(InvalidInput):
    """The last digit of the business registration number does not fit the others."""

    text = _("The check digit of the business registration number %(given)s is wrong.")
    remedy = _("Compare it with the registration certificate; a digit is probably mistyped.")


class CorporateNumberWrong(InvalidInput):
    """The corporate registration number does not have 13 digits with a fitting check digit."""

    text = _("“%(given)s” is not a corporate registration number.")
    remedy = _("Type it like 110111-0000000, as the register of corporations has it.")


class ResidentNumberRefused(InvalidInput):
    """The text holds what looks like a resident registration number. Dure stores none, anywhere."""

    text = _("This looks like a resident registration number. Dure does not store such numbers.")
    remedy = _("Remove the number and save again.")


_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_RESIDENT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s*[-–—]?\s*([1-8])\d{6}(?!\d)")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def business_check_digit(nine: str) -> int:
    """The tenth digit that fits the first nine."""
    assert len(nine) == 9 and nine.isascii() and nine.isdigit(), nine
    products = [int(digit) * weight for digit, weight in zip(nine, _WEIGHTS, strict=True)]
    return -(sum(products) + products[8] // 10) % 10


def read_business_number(given: str) -> str:
    """Ten digits, or "" for an empty text.

    Raises BusinessNumberMalformed and BusinessNumberCheckDigitWrong.
    """
    text = unicodedata.normalize("NFKC", given).strip()
    digits = re.sub(r"[\s\-–—‐−.]", "", text)
    if not digits:
        return ""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or digits == "0" * 10:
        raise BusinessNumberMalformed(given=text[:20])
    if business_check_digit(digits[:9]) != int(digits[9]):
        raise BusinessNumberCheckDigitWrong(given=format_business_number(digits))
    return digits


def format_business_number(digits: str) -> str:
    """123-45-67890."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if len(digits) == 10 else digits


def read_corporate_number(given: str) -> str:
    """Thirteen digits, or "" for an empty text. Raises CorporateNumberWrong, ResidentNumberRefused."""
    text = unicodedata.normalize("NFKC", given).strip()
    digits = re.sub(r"[\s\-–—‐−.]", "", text)
    if not digits:
        return ""
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        raise CorporateNumberWrong(given=text[:20])
    check = -sum(int(d) * (1 + i % 2) for i, d in enumerate(digits[:12])) % 10
    if check != int(digits[12]):
        if holds_resident_number(digits):
            raise ResidentNumberRefused
        raise CorporateNumberWrong(given=text[:20])
    return digits


def format_corporate_number(digits: str) -> str:
    """110111-0000000."""
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 13 else digits


def holds_resident_number(text: str) -> bool:
    """Whether somewhere in the text six digits of a day are followed by seven of a person."""
    if not any(character.isdigit() for character in text):
        return False
    return any(
        1 <= int(month) <= 12 and 1 <= int(day) <= _DAYS[int(month) - 1]
        for _year, month, day, _kind in _RESIDENT.findall(unicodedata.normalize("NFKC", text))
    )
