"""Minutes as PDF: what happened, what was said, who signed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.kernel.acts import SEOUL
from dure.kernel.dates import format_date
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Sign, Statement

from ..queries import MeetingCard, MinutesDraft
from ..queries.minutes import VoteLine


def minutes_pdf(card: MeetingCard, record: MinutesDraft, network: str, made_at: datetime) -> bytes:
    """The minutes of a meeting, for the file and the registry office."""
    facts = (
        (_("Body"), card.body),
        (pgettext("governance", "Opened"), moment(card.opened_at)),
        (_("Closed"), moment(card.closed_at)),
        (_("Place"), card.place or card.link),
        (_("Chair"), record.chair or "–"),
        (_("Voters"), str(card.voters)),
        (_("Present"), str(record.present)),
        (
            pgettext("governance", "Told by"),
            f"{format_date(card.tell_by)} ({card.told}/{card.voters})",
        ),
    )
    results = [
        PdfRow((f"{one.item.number}. {one.item.title}", _said(vote), vote.number))
        for one in record.items
        for vote in one.votes
    ]
    came = [
        PdfRow((line.name, line.person, moment(line.from_at), moment(line.until_at)))
        for line in record.attendance
    ]
    columns = tuple(PdfColumn(label) for label in (_("Voter"), _("Sat for it")))
    times = tuple(
        PdfColumn(label, "id")
        for label in (pgettext("governance", "From"), pgettext("governance", "Until"))
    )
    tables = (
        PdfTable((PdfColumn(_("Meeting"), "id"), PdfColumn("")), tuple(map(PdfRow, facts))),
        PdfTable(
            (
                PdfColumn(pgettext("governance", "Item")),
                PdfColumn(_("Result")),
                PdfColumn(_("No."), "id"),
            ),
            tuple(results),
            _("What was decided"),
        ),
        PdfTable((*columns, *times), tuple(came), _("Attendance")),
    )
    about = Statement(
        title=_("Minutes"),
        network=network,
        subtitle=card.title,
        tables=tuple(table for table in tables if table.rows),
        notes=tuple(line for line in record.text.split("\n") if line.strip()),
        signs=tuple(
            Sign(_("Chair") if one.is_chair else _("Signed"), one.name) for one in record.signatures
        ),
        made=_("Hash of what was signed: %(digest)s") % {"digest": record.digest or "–"},
    )
    return pdf.statement(about, made_at=made_at)


def moment(at: datetime | None) -> str:
    """2026-11-20 14:05 in Seoul, for paper."""
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M}" if at else "–"


def _said(vote: VoteLine) -> str:
    if vote.passed is None:
        return vote.state_label
    result = _("Adopted.") if vote.passed else _("Not adopted.")
    if vote.yes is None:
        return f"{vote.method}: {result} ({_('count withheld')})"
    counts = _("%(present)s present, %(yes)s in favour, %(no)s against, %(abstain)s abstaining") % {
        "present": vote.present,
        "yes": vote.yes,
        "no": vote.no,
        "abstain": vote.abstain,
    }
    return f"{vote.method}: {counts}. {result} {vote.done_text}".strip()
