"""Personal texts, kept apart from the sealed rows that speak of them.

A sealed row holds SHA-256(salt + text); text and salt lie here and can be erased by law, after
which the digest still proves that the row was not altered, and says nothing about the person.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from .models import PersonalText

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Personal:
    """A field of an event whose text is about a person (`of`: whose it is, if known).

    `matter` is what it was said in, like "memberships.Application:12": by it the text is found
    again when nobody knew yet whose it is.
    """

    text: str
    of: int | None = None
    matter: str = ""

    def __str__(self) -> str:
        return self.text


def digest_of(salt: bytes, text: str) -> str:
    return sha256(salt + text.encode()).hexdigest()


def keep(personal: Personal) -> str:
    """Store the text apart; the digest that may be sealed."""
    return keep_many((personal,))[0]


def keep_many(texts: Iterable[Personal]) -> list[str]:
    """`keep` for many texts in one statement."""
    rows = []
    for personal in texts:
        salt = os.urandom(SALT_BYTES)
        digest = digest_of(salt, personal.text)
        rows.append(
            PersonalText(
                digest=digest,
                salt=salt,
                text=personal.text,
                subject_id=personal.of,
                matter=personal.matter,
            )
        )
    PersonalText.objects.bulk_create(rows, batch_size=200)
    return [row.digest for row in rows]


def texts(digests: Iterable[str]) -> dict[str, str | None]:
    """Digest → text; None where it was erased."""
    found = PersonalText.objects.filter(digest__in=set(digests)).order_by("digest")
    return dict(found.values_list("digest", "text"))


def erase_about(subject_id: int, at: datetime) -> int:
    """Empty every text about the person; how many there were. Call it from a command."""
    return _erase(PersonalText.objects.filter(subject_id=subject_id), at)


def erase_matters(matters: Collection[str], at: datetime) -> int:
    """Empty every text said in these matters; how many there were. Call it from a command."""
    return _erase(PersonalText.objects.filter(matter__in=matters), at)


def erase_digests(digests: Collection[str], at: datetime) -> int:
    """Empty these very texts; how many there were. Call it from a command."""
    return _erase(PersonalText.objects.filter(digest__in=digests), at)


def _erase(texts: QuerySet[PersonalText], at: datetime) -> int:
    return texts.filter(erased_at=None).update(text=None, salt=None, erased_at=at)
