"""The record that a resolution is valid, as PDF: for the file, the registry office, a court."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _, pgettext

from dure.domains.bylaws.rules import Finding
from dure.kernel.dates import format_date
from dure.ui import pdf
from dure.ui.pdf import ROWS_MAX, PdfColumn, PdfRow, PdfTable, Statement

from ..queries.validity import RollLine, ValidityRecord
from .minutes import moment

ROOM = 200  # rows of everything but the roll


def validity_pdf(record: ValidityRecord, network: str, made_at: datetime) -> bytes:
    """The record of one resolution, with its roll as an annex where it fits on paper."""
    card, vote = record.card, record.card.vote
    told = _("%(told)s of %(all)s, all in time: %(in_time)s") % {
        "told": f"{card.told:,}",
        "all": f"{vote.counts.roll:,}",
        "in_time": f"{record.told_in_time:,}",
    }
    facts = [
        (_("Body"), card.body),
        (_("Meeting"), f"{card.meeting} · {moment(record.opened_at)} · {record.place}"),
        (_("Chair"), record.chair or "–"),
        (_("Matter"), card.matter),
        (_("Question"), card.question),
        (
            pgettext("governance", "Vote"),
            f"{vote.method_label} · {moment(vote.opened_at)} – {moment(vote.closed_at)}",
        ),
        (_("Result"), _("adopted") if card.adopted else pgettext("governance", "rejected")),
        (_("Effect"), f"{card.done_label} {card.done_text}".strip()),
    ]
    if card.voided_date:
        void = f"{format_date(card.voided_date)} {card.void_reason} ({card.void_paper})"
        facts.append((_("Voided"), f"{void} {card.undone_text}".strip()))
    if card.approval_date:
        facts.append((_("Approved"), f"{format_date(card.approval_date)} {card.approval_paper}"))
    counts = [
        (_("On the roll"), f"{vote.counts.roll:,}"),
        (_("Hash of the roll"), vote.roll_digest),
        (_("Told"), told),
        (_("Present with a vote"), f"{vote.counts.present:,}"),
        (_("By proxy"), f"{record.proxies:,}"),
        (_("Excluded"), f"{len(vote.barred):,}"),
    ]
    if record.elected:
        counts.append((_("Elected"), ", ".join(record.elected)))
    elif vote.is_withheld:
        counts.append((_("Count"), _("withheld")))
    else:
        for label, count in (
            (_("In favour"), vote.counts.yes),
            (_("Against"), vote.counts.no),
            (_("Abstaining"), vote.counts.abstain),
        ):
            counts.append((label, f"{count:,}"))
    tables = [
        _pairs(facts),
        _pairs(counts, _("Count")),
        _rules(vote.findings),
        _checks(record),
    ]
    fits = len(record.lines) <= ROWS_MAX - ROOM
    if record.lines and fits:
        tables.append(_roll(record.lines))
    notes = [] if fits else [_("The roll is too long for paper; it goes along as a spreadsheet.")]
    sound = (
        _("Everything was computed again from the records and is as it was kept.")
        if record.sound
        else _("Not everything follows from the records: see the lines marked “not so”.")
    )
    about = Statement(
        title=_("Validity of a resolution"),
        network=network,
        subtitle=card.number,
        tables=tuple(table for table in tables if table.rows),
        notes=(sound, *notes),
        made=moment(made_at),
    )
    return pdf.statement(about, made_at=made_at)


def _pairs(rows: list[tuple[str, str]], caption: str = "") -> PdfTable:
    return PdfTable((PdfColumn("", "id"), PdfColumn("")), tuple(map(PdfRow, rows)), caption)


def _rules(findings: tuple[Finding, ...]) -> PdfTable:
    columns = (
        PdfColumn(_("Rule")),
        PdfColumn(_("Asks")),
        PdfColumn(_("Found")),
        PdfColumn(_("Result"), "id"),
    )
    rows = (
        PdfRow(
            (
                one.sentence_of_rule,
                one.required_shown,
                one.actual_shown,
                _("met") if one.passed else _("not met"),
            )
        )
        for one in findings
    )
    return PdfTable(columns, tuple(rows), _("Provisions in force that day"))


def _checks(record: ValidityRecord) -> PdfTable:
    columns = (
        PdfColumn(_("Computed again")),
        PdfColumn(_("As kept")),
        PdfColumn(_("As it follows")),
        PdfColumn("", "id"),
    )
    rows = (
        PdfRow((one.label, one.found, one.expected, _("so") if one.passed else _("not so")))
        for one in record.checks
    )
    return PdfTable(columns, tuple(rows), _("Computed again from the records"))


def _roll(lines: tuple[RollLine, ...]) -> PdfTable:
    columns = (
        PdfColumn(_("Voter")),
        PdfColumn(_("Told")),
        PdfColumn(_("There")),
        PdfColumn(_("Sat for it")),
        PdfColumn(pgettext("governance", "Vote")),
    )
    rows = (
        PdfRow((one.name, one.told, one.attended, one.sat_by or "–", one.voted or "–"))
        for one in lines
    )
    return PdfTable(columns, tuple(rows), _("Annex: roll, notice, attendance, proxies, votes"))
