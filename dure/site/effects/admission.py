"""Admitting whoever applies, by the procedure it applied under or without one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.governance.rules.counting import Counts
from dure.domains.memberships import commands as memberships, queries as members
from dure.domains.memberships.rules.procedures import Ballot
from dure.kernel.acts import Act

from .choosing import Choosing


class Admit(Choosing):
    about = "application_id"
    application_id = forms.TypedChoiceField(label=_("Application"), coerce=int)
    waiting = staticmethod(members.application_choices)


def application_before_vote(data: type_data, place: Place) -> Setting:
    _name, _counted, party_id = members.application_for_vote(int(data["application_id"]))
    return Setting(concerned=frozenset({party_id} if party_id else ()))


def asked_by_procedure(data: type_data, counts: Counts, book: Rulebook) -> tuple[Finding, ...]:
    ballot = Ballot(counts.roll, counts.present, counts.yes, counts.no, counts.abstain)
    return members.ballot_findings(int(data["application_id"]), ballot, book)


def decide_application(act: Act, data: type_data, decided: Decided) -> str:
    application_id = int(data["application_id"])
    name, counted, _party_id = members.application_for_vote(application_id)
    if decided.yes is None or decided.no is None:
        tally, abstaining = _now("Too few voted in secret for the count to be told."), None
    else:
        abstaining = decided.present - decided.yes - decided.no
        tally = _now("%(yes)d of %(present)d present voted in favour.") % {
            "yes": decided.yes,
            "present": decided.present,
        }
    if counted:
        memberships.decide_application(
            act, application_id=application_id, seats=decided.roll, present=decided.present,
            in_favour=decided.yes, against=decided.no,
            abstaining=abstaining, carried=decided.adopted, resolved=decided.counted,
            minutes=decided.reference, decided_date=decided.on_date, reason=tally,
        )  # fmt: skip
    elif decided.adopted:
        memberships.admit_member(
            act,
            application_id=application_id,
            decided_by=decided.reference,
            decided_date=decided.on_date,
        )
    else:
        memberships.refuse_application(
            act,
            application_id=application_id,
            decided_by=decided.reference,
            decided_date=decided.on_date,
            reason=tally,
        )
    if decided.adopted:
        return _now("%(name)s was admitted.") % {"name": name}
    return _now("%(name)s was not admitted.") % {"name": name}


EFFECTS = {
    "memberships.admit_member": Effect(
        _("Admit a member"), "admission", Admit, decide_application, application_before_vote,
        also_rejected=True, names_people=True, asks=asked_by_procedure,
    ),
}  # fmt: skip
