"""Letters of notice, by mail and on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.ui import pdf

from ..queries import NoticeFacts, notice_facts, notice_of


def notice_letter(notice_id: int, url: str) -> tuple[str, str, str] | None:
    """Address, subject and words of a letter on its way; None when there is nothing to say."""
    about = notice_facts(notice_id)
    if about is None or not about.email:
        return None
    subject, body = notice_words(
        about, url + reverse("governance:meeting", args=[about.meeting_id])
    )
    return about.email, subject, body


def notices_pdf(letters: list[NoticeFacts], made_at: datetime) -> bytes:
    """Letters of notice on paper in one file, each with a form of proxy where one may send somebody."""
    network = parties.network_profile()
    name = network.name if network else ""
    with translation.override(settings.LANGUAGE_CODE):
        dated = format_date(day_of(made_at))
        pages = []
        for about in letters:
            subject, body = notice_words(about, "")
            parts = [one.strip() for one in body.split("\n\n")]
            said = tuple(one for one in parts if one not in ("", name))
            pages.append(
                pdf.Letter(subject.removeprefix(f"{name}: "), name, about.name, said, dated)
            )
            if about.proxies:
                form = render_to_string("governance/mail/proxy_form.txt", {"about": about})
                filled = tuple(one.strip() for one in form.strip().split("\n\n"))
                addressed = _("To %(network)s") % {"network": name}
                pages.append(pdf.Letter(_("Written proxy"), addressed, "", filled, ""))
        return pdf.letters(_("Letters of notice"), name, tuple(pages), made_at=made_at)


def notice_words(about: NoticeFacts, url: str) -> tuple[str, str]:
    """Subject and words of a notice: agenda, day, place, how to send somebody instead."""
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "governance/mail/notice.txt",
            {"about": about, "network": parties.network_profile(), "url": url},
        )
    subject, _gap, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def notice_message(meeting: Any) -> str:
    """A notice in a few lines, to be sent as a message from one's own telephone."""
    with translation.override(settings.LANGUAGE_CODE):
        made = render_to_string("governance/mail/message.txt", {"about": notice_of(meeting)})
    return made.strip()
