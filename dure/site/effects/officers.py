"""Electing officers, and people to the seats of other bodies."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding
from dure.domains.governance import commands as governance
from dure.domains.governance import queries as bodies
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    type_data,
)
from dure.kernel.acts import Act
from dure.kernel.dates import parse_date
from dure.ui.fields import DateField


class ElectOfficers(forms.Form):
    officers = True
    body_id = forms.TypedChoiceField(label=_("Body"), coerce=int)
    seat_title = forms.CharField(
        label=_("Title of the seats"),
        required=False,
        max_length=60,
        help_text=_("Such as 이사. Without one every vacant elected seat of the body is filled."),
    )
    from_date = DateField(label=_("Term from"))
    until_date = DateField(
        label=_("Term until"),
        required=False,
        help_text=_("The first day on which it no longer holds."),
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        found = bodies.electing_bodies(officers=self.officers)
        self.fields["body_id"].choices = found  # type: ignore[attr-defined]


class ElectToSeats(ElectOfficers):
    """Of a body whose members are no officers."""

    officers = False


def _term(data: type_data) -> tuple[date, date | None]:
    until = data.get("until_date")
    return parse_date(str(data["from_date"])), parse_date(str(until)) if until else None


def _vacant(data: type_data) -> tuple[int, ...]:
    return bodies.vacant_seats(
        int(data["body_id"]), str(data.get("seat_title") or ""), *_term(data)
    )


def officers_before_vote(data: type_data, place: Place) -> Setting:
    return _before_vote(data, officers=True)


def seats_before_vote(data: type_data, place: Place) -> Setting:
    return _before_vote(data, officers=False)


def _before_vote(data: type_data, officers: bool) -> Setting:
    vacant = _vacant(data)
    if int(data["body_id"]) not in dict(bodies.electing_bodies(officers=officers)):
        raise EffectUnfit(
            why=_now("Directors and auditors are elected as officers, everybody else to seats.")
        )
    if not vacant:
        raise EffectUnfit(why=_now("No elected seat of this body is vacant at that time."))
    from_date, until_date = _term(data)

    def unfit(person_id: int) -> tuple[Finding, ...]:
        """What keeps a person from all of these seats."""
        kept_off = [
            bodies.unfit_for(seat_id, person_id, from_date, until_date) for seat_id in vacant
        ]
        return kept_off[0] if all(kept_off) else ()

    return Setting(places=len(vacant), unfit=unfit)


def elect_officers(act: Act, data: type_data, decided: Decided) -> str:
    from_date, until_date = _term(data)
    for seat_id, person_id in zip(_vacant(data), decided.elected, strict=False):
        governance.fill_seat(
            act, seat_id=seat_id, person_id=person_id, from_date=from_date, until_date=until_date,
            decided_by=decided.reference,
        )  # fmt: skip
    return _now("%(count)d seats were filled.") % {"count": len(decided.elected)}


EFFECTS = {
    "governance.elect_officers": Effect(
        _("Elect officers"), "officers", ElectOfficers, elect_officers, officers_before_vote,
        elects=True,
    ),
    "governance.elect_to_seats": Effect(
        _("Elect people to seats"), "bodies", ElectToSeats, elect_officers, seats_before_vote,
        elects=True,
    ),
}  # fmt: skip
