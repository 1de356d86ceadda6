"""Papers with a number: how they are counted, checked and shown to strangers. Pure.

1. Each kind of paper has its own series in each year of issue: 2026-회원-0012. A series has no gap.
2. Beside its number a paper carries a code nobody can guess: 12 of 30 letters, 58 bits. Letters that
   look alike (0 O, 1 I L, U V) are not among them, so that it can be typed from paper.
3. By its number a stranger learns whether such a paper was issued, when, and whether it holds; by
   its code also for whom: an organisation by its name, a person by the first letter of each word
   of the name (김○○).
4. A donation is receipted once: what a valid receipt covers is not covered by another.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from dure.kernel.words import Promise, gettext_lazy as _


class PaperKind(StrEnum):
    MEMBER_CERTIFICATE = "member_certificate"
    DUES_STATEMENT = "dues_statement"
    YEARLY_STATEMENT = "yearly_statement"
    DONATION_RECEIPT = "donation_receipt"
    SHARE_CERTIFICATE = "share_certificate"
    MEMBER_REGISTER = "member_register"
    DESTRUCTION = "destruction"
    LOAN_CONTRACT = "loan_contract"
    LOAN_BALANCE = "loan_balance"
    LOAN_INTEREST = "loan_interest"


KINDS: dict[str, str | Promise] = {
    PaperKind.MEMBER_CERTIFICATE: _("certificate of membership"),
    PaperKind.DUES_STATEMENT: _("statement of dues"),
    PaperKind.YEARLY_STATEMENT: _("yearly statement"),
    PaperKind.DONATION_RECEIPT: _("donation receipt"),
    PaperKind.SHARE_CERTIFICATE: _("share certificate"),
    PaperKind.MEMBER_REGISTER: _("register of all members"),
    PaperKind.DESTRUCTION: _("certificate of destruction"),
    PaperKind.LOAN_CONTRACT: _("contract of a loan"),
    PaperKind.LOAN_BALANCE: _("certificate of balance of a loan"),
    PaperKind.LOAN_INTEREST: _("certificate of interest paid"),
}
SERIES = {
    PaperKind.MEMBER_CERTIFICATE: "회원",
    PaperKind.DUES_STATEMENT: "회비",
    PaperKind.YEARLY_STATEMENT: "연간",
    PaperKind.DONATION_RECEIPT: "기부",
    PaperKind.SHARE_CERTIFICATE: "출자",
    PaperKind.MEMBER_REGISTER: "명부",
    PaperKind.DESTRUCTION: "파기",
    PaperKind.LOAN_CONTRACT: "약정",
    PaperKind.LOAN_BALANCE: "잔액",
    PaperKind.LOAN_INTEREST: "이자",
}
YEARLY = frozenset(
    {PaperKind.DUES_STATEMENT, PaperKind.YEARLY_STATEMENT, PaperKind.DONATION_RECEIPT}
)  # these tell of a year
OF_ROOMS = frozenset(
    {PaperKind.LOAN_CONTRACT, PaperKind.LOAN_BALANCE, PaperKind.LOAN_INTEREST}
)  # what these say, the room above says
_OF_ALL = {PaperKind.MEMBER_REGISTER, PaperKind.DONATION_RECEIPT, PaperKind.DESTRUCTION}
OF_A_MEMBER = tuple(kind for kind in PaperKind if kind not in OF_ROOMS | _OF_ALL)
OWN = frozenset(
    {PaperKind.MEMBER_CERTIFICATE, PaperKind.DUES_STATEMENT, PaperKind.YEARLY_STATEMENT}
)  # members issue these for themselves
LANGUAGES = ("ko", "en")
LAYOUT = 1  # of the printed form; a paper is always printed in the layout it was issued in

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
CODE_BYTES = 16
HIDDEN = "○"

_NUMBER = re.compile(r"제?(?P<year>\d{4})-(?P<series>[가-힣]{2})-0*(?P<number>\d{1,9})호?")


def paper_number(kind: str, year: int, number: int) -> str:
    """2026-회원-0012 (rule 1)."""
    return f"{year}-{SERIES[PaperKind(kind)]}-{number:04}"


def read_paper_number(text: str) -> tuple[PaperKind, int, int] | None:
    """Kind, year and number, as printed or as people type it; None when it is no number of ours."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).removeprefix("No.")
    match = _NUMBER.fullmatch(bare)
    kinds = {word: kind for kind, word in SERIES.items()}
    if match is None or match["series"] not in kinds:
        return None
    return kinds[match["series"]], int(match["year"]), int(match["number"])


def span_of(kind: str, year: int | None, today: date) -> tuple[date, date]:
    """The days a paper tells of (end exclusive): a calendar year, or the day of issue."""
    if kind not in YEARLY:
        return today, today + timedelta(days=1)
    year = year or today.year
    return date(year, 1, 1), date(year + 1, 1, 1)


def code_of(chance: bytes) -> str:
    """A code made of random bytes (rule 2)."""
    assert len(chance) >= CODE_BYTES
    number, letters = int.from_bytes(chance, "big"), []
    for _position in range(CODE_LENGTH):
        number, at = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[at])
    return "".join(letters)


def shown_code(code: str) -> str:
    """In groups of four, as it is printed: K7QF-3M2A-9XWD."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(text: str) -> str | None:
    """The code as people type it; None when it cannot be one."""
    bare = re.sub(r"[\s\-–—_.]+", "", unicodedata.normalize("NFKC", text)).upper()
    if len(bare) != CODE_LENGTH or not set(bare) <= set(CODE_LETTERS):
        return None
    return bare


def masked(name: str) -> str:
    """A person's name for strangers: the first letter of each word (rule 3)."""
    words = name.split()
    return " ".join(
        word[0] + HIDDEN * min(len(word) - 1, 5) if len(word) > 1 else HIDDEN for word in words
    )


def shown_digest(digest: str) -> str:
    """The first 16 characters in groups of four: enough to compare by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def digest_of_register(code: str, text: str) -> str:
    """What a register printed is known by again: salted by its own code, as no copy is kept."""
    return sha256(f"{code}\n{text}".encode()).hexdigest()
