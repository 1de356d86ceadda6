"""Letters to applicants and members. A payload holds ids only; names and addresses are read when
the letter is written, so that nothing personal lies in the outbox. The same words go on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dure.domains.parties import queries as parties
from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.ui import pdf

from .. import queries
from ..queries.letters import LetterFacts


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    body: str


def letter(kind: str, payload: Mapping[str, Any], url: str) -> Letter | None:
    """The letter a piece of news asks for; none to people without an e-mail address."""
    about = queries.letter_facts(kind, payload)
    if about is None or not about.email:
        return None
    if about.letter:
        url += reverse("memberships:application_status", args=[about.letter])
    elif about.case:
        url += reverse("memberships:conduct_case", args=[about.case.id])
    elif kind == "code_to_sign":
        url += reverse("memberships:ethics_code")
    return _written(kind, about, url)


def letter_pdf(kind: str, about: LetterFacts, made_at: datetime) -> bytes:
    """The same letter on paper, for the post or to hand over; without an address to click."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _written(kind, about, "")
        network = parties.network_profile()
        name = network.name if network else ""
        return pdf.letter(
            pdf.Letter(
                title=words.subject.removeprefix(f"{name}: "),
                network=name,
                to=about.name,
                paragraphs=tuple(
                    part.strip()
                    for part in words.body.split("\n\n")
                    if part.strip() not in ("", name)
                ),
                dated=format_date(day_of(made_at)),
            ),
            made_at=made_at,
        )


def _written(kind: str, about: LetterFacts, url: str) -> Letter:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"memberships/mail/{kind}.txt",
            {"about": about, "network": parties.network_profile(), "url": url},
        )
    subject, _gap, body = text.strip().partition("\n")
    return Letter(about.email, " ".join(subject.split()), body.strip() + "\n")
