"""The 21 sections of the Korean Standard Industrial Classification (KSIC)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import get_language, gettext_lazy as _

DATA = Path(__file__).resolve().parent.parent / "data"


class UnknownIndustry(InvalidInput):
    """The text is no section of the classification."""

    text = _("“%(given)s” is not a section of the industrial classification (A to U).")


@cache
def _sections() -> dict[str, tuple[str, str]]:
    rows = (DATA / "industries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split("\t")[0]: (row.split("\t")[1], row.split("\t")[2]) for row in rows}


def industry_name(section: str) -> str:
    """The name of a section in the language of the reader; "" when there is none."""
    korean, english = _sections().get(section, ("", ""))
    return english if (get_language() or "ko").startswith("en") else korean


def industry_sections() -> tuple[tuple[str, str], ...]:
    """(letter, "C 제조업") of all sections."""
    return tuple((letter, f"{letter} {industry_name(letter)}") for letter in _sections())


def read_industry(given: str) -> str:
    """The letter of a section from "C", "C28", "제조업", "C. 제조업"; "" if empty. Raises UnknownIndustry."""
    text = given.strip()
    if text in ("", "-"):
        return ""
    letter = text[0].upper()
    if letter in _sections() and (len(text) == 1 or not text[1].isascii() or not text[1].isalpha()):
        return letter
    bare = re.sub(r"[\s,·]|서비스업|업$", "", text)
    for section, (korean, english) in _sections().items():
        if text.lower() == english.lower() or (bare and bare in re.sub(r"[\s,·]", "", korean)):
            return section
    raise UnknownIndustry(given=text[:40])
