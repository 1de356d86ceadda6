"""Letters to applicants and members. A payload holds ids only; names and addresses are read when
the letter is written, so that nothing personal lies in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dure.domains.parties import queries as parties

from .. import queries


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
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"memberships/mail/{kind}.txt",
            {"about": about, "network": parties.network_profile(), "url": url},
        )
    subject, _gap, body = text.strip().partition("\n")
    return Letter(about.email, " ".join(subject.split()), body.strip() + "\n")
