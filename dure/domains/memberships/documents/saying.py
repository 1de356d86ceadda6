"""What each kind of paper says, in words: titles, facts, tables, the sentence that certifies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _, gettext_lazy as _lazy, pgettext

from dure.domains.parties.rules.numbers import format_business_number
from dure.kernel.money import format_number, format_won

from ..rules.papers import OF_ROOMS, PaperKind
from .donation import donation_receipt
from .words import Said, day_in_words, last, months, span, table


def _member_facts(member: Said) -> list[tuple[str, str]]:
    facts = [(_("Name"), member["name"])]
    if member.get("business_number"):
        facts.append((_("Business number"), format_business_number(member["business_number"])))
    if member.get("address"):
        facts.append((_("Address"), member["address"]))
    facts += [(_("Member number"), str(member["number"])), (_("Kind of member"), member["class"])]
    facts.append((_("Member since"), day_in_words(member["joined"])))
    if member["left"]:
        facts.append((_("Member until"), day_in_words(_day_before(member["left"]))))
    return facts


def _day_before(iso: str) -> str:
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat()


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
            f"{plan} {months(first, last)}",
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
    return table(
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
        ("plain", day, f"{plan} {months(first, last)}", format_number(won))
        for day, plan, first, last, won in content["payments"]
    ]
    total = sum(row[-1] for row in content["payments"])
    rows.append(("sum", _("In all"), "", format_number(total)))
    return table(
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
        "subtitle": span(content),
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


MOVES = {
    "paid": _lazy("paid in"),
    "undone": _lazy("payment undone"),
    "transfer": _lazy("transferred"),
    "succession": _lazy("succeeded to"),
    "refund": _lazy("to be paid back"),
    "lapse": _lazy("lapsed"),
}


def _shares_table(content: Said) -> Said:
    held = content["shares_before_won"]
    rows = [("head", content["from"], _("brought forward"), "", format_number(held))]
    for day, kind, _count, won in content["shares"]:
        held += won
        rows.append(("plain", day, str(MOVES[kind]), format_number(won), format_number(held)))
    rows.append(("sum", last(content), _("held"), "", format_number(held)))
    return table(
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
        "subtitle": span(content),
        "unit": _("unit: won"),
        "facts": _member_facts(content["member"]),
        "tables": tables,
        "notes": _notes_on_dues(content),
        "lines": [_("This is what the books of the network show for the year.")],
    }


def _donations_table(content: Said) -> Said:
    rows = [("plain", day, text, format_number(won)) for day, text, won in content["donations"]]
    rows.append(("sum", _("In all"), "", format_number(sum(r[-1] for r in content["donations"]))))
    return table(
        _("Donations"),
        ((_("Date"), "day"), (_("What for"), "text"), (_("Amount"), "won")),
        rows,
    )


def _share_certificate(content: Said) -> Said:
    held = content["certificate"]
    facts = _member_facts(content["member"])
    facts += [
        (_("Number of the certificate"), str(held["number"])),
        (
            pgettext("how many", "Shares"),
            _("%(count)s shares") % {"count": format_number(held["shares"])},
        ),
        (_("One share"), format_won(held["won"] // held["shares"])),
        (_("Paid in"), format_won(held["won"])),
        (_("Held since"), day_in_words(held["issued"])),
    ]
    return {
        "form": "certificate",
        "title": _("Share certificate"),
        "facts": facts,
        "lines": [
            _("We certify that the above holds shares of %(network)s as stated.")
            % {"network": content["network"]["name"]},
            _(
                "It holds until another certificate replaces it, which the check of this paper shows."
            ),
        ],
    }


def _member_register(content: Said) -> Said:
    rows = [
        (
            "plain",
            str(number),
            name,
            address,
            of_class,
            joined,
            format_number(shares),
            format_number(won),
            str(certificate or ""),
        )
        for number, name, address, of_class, joined, shares, won, certificate in content["members"]
    ]
    rows.append(
        (
            "sum",
            "",
            _("%(count)d members") % {"count": len(content["members"])},
            "",
            "",
            "",
            format_number(sum(row[5] for row in content["members"])),
            format_number(sum(row[6] for row in content["members"])),
            "",
        )
    )
    return {
        "form": "statement",
        "title": _("Register of cooperative members")
        if "cooperative" in content["network"].get("legal_form", "")
        else _("Register of members"),
        "subtitle": _("as of %(date)s") % {"date": day_in_words(content["from"])},
        "unit": _("unit: won"),
        "tables": [
            table(
                "",
                (
                    (_("No."), "id"),
                    (_("Name"), "text"),
                    (_("Address"), "text"),
                    (_("Kind of member"), "id"),
                    (_("Member since"), "day"),
                    (pgettext("how many", "Shares"), "number"),
                    (_("Paid in"), "won"),
                    (_("Certificate"), "id"),
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


def _destruction(content: Said) -> Said:
    columns = ((_("What"), "text"), (_("Rule"), "text"), (_("How many records"), "number"))
    tables = [
        table(
            _("What was destroyed"),
            columns,
            (
                ("plain", what, rule, format_number(count))
                for what, rule, count in content["destroyed"]
            ),
        )
    ]
    if content["kept"]:
        tables.append(
            table(
                _("What stays, kept apart"),
                columns,
                (
                    ("plain", what, rule, format_number(count))
                    for what, rule, count in content["kept"]
                ),
            )
        )
    return {
        "form": "statement",
        "title": _("Certificate of the destruction of personal data"),
        "subtitle": _("as of %(date)s") % {"date": day_in_words(content["from"])},
        "tables": tables,
        "notes": [
            _(
                "Erased in a way that cannot be undone. Numbers, days and sums in the books stay without names."
            )
        ],
        "lines": [_("We certify that the personal data above was destroyed.")],
    }


def _as_said(content: Said) -> Said:
    """A paper of a room above: its words were said when it was issued."""
    said: Said = content["said"]
    tables = [table(one["caption"], one["columns"], one["rows"]) for one in said["tables"]]
    return said | {"tables": tables}


SAYERS: dict[PaperKind, Callable[[Said], Said]] = {
    PaperKind.MEMBER_CERTIFICATE: _member_certificate,
    PaperKind.DUES_STATEMENT: _dues_statement,
    PaperKind.YEARLY_STATEMENT: _yearly_statement,
    PaperKind.SHARE_CERTIFICATE: _share_certificate,
    PaperKind.MEMBER_REGISTER: _member_register,
    PaperKind.DESTRUCTION: _destruction,
    PaperKind.DONATION_RECEIPT: donation_receipt,
    **dict.fromkeys(OF_ROOMS, _as_said),
}
