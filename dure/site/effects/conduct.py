"""Warning, suspending, expelling; and what another body says of it on appeal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    Undoing,
    type_data,
)
from dure.domains.memberships import commands as memberships, queries as members
from dure.domains.memberships.rules.conduct import BODIES, ConductKind, Outcome
from dure.kernel.acts import Act
from dure.kernel.dates import parse_date
from dure.ui.fields import DateField

from .choosing import Choosing, type_choices


class Expel(Choosing):
    about = "case_id"
    case_id = forms.TypedChoiceField(label=_("Case"), coerce=int)

    @staticmethod
    def waiting() -> type_choices:
        return members.open_case_choices(ConductKind.EXPULSION)


class Discipline(Choosing):
    about = "case_id"
    case_id = forms.TypedChoiceField(label=_("Case"), coerce=int)
    until_date = DateField(
        label=_("Suspended until"), required=False, help_text=_("Only for a suspension.")
    )

    @staticmethod
    def waiting() -> type_choices:
        return members.open_case_choices(ConductKind.WARNING, ConductKind.SUSPENSION)


class HearAppeal(Choosing):
    about = "case_id"
    case_id = forms.TypedChoiceField(label=_("Case"), coerce=int)
    waiting = staticmethod(members.appealed_case_choices)


def _known(place: Place) -> None:
    if place.kind not in dict(BODIES):
        raise EffectUnfit(why=_now("Bodies of this kind do not decide on a member's conduct."))


def case_before_vote(data: type_data, place: Place) -> Setting:
    _known(place)
    case = members.case_for_vote(int(data["case_id"]), place.kind, place.day)
    return Setting(case.findings, case.voters, frozenset({case.party_id}))


def decide_case(act: Act, data: type_data, decided: Decided) -> str:
    until = data.get("until_date")
    case = memberships.decide_conduct_case(
        act,
        case_id=int(data["case_id"]),
        body=decided.body_kind,
        outcome=Outcome.UPHELD if decided.adopted else Outcome.DISMISSED,
        decided_date=decided.on_date,
        minutes=decided.reference,
        present=decided.present,
        in_favour=decided.yes,
        seats=decided.roll,
        until_date=parse_date(until) if until else None,
        resolved=decided.counted,
    )
    return _now("The case is decided: %(state)s.") % {"state": case.get_state_display()}


def undo_case(act: Act, data: type_data, undoing: Undoing) -> str:
    memberships.void_conduct_decision(act, case_id=int(data["case_id"]), reason=undoing.reason)
    return _now("The decision on the case has no effect any more, from its beginning.")


def appeal_before_vote(data: type_data, place: Place) -> Setting:
    _known(place)
    party_id, hears = members.appealed_case_for_vote(int(data["case_id"]), place.kind)
    if not hears:
        raise EffectUnfit(why=_now("This body took the decision; another one hears the appeal."))
    return Setting(concerned=frozenset({party_id}))


def decide_appeal(act: Act, data: type_data, decided: Decided) -> str:
    """Adopted, the appeal is upheld: the first decision is undone."""
    case = memberships.decide_conduct_appeal(
        act,
        case_id=int(data["case_id"]),
        body=decided.body_kind,
        outcome=Outcome.UPHELD if decided.adopted else Outcome.DISMISSED,
        decided_date=decided.on_date,
        minutes=decided.reference,
    )
    return _now("The appeal is decided: %(state)s.") % {"state": case.get_state_display()}


EFFECTS = {
    "memberships.expel_member": Effect(
        _("Expel a member"), "expulsion", Expel, decide_case, case_before_vote,
        also_rejected=True, undo=undo_case, names_people=True,
    ),
    "memberships.discipline_member": Effect(
        _("Warn or suspend a member"), "conduct", Discipline, decide_case, case_before_vote,
        also_rejected=True, undo=undo_case, names_people=True,
    ),
    "memberships.decide_conduct_appeal": Effect(
        _("Hear the appeal of a member"), "conduct", HearAppeal, decide_appeal, appeal_before_vote,
        also_rejected=True, names_people=True,
    ),
}  # fmt: skip
