"""Letters of meetings. A payload holds ids only: names and addresses are read when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dure.domains.parties import queries as parties

from .. import queries


def minutes_letter(payload: Mapping[str, Any], url: str) -> tuple[str, str, str] | None:
    """To one who was absent: where the minutes are, and until when to say something about them.

    Address, subject, text; None where there is no address, or nothing to say any more.
    """
    about = queries.minutes_asked(payload["meeting_id"], payload["party_id"])
    if about is None:
        return None
    there = url + reverse("governance:minutes", args=[about.meeting_id])
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "governance/mail/minutes_circulated.txt",
            {"about": about, "network": parties.network_profile(), "url": there},
        )
    subject, _gap, body = text.strip().partition("\n")
    return about.email, " ".join(subject.split()), body.strip() + "\n"
