"""The donation receipt (기부금영수증): the items of the form of the tax law."""

from __future__ import annotations

from django.utils.translation import gettext as _, gettext_lazy as _lazy

from dure.domains.parties.rules.numbers import format_business_number
from dure.kernel.money import format_number, format_won

from .words import Said, span, table

CODE_NAMES = {10: _lazy("special donation"), 40: _lazy("general donation")}


def _cell(name: str, value: str, *, hand: bool = False, wide: bool = False) -> Said:
    return {"name": name, "value": value, "hand": hand, "wide": wide}


def donation_receipt(content: Said) -> Said:
    """The items of the form of the tax law; what Dure does not keep is left to be written by hand."""
    donor, network, code = content["donor"], content["network"], content["donation_code"]
    organisation = donor["kind"] == "organisation"
    by_hand = _("(the donor writes it by hand)")
    total = sum(won for _day, _text, won in content["donations"])
    rows = [
        (
            "plain",
            str(CODE_NAMES.get(code, "")),
            str(code or ""),
            _("money"),
            day,
            text,
            format_number(won),
        )
        for day, text, won in content["donations"]
    ]
    rows.append(("sum", _("In all"), "", "", "", "", format_number(total)))
    number = format_business_number(donor.get("business_number", ""))
    return {
        "form": "statement",
        "title": _("Donation receipt"),
        "subtitle": span(content),
        "unit": _("unit: won"),
        "sections": [
            {
                "caption": _("1. Donor"),
                "cells": [
                    _cell(_("Name (of the corporation)"), donor["name"]),
                    _cell(_("Business number"), number)
                    if organisation and number
                    else _cell(_("Resident or business number"), by_hand, hand=True),
                    _cell(
                        _("Address"),
                        donor.get("address") or by_hand,
                        wide=True,
                        hand=not donor.get("address"),
                    ),
                ],
            },
            {
                "caption": _("2. Organisation that received it"),
                "cells": [
                    _cell(_("Name"), network["name"]),
                    _cell(
                        _("Business or identification number"),
                        format_business_number(network.get("business_number", "")),
                    ),
                    _cell(_("Address"), network.get("address", "")),
                    _cell(_("Branch and its number"), _("none")),
                    _cell(_("Designated by"), content["basis"], wide=True),
                ],
            },
            {
                "caption": _("3. Collected by another (press and the like)"),
                "cells": [
                    _cell(_("Name"), _("none")),
                    _cell(_("Business number"), "–"),
                    _cell(_("Address"), "–", wide=True),
                ],
            },
        ],
        "tables": [
            table(
                _("4. What was given"),
                (
                    (_("Type"), "id"),
                    (_("Code"), "id"),
                    (_("Sort"), "id"),
                    (_("Date"), "day"),
                    (_("What for"), "text"),
                    (_("Amount"), "won"),
                ),
                rows,
            )
        ],
        "notes": [
            _(
                "The items are those of form 45-2 of the enforcement rules of the Income Tax Act (63-3 of the Corporate Tax Act for corporations). Resident numbers are not kept here: where the tax office asks for one, the donor writes it on the paper by hand."
            )
        ],
        "lines": [
            _(
                "We certify that donations of %(won)s under Art. 34 of the Income Tax Act or Art. 24 of the Corporate Tax Act were received as stated above."
            )
            % {"won": format_won(total)}
        ],
    }
