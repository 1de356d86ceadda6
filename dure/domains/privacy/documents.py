"""Letters to those concerned by a breach, and its report as a paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_lazy

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Statement

from . import queries
from .rules.breaches import KINDS

DUTIES: dict[str, type_text] = {
    "people": gettext_lazy("Tell those concerned"),
    "authority": gettext_lazy("Report to the authority"),
}


def kinds_in_words(kinds: tuple[str, ...]) -> str:
    return ", ".join(str(KINDS[kind]) for kind in kinds)


def letter(act: Act, payload: dict[str, Any], url: str) -> tuple[str, str, str] | None:
    """To, subject and body of the letter to one person; None when there is nobody to reach."""
    about = queries.breach_letter(act, payload["breached_id"])
    if about is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "privacy/mail/breach_told.txt",
            {
                "about": about,
                "breach": about.breach,
                "kinds": kinds_in_words(about.breach.kinds),
                "network": parties.network_profile(),
                "url": url,
            },
        )
    subject, _gap, body = text.strip().partition("\n")
    return about.email, " ".join(subject.split()), body.strip() + "\n"


def breach_report(act: Act, card: queries.BreachCard, network: str) -> bytes:
    """What is known of a breach and what was done, for the authority and the file."""

    def moment(at: Any) -> str:
        return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "–"

    facts = [
        (_("What happened"), card.what),
        (_("Found out"), moment(card.found_at)),
        (_("Recorded"), moment(card.recorded_at)),
        (_("How many people"), str(card.people_count)),
        (_("Kinds of data"), kinds_in_words(card.kinds)),
        (_("Somebody came in from outside"), _("yes") if card.from_outside else _("no")),
        (_("What people can do"), card.advice or "–"),
        (_("Reported"), f"{moment(card.reported_at)} {card.report_reference}".strip()),
    ]
    tables = [
        _table(_("What is known"), (_("What"), ""), [(a, b) for a, b in facts]),
        _table(
            _("Who must be told by when"),
            (_("Whom"), _("Until"), _("Done"), _("Rule")),
            [
                (str(DUTIES[duty.whom]), moment(duty.until), moment(duty.done_at), duty.citation)
                for duty in card.duties
            ],
        ),
        _table(
            _("What was done"),
            (_("When"), _("Who"), _("What")),
            [(moment(step.at), step.by, step.text) for step in card.steps],
        ),
    ]
    said = Statement(
        title=_("Report of a breach of personal data"),
        network=network,
        subtitle=_("No. %(number)d") % {"number": card.id},
        tables=tuple(table for table in tables if table.rows),
        made=moment(act.at),
    )
    return pdf.statement(said, made_at=act.at)


def _table(caption: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> PdfTable:
    kinds = ("id", *("text" for _one in heads[1:]))
    return PdfTable(
        tuple(PdfColumn(head, kind) for head, kind in zip(heads, kinds, strict=True)),
        tuple(PdfRow(row) for row in rows),
        caption,
    )
