"""Names of people and organisations: written one way, compared another.

1. A name is kept as written, with single spaces.
2. Its *identity* is what stays when spaces, punctuation and the many ways of writing a legal form are
   made one: (사), 사), 사단법인. Two rows of a file with one identity in one region are one organisation.
3. Its *key* has no legal form at all. Two organisations with one key may be duplicates; a person
   decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dure.kernel.words import gettext_lazy as _

from .codes import LegalForm
from .texts import NameMissing, clean_text

NAME_MAX = 120

_MARKS: tuple[tuple[str, str], ...] = (  # how legal forms are abbreviated → the word
    (r"㈜|\(\s*주\s*\)|^주\)", "주식회사"),
    (r"\(\s*유\s*\)|㈲", "유한회사"),
    (r"\(\s*사\s*\)|^사\)|㈔", "사단법인"),
    (r"\(\s*재\s*\)|^재\)|㈖", "재단법인"),
    (r"\(\s*사협\s*\)|^사협\)", "사회적협동조합"),
    (r"\(\s*협\s*\)|^협\)", "협동조합"),
    (r"\(\s*합\s*\)", "합자회사"),
    (r"\(\s*농\s*\)", "농업회사법인"),
)
_MARK_SIGNS = re.compile(r"[()㈜㈲㈔㈖]")
_FORMS: tuple[tuple[str, LegalForm], ...] = (  # longest first
    ("소비자생활협동조합", LegalForm.CONSUMER_COOPERATIVE),
    ("농업회사법인주식회사", LegalForm.FARM_CORPORATION),
    ("비영리민간단체", LegalForm.CIVIL_GROUP),
    ("사회적협동조합", LegalForm.SOCIAL_COOPERATIVE),
    ("신용협동조합", LegalForm.CREDIT_UNION),
    ("영농조합법인", LegalForm.FARM_CORPORATION),
    ("영어조합법인", LegalForm.FARM_CORPORATION),
    ("농업회사법인", LegalForm.FARM_CORPORATION),
    ("어업회사법인", LegalForm.FARM_CORPORATION),
    ("사단법인", LegalForm.ASSOCIATION),
    ("재단법인", LegalForm.FOUNDATION),
    ("주식회사", LegalForm.COMPANY),
    ("유한회사", LegalForm.COMPANY),
    ("합자회사", LegalForm.COMPANY),
    ("합명회사", LegalForm.COMPANY),
    ("협동조합", LegalForm.COOPERATIVE),
)
_FORM_WORDS = frozenset(form for form, _kind in _FORMS)
_FORM_AT_AN_END = re.compile("^(?:{0})|(?:{0})$".format("|".join(_FORM_WORDS)))
_ASIDE = re.compile(r"\(\s*(?:준|가칭|예비)\s*\)")
_PUNCTUATION = re.compile(r"[\W_]+")


def clean_name(given: str) -> str:
    """The name on one line. Raises NameMissing, TextTooLong, ResidentNumberRefused."""
    name = clean_text(given, NAME_MAX, _("Name"))
    if not name or not any(character.isalnum() for character in name):
        raise NameMissing
    return name


@lru_cache(maxsize=8_192)
def _spelled(name: str) -> str:
    text = unicodedata.normalize("NFC", name).strip()
    if _MARK_SIGNS.search(text):
        for pattern, word in _MARKS:
            text = re.sub(pattern, f" {word} ", text)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=8_192)
def name_identity(name: str) -> str:
    """The name with its legal form spelled out, without spaces, punctuation and case."""
    return _PUNCTUATION.sub("", _spelled(name)).lower()


@lru_cache(maxsize=8_192)
def name_key(name: str) -> str:
    """The name without legal form, spaces, punctuation and case; the identity if nothing else is left."""
    text = _ASIDE.sub(" ", _spelled(name)).lower()
    text = _PUNCTUATION.sub("", text)
    found = _FORM_AT_AN_END.search(text) is not None
    while found and text not in _FORM_WORDS:
        found = False
        for form, _kind in _FORMS:
            for rest in (text.removeprefix(form), text.removesuffix(form)):
                if rest != text and len(rest) >= 2:
                    text, found = rest, True
                    break
            if found:
                break
    return text[:NAME_MAX]


def legal_form_in(name: str) -> str:
    """The legal form a name carries at its beginning or end; "" when it carries none.

    A federation (…협동조합연합회) carries its own form, whatever its members are.
    """
    text = _PUNCTUATION.sub("", _ASIDE.sub(" ", _spelled(name)))
    if text.endswith("협동조합연합회"):
        return LegalForm.FEDERATION
    for form, kind in _FORMS:
        if text.startswith(form) or text.endswith(form):
            return kind
    return ""


def similarity(one: str, other: str) -> int:
    """How alike two names are, in hundredths: shared pairs of letters of their keys (Dice)."""
    a, b = name_key(one), name_key(other)
    if a == b:
        return 100 if name_identity(one) == name_identity(other) else 90
    pairs_a, pairs_b = _pairs(a), _pairs(b)
    if not pairs_a or not pairs_b:
        return 0
    return 200 * len(pairs_a & pairs_b) // (len(pairs_a) + len(pairs_b)) * 9 // 10


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
