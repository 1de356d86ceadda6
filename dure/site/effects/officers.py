"""Electing officers, and people to the seats of other bodies; removing officers."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as rules
from dure.domains.bylaws.rules import Finding
from dure.domains.governance import commands as governance, queries as bodies
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    Undoing,
    type_data,
)
from dure.domains.governance.rules.bodies import EndReason
from dure.kernel import clock
from dure.kernel.acts import Act, system_act
from dure.kernel.dates import parse_date
from dure.ui.fields import DateField

from .choosing import Choosing, type_choices

DEMANDED, HEARD = "officers.removal_demand_ratio", "officers.removal_hearing"


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


class RemoveOfficer(Choosing):
    about = "term_id"
    term_id = forms.TypedChoiceField(label=_("Officer"), coerce=int)
    demand_id = forms.TypedChoiceField(
        label=_("Demand of the members"), required=False, coerce=int, empty_value=None
    )
    told_date = DateField(
        label=_("Told the reason on"), required=False,
        help_text=_("And asked to speak in the meeting (협동조합 기본법 제40조)."),
    )  # fmt: skip

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        demands = bodies.removal_demand_choices()
        self.fields["demand_id"].choices = [("", "—"), *demands]  # type: ignore[attr-defined]

    @staticmethod
    def waiting() -> type_choices:
        return bodies.officer_terms(system_act(clock.now()).today)


def removal_before_vote(data: type_data, place: Place) -> Setting:
    """협동조합 기본법 제40조: so many members demand it, and the officer is told why and may speak."""
    holder = bodies.term_holder(int(data["term_id"]), place.day)
    if holder is None:
        raise EffectUnfit(why=_now("This term has ended."))
    book, findings = rules.rules_on(place.day), []
    if DEMANDED in book:
        demand_id = data.get("demand_id")
        signed, whole = (
            bodies.signatures_of(int(demand_id), place.body_id, place.day) if demand_id else (0, 1)
        )
        findings.append(book.check(DEMANDED, signed, of=whole))
    if book.yes(HEARD):
        told = data.get("told_date")
        findings.append(book.check(HEARD, bool(told) and parse_date(str(told)) < place.day))
    return Setting(tuple(findings), concerned=frozenset({holder}))


def remove_officer(act: Act, data: type_data, decided: Decided) -> str:
    term = governance.end_term(
        act, term_id=int(data["term_id"]), until_date=decided.on_date + timedelta(days=1),
        because=EndReason.REMOVED, ended_by=decided.reference,
    )  # fmt: skip
    return _now("The term ends on %(date)s.") % {"date": str(term.until_date)}


def end_elected(act: Act, data: type_data, undoing: Undoing) -> str:
    """Who was elected by a void resolution sits no longer; what was done till then stays done."""
    terms = bodies.terms_begun_by(undoing.reference)
    if not terms:
        raise EffectUnfit(why=_now("The terms that it began are not found any more."))
    for term_id, first in terms:
        governance.end_term(
            act, term_id=term_id, until_date=max(act.today, first + timedelta(days=1)),
            because=EndReason.OTHER, ended_by=undoing.reason[:200],
        )  # fmt: skip
    return _now("%(count)d terms end.") % {"count": len(terms)}


EFFECTS = {
    "governance.elect_officers": Effect(
        _("Elect officers"), "officers", ElectOfficers, elect_officers, officers_before_vote,
        elects=True, undo=end_elected,
    ),
    "governance.elect_to_seats": Effect(
        _("Elect people to seats"), "bodies", ElectToSeats, elect_officers, seats_before_vote,
        elects=True, undo=end_elected,
    ),
    "governance.remove_officer": Effect(
        _("Remove an officer"), "officers", RemoveOfficer, remove_officer, removal_before_vote,
        names_people=True,
    ),
}  # fmt: skip
