"""Papers with a number as PDF: the same paper gives the same bytes, whenever it is printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from dure.domains.parties.rules.numbers import format_business_number
from dure.kernel.dates import parse_month
from dure.kernel.money import format_number, format_won
from dure.ui import pdf

from ..queries import Printed
from ..rules.papers import PaperKind

TEMPLATE = "domains/memberships/documents/paper.typ"
MANY_MAX = 500  # papers in one file; a thousand would take a gigabyte

Said = dict[str, Any]


def papers_pdf(papers: Sequence[Printed]) -> bytes:
    """One PDF of one or many papers, each beginning on a page of its own."""
    assert 0 < len(papers) <= MANY_MAX
    said = [_said(paper) for paper in papers]
    data = {"title": said[0]["title"], "network": said[0]["network"], "papers": said}
    return pdf.render(TEMPLATE, data, made_at=max(paper.issued_at for paper in papers))


def file_name(paper: Printed) -> str:
    """2026-회원-0012_햇살돌봄.pdf"""
    return "_".join(
        part for part in (paper.number, _subject(paper.content).get("name")) if part
    ) + (".pdf")


def _subject(content: Said) -> Said:
    subject: Said = content.get("member") or content.get("donor") or {}
    return subject


def _said(paper: Printed) -> Said:
    with translation.override(paper.language):
        content = paper.content
        network = content["network"]
        said: Said = {
            "lang": paper.language,
            "number": _("No. %(number)s") % {"number": content["number"]},
            "network": network["name"],
            "about": " · ".join(
                part
                for part in (
                    format_business_number(network.get("business_number", "")),
                    network.get("address", ""),
                    network.get("phone", ""),
                )
                if part
            ),
            "dated": _day(content["dated"]),
            "unit": "",
            "subtitle": "",
            "seal": _("Seal"),
            "void": _("VOID") if paper.revoked else "",
            "qr": _qr(content["check_url"]),
            "check": {
                "how": _("Whether this paper is genuine and still holds can be checked here:"),
                "url": content["check_url"],
                "code": _("Code %(code)s") % {"code": content["code"]},
                "digest": _("Digest %(digest)s") % {"digest": content["digest"]},
            },
            "facts": (),
            "sections": (),
            "tables": (),
            "notes": (),
            "lines": (),
        }
        return said | _SAYERS[PaperKind(paper.kind)](content)


def _qr(url: str) -> str:
    """The address as a drawing, in vectors."""
    drawn = io.BytesIO()
    segno.make_qr(url, error="m").save(
        drawn, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, nl=False
    )
    return drawn.getvalue().decode()


# -- words -----------------------------------------------------------------------------------------


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return _("%(year)d-%(month)02d-%(day)02d") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _span(content: Said) -> str:
    return f"{content['from']} – {_last(content)}"


def _last(content: Said) -> str:
    return (date.fromisoformat(content["until"]) - timedelta(days=1)).isoformat()


def _months(first: str, last: str) -> str:
    one, other = parse_month(first), parse_month(last)
    return str(one) if one == other else f"{one} – {other}"


def _member_facts(member: Said) -> list[tuple[str, str]]:
    facts = [(_("Name"), member["name"])]
    if member.get("business_number"):
        facts.append((_("Business number"), format_business_number(member["business_number"])))
    if member.get("address"):
        facts.append((_("Address"), member["address"]))
    facts += [(_("Member number"), str(member["number"])), (_("Kind of member"), member["class"])]
    facts.append((_("Member since"), _day(member["joined"])))
    if member["left"]:
        facts.append((_("Member until"), _day(_day_before(member["left"]))))
    return facts


def _day_before(iso: str) -> str:
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat()


def _table(caption: str, columns: Iterable[tuple[str, str]], rows: Iterable[Any]) -> Said:
    return {
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": [
            {"cells": list(cells), "style": style}
            for style, *cells in ((row[0], *row[1:]) for row in rows)
        ],
    }


# -- one for each kind -----------------------------------------------------------------------------


def _member_certificate(content: Said) -> Said:
    member = content["member"]
    line = (
        _("We certify that the above was a member of %(network)s.")
        if member["left"] and member["left"] <= content["dated"]
        else _("We certify that the above is a member of %(network)s.")
    )
    return {
        "form": "certificate",
        "title": _("Certificate of membership"),
        "facts": _member_facts(member),
        "lines": [line % {"network": content["network"]["name"]}],
    }


def _charges_table(content: Said) -> Said:
    rows = [
        (
            "plain",
            f"{plan} {_months(first, last)}",
            due,
            format_number(won),
            format_number(paid),
            format_number(won - paid - waived),
        )
        for plan, first, last, due, won, paid, waived in content["charges"]
    ]
    sums = [sum(row[at] for row in content["charges"]) for at in (4, 5, 6)]
    rows.append(
        (
            "sum",
            _("In all"),
            "",
            format_number(sums[0]),
            format_number(sums[1]),
            format_number(sums[0] - sums[1] - sums[2]),
        )
    )
    return _table(
        _("Dues charged"),
        (
            (_("What for"), "text"),
            (_("Due"), "day"),
            (_("Charged"), "won"),
            (_("Paid"), "won"),
            (_("Open"), "won"),
        ),
        rows,
    )


def _payments_table(content: Said) -> Said:
    rows = [
        ("plain", day, f"{plan} {_months(first, last)}", format_number(won))
        for day, plan, first, last, won in content["payments"]
    ]
    total = sum(row[-1] for row in content["payments"])
    rows.append(("sum", _("In all"), "", format_number(total)))
    return _table(
        _("Dues paid"),
        ((_("Paid on"), "day"), (_("What for"), "text"), (_("Amount"), "won")),
        rows,
    )


def _notes_on_dues(content: Said) -> list[str]:
    notes = [_("“Paid” and “Open” of a charge are as of the day of issue.")]
    if any(row[6] for row in content["charges"]):
        notes.append(_("What the network waived is neither paid nor open."))
    return notes


def _dues_statement(content: Said) -> Said:
    paid = sum(row[-1] for row in content["payments"])
    return {
        "form": "statement",
        "title": _("Statement of dues paid"),
        "subtitle": _span(content),
        "unit": _("unit: won"),
        "facts": _member_facts(content["member"]),
        "tables": [_payments_table(content), _charges_table(content)],
        "notes": [
            *_notes_on_dues(content),
            _("This is no donation receipt."),
        ],
        "lines": [
            _("We certify that dues of %(won)s were paid as stated above.")
            % {"won": format_won(paid)}
        ],
    }


def _shares_table(content: Said) -> Said:
    held = content["shares_before_won"]
    rows = [("head", content["from"], _("brought forward"), "", format_number(held))]
    for day, won in content["shares"]:
        held += won
        text = _("paid in") if won > 0 else _("paid back")
        rows.append(("plain", day, text, format_number(won), format_number(held)))
    rows.append(("sum", _last(content), _("held"), "", format_number(held)))
    return _table(
        _("Shares"),
        (
            (_("Date"), "day"),
            (_("What for"), "text"),
            (_("Amount"), "won"),
            (_("Balance"), "won"),
        ),
        rows,
    )


def _yearly_statement(content: Said) -> Said:
    tables = [_charges_table(content), _payments_table(content)]
    if content["shares"] or content["shares_before_won"]:
        tables.append(_shares_table(content))
    if content.get("donations"):
        tables.append(_donations_table(content))
    return {
        "form": "statement",
        "title": _("Yearly statement of a member"),
        "subtitle": _span(content),
        "unit": _("unit: won"),
        "facts": _member_facts(content["member"]),
        "tables": tables,
        "notes": _notes_on_dues(content),
        "lines": [_("This is what the books of the network show for the year.")],
    }


def _donations_table(content: Said) -> Said:
    rows = [("plain", day, text, format_number(won)) for day, text, won in content["donations"]]
    rows.append(("sum", _("In all"), "", format_number(sum(r[-1] for r in content["donations"]))))
    return _table(
        _("Donations"),
        ((_("Date"), "day"), (_("What for"), "text"), (_("Amount"), "won")),
        rows,
    )


def _share_certificate(content: Said) -> Said:
    held = content["shares_before_won"] + sum(won for _day, won in content["shares"])
    facts = _member_facts(content["member"])
    facts.append((_("Shares paid in"), format_won(held)))
    return {
        "form": "certificate",
        "title": _("Share certificate"),
        "facts": facts,
        "lines": [
            _("We certify that the above holds shares of %(network)s as stated.")
            % {"network": content["network"]["name"]}
        ],
    }


def _member_register(content: Said) -> Said:
    rows = [
        ("plain", str(number), name, of_class, joined, format_number(held))
        for number, name, of_class, joined, held in content["members"]
    ]
    rows.append(
        (
            "sum",
            "",
            _("%(count)d members") % {"count": len(content["members"])},
            "",
            "",
            format_number(sum(row[-1] for row in content["members"])),
        )
    )
    return {
        "form": "statement",
        "title": _("Register of cooperative members")
        if "cooperative" in content["network"].get("legal_form", "")
        else _("Register of members"),
        "subtitle": _("as of %(date)s") % {"date": _day(content["from"])},
        "unit": _("unit: won"),
        "tables": [
            _table(
                "",
                (
                    (_("No."), "id"),
                    (_("Name"), "text"),
                    (_("Kind of member"), "id"),
                    (_("Member since"), "day"),
                    (_("Shares"), "won"),
                ),
                rows,
            )
        ],
        "notes": [
            _(
                "This register names people. Use it only for what it was issued for, and destroy it then."
            )
        ],
        "lines": [_("We certify that this agrees with the register kept by the network.")],
    }


_SAYERS: dict[PaperKind, Callable[[Said], Said]] = {
    PaperKind.MEMBER_CERTIFICATE: _member_certificate,
    PaperKind.DUES_STATEMENT: _dues_statement,
    PaperKind.YEARLY_STATEMENT: _yearly_statement,
    PaperKind.SHARE_CERTIFICATE: _share_certificate,
    PaperKind.MEMBER_REGISTER: _member_register,
}
