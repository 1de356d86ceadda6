"""Minutes on paper: what happened item by item, what was said, who signed which words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _, pgettext

from dure.kernel.acts import SEOUL
from dure.ui import pdf
from dure.ui.pdf import PdfColumn, PdfRow, PdfTable, Sign, Statement

from ..queries import MeetingCard, MinutesDraft
from ..queries.minutes import ItemRecord, VoteLine


def minutes_pdf(card: MeetingCard, record: MinutesDraft, network: str, made_at: datetime) -> bytes:
    """The minutes of a meeting, for the file and the registry office."""
    return pdf.statement(minutes_statement(card, record, network), made_at=made_at)


def minutes_statement(card: MeetingCard, record: MinutesDraft, network: str) -> Statement:
    """The words of the minutes, for PDF and HWPX alike."""
    facts = (
        (_("Body"), card.body),
        (pgettext("governance", "Opened"), moment(card.opened_at)),
        (_("Closed"), moment(card.closed_at)),
        (_("Place"), card.place or card.link),
        (_("Chair"), record.chair or "–"),
        (_("Voters"), f"{card.voters:,}"),
        (_("Present"), f"{record.present:,}"),
        (_("Absent"), f"{len(record.absent):,}"),
    )
    tables = [_table(("", ""), facts, narrow=(0,))]
    heads = (_("Item"), _("What was proposed and said"), _("Result"))
    tables.append(_table(heads, map(_item, record.items), _("Agenda and what was decided"), (2,)))
    if record.text:
        tables.append(_table(("",), _paragraphs(record.text), _("What was said")))
    came = (
        (line.name, line.person, f"{_clock(line.from_at)} – {_clock(line.until_at)}")
        for line in record.attendance
    )
    tables.append(
        _table((_("Voter"), _("Sat for it"), _("There")), came, _("Attendance"), narrow=(2,))
    )
    said = (
        (one.name, one.text, _("version %(number)d") % {"number": one.number})
        for one in record.comments
    )
    tables.append(_table((_("Voter"), _("Comment"), ""), said, _("Comments"), narrow=(0, 2)))
    return Statement(
        title=_("Minutes"),
        network=network,
        subtitle=card.title,
        tables=tuple(table for table in tables if table.rows),
        notes=tuple(_signing(record)),
        signs=tuple(
            Sign(_("Chair") if one.is_chair else _("Signed"), one.name, moment(one.signed_at))
            for one in record.signed
        ),
        made=_("Hash of what was signed: %(digest)s") % {"digest": record.digest[:16] or "–"},
    )


def _table(
    heads: tuple[str, ...], rows: object, caption: str = "", narrow: tuple[int, ...] = ()
) -> PdfTable:
    columns = (
        PdfColumn(head, "id" if number in narrow else "text") for number, head in enumerate(heads)
    )
    cells: Iterator[tuple[str, ...]] = iter(rows)  # type: ignore[call-overload]
    return PdfTable(tuple(columns), tuple(map(PdfRow, cells)), caption)


def _item(one: ItemRecord) -> tuple[str, str, str]:
    said = "\n".join(text for text in (one.item.text, one.item.minutes) if text)
    results = "\n".join(_said(vote) for vote in one.votes) or _("No vote.")
    return f"{one.item.number}. {one.item.title}", said or "–", results


def _paragraphs(text: str) -> Iterator[tuple[str]]:
    return ((line,) for line in text.split("\n") if line.strip())


def _signing(record: MinutesDraft) -> Iterator[str]:
    """Whether it is finished, and how the words that were signed are known again."""
    if record.locked_at:
        yield _("Signed by all who had to, and locked on %(moment)s.") % {
            "moment": moment(record.locked_at)
        }
    else:
        yield _("A draft: not signed by all who have to.")
    if record.digest:
        yield _("Version %(number)d; hash of the words and results: %(digest)s") % {
            "number": record.number,
            "digest": record.digest,
        }


def moment(at: datetime | None) -> str:
    """2026-11-20 14:05 in Seoul, for paper."""
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M}" if at else "–"


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%H:%M}" if at else ""


def _said(vote: VoteLine) -> str:
    """무기명: 가결 (출석 8, 찬성 5, 반대 2, 기권 1) 2026-01-001."""
    if vote.passed is None:
        return f"{vote.method}: {vote.state_label}"
    result = _("adopted") if vote.passed else pgettext("governance", "rejected")
    counts = _("count withheld")
    if vote.is_election:
        counts = _("elected: %(names)s") % {"names": ", ".join(vote.elected) or "–"}
    elif vote.yes is not None:
        counts = _(
            "%(present)s present, %(yes)s in favour, %(no)s against, %(abstain)s abstaining"
        ) % {
            "present": vote.present,
            "yes": vote.yes,
            "no": vote.no,
            "abstain": vote.abstain,
        }
    written = ""
    if vote.written:
        written = _("In writing: %(names)s.") % {"names": ", ".join(vote.written)}
    lines = (f"{vote.method}: {result}", counts, written, vote.number, vote.done_text)
    return "\n".join(line for line in lines if line)
