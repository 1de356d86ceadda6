"""Who signs the minutes, so that they are finished.

1. The chair of the meeting always signs.
2. Of an assembly as many members beside as `minutes.member_signers_count` asks (협동조합 기본법
   제30조②: three), and where `minutes.signed_by` names the directors, every one who was there
   (민법 제76조②).
3. Of any other body as many who sat there beside the chair as `bodies.minutes_signers_count` asks;
   where fewer were there, all of them.
4. Only signatures under the words as they read now count.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.domains.bylaws.rules import Finding, Rulebook

from .bodies import ASSEMBLIES

SIGNERS = "minutes.member_signers_count"
SIGNED_BY = "minutes.signed_by"
OTHERS = "bodies.minutes_signers_count"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who was there and who has signed, by persons."""

    chair: int | None
    present: frozenset[int]
    directors: frozenset[int]  # who sits on the board that day
    by: frozenset[int]

    @property
    def by_chair(self) -> bool:
        return self.chair is not None and self.chair in self.by

    @property
    def others(self) -> int:
        """How many beside the chair have signed."""
        return len(self.by - {self.chair})

    @property
    def directors_missing(self) -> frozenset[int]:
        return (self.directors & self.present) - self.by


def signing_asked(book: Rulebook, kind: str, signed: Signed) -> tuple[Finding, ...]:
    """What the rules ask of the signatures, and what is there (2., 3.)."""
    if kind not in ASSEMBLIES:
        most = len(signed.present - {signed.chair})
        if OTHERS not in book or book.number(OTHERS) > most <= signed.others:
            return ()
        return (book.check(OTHERS, signed.others),)
    found = [book.check(SIGNERS, signed.others)] if SIGNERS in book else []
    if SIGNED_BY in book:
        roles = {"chair"} if signed.by_chair else set()
        if not signed.directors_missing:
            roles.add("directors_present")
        found.append(book.check(SIGNED_BY, frozenset(roles)))
    return tuple(found)


def is_signed(book: Rulebook, kind: str, signed: Signed) -> bool:
    """Whether the minutes are finished (1.–3.)."""
    return signed.by_chair and all(one.passed for one in signing_asked(book, kind, signed))
