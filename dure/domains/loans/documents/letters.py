"""Letters about loans, by mail and on paper in the same words. A piece of news holds ids only; names
and addresses are read when the letter is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.ui import pdf

from .. import queries
from ..queries.letters import LetterFacts


class Letter(NamedTuple):
    """A letter as it is sent."""

    to: str
    subject: str
    body: str


def loan_letter(payload: Mapping[str, Any], now: datetime, url: str) -> Letter | None:
    """The letter a piece of news asks for; None where nobody is reached, or all was paid since."""
    about = queries.loan_news_facts(
        payload["kind"], payload["number"], payload["party_id"], day_of(now)
    )
    return None if about is None else _written(about, url + reverse("loans:my_loans"))


def letters_pdf(about: list[LetterFacts], made_at: datetime) -> bytes:
    """The same letters on paper, one on each page, for the post or to hand over."""
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.letters(
            _("Letters about a loan"), _network(),
            tuple(_on_paper(one, made_at) for one in about), made_at=made_at,
        )  # fmt: skip


def _on_paper(about: LetterFacts, made_at: datetime) -> pdf.Letter:
    words, name = _written(about, ""), _network()
    parts = (part.strip() for part in words.body.split("\n\n"))
    return pdf.Letter(
        title=words.subject.removeprefix(f"{name}: "), network=name, to=about.name,
        paragraphs=tuple(part for part in parts if part not in ("", name)),
        dated=format_date(day_of(made_at)),
    )  # fmt: skip


def _network() -> str:
    network = parties.network_profile()
    return network.name if network else ""


def _written(about: LetterFacts, url: str) -> Letter:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"loans/mail/{about.kind}.txt",
            {"about": about, "network": parties.network_profile(), "url": url},
        )
    subject, _gap, body = text.strip().partition("\n")
    return Letter(about.email, " ".join(subject.split()), body.strip() + "\n")
