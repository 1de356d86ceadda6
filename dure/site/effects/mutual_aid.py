"""Who takes part in mutual aid, what is given, and appeals against a refusal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.mutual_aid import commands as mutual_aid, queries
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.fields import WonField

from .choosing import Choosing

MATTER = "mutual_aid"
NOT_CARRIED = _("The vote on it did not carry.")


def _waived() -> forms.CharField:
    return forms.CharField(
        label=_("Why without the evidence"),
        max_length=300,
        required=False,
        help_text=_("Only where the plan asks for evidence and there is none."),
    )


class TakeIn(Choosing):
    about = "enrolment_id"
    enrolment_id = forms.TypedChoiceField(label=_("Wish to take part"), coerce=int)
    waiting = staticmethod(queries.aid_to_decide)


class Give(Choosing):
    about = "claim_id"
    claim_id = forms.TypedChoiceField(label=_("Claim"), coerce=int)
    waived = _waived()
    waiting = staticmethod(queries.claims_to_decide)


class Appeal(Choosing):
    about = "claim_id"
    claim_id = forms.TypedChoiceField(label=_("Appeal"), coerce=int)
    waived = _waived()
    waiting = staticmethod(queries.appeals_to_decide)


class Grant(Choosing):
    about = "grant_id"
    grant_id = forms.TypedChoiceField(label=_("Application to a campaign"), coerce=int)
    won = WonField(label=_("How much is given"))
    waiting = staticmethod(queries.grants_to_decide)


def grant_before_vote(data: type_data, place: Place) -> Setting:
    said = _now("Help of %(won)s.") % {"won": format_won(int(data["won"]))}
    return Setting(concerned=frozenset({queries.grant_for_vote(int(data["grant_id"]))}), said=said)


def decide_grant(act: Act, data: type_data, decided: Decided) -> str:
    made = mutual_aid.resolve_aid_grant(
        act, grant_id=int(data["grant_id"]), won=int(data["won"]) if decided.adopted else 0,
        **_of(decided),
    )  # fmt: skip
    if made.won:
        return _now("Help of %(won)s is granted.") % {"won": format_won(made.won)}
    return _now("The application is refused.")


def enrolment_before_vote(data: type_data, place: Place) -> Setting:
    party_id, findings = queries.aid_for_vote(int(data["enrolment_id"]), place.day)
    return Setting(findings, concerned=frozenset({party_id}))


def claim_before_vote(data: type_data, place: Place) -> Setting:
    party_id, findings, _refused_by = queries.claim_for_vote(int(data["claim_id"]), place.day)
    return Setting(findings, concerned=frozenset({party_id}))


def decide_enrolment(act: Act, data: type_data, decided: Decided) -> str:
    enrolment_id, told = int(data["enrolment_id"]), _of(decided)
    if decided.adopted:
        mutual_aid.approve_aid_enrolment(act, enrolment_id=enrolment_id, **told)
        return _now("The member takes part when the contract is signed.")
    mutual_aid.refuse_aid_enrolment(act, enrolment_id=enrolment_id, reason=str(NOT_CARRIED), **told)
    return _now("Taking part in mutual aid is refused.")


def decide_claim(act: Act, data: type_data, decided: Decided) -> str:
    claim_id, told = int(data["claim_id"]), _of(decided)
    if decided.adopted:
        made = mutual_aid.approve_aid_claim(
            act,
            claim_id=claim_id,
            body_id=decided.body_id,
            waived=str(data.get("waived", "")),
            **told,
        )
        return _now("Mutual aid of %(won)s is approved.") % {"won": format_won(made.won)}
    mutual_aid.refuse_aid_claim(
        act, claim_id=claim_id, body_id=decided.body_id, reason=str(NOT_CARRIED), **told
    )
    return _now("The claim is refused.")


def decide_appeal(act: Act, data: type_data, decided: Decided) -> str:
    made = mutual_aid.decide_aid_appeal(
        act, claim_id=int(data["claim_id"]), granted=decided.adopted, body_id=decided.body_id,
        reason=_now("Decided by vote."), waived=str(data.get("waived", "")), **_of(decided),
    )  # fmt: skip
    if decided.adopted:
        return _now("Mutual aid of %(won)s is approved.") % {"won": format_won(made.won)}
    return _now("The refusal stands.")


def _of(decided: Decided) -> type_data:
    return {"decided_by": decided.reference, "decided_date": decided.on_date}


EFFECTS = {
    "mutual_aid.approve_aid_enrolment": Effect(
        _("Take a member into mutual aid"), MATTER, TakeIn, decide_enrolment,
        enrolment_before_vote, also_rejected=True, names_people=True,
    ),
    "mutual_aid.approve_aid_claim": Effect(
        _("Give mutual aid"), MATTER, Give, decide_claim, claim_before_vote, also_rejected=True,
        names_people=True,
    ),
    "mutual_aid.resolve_aid_grant": Effect(
        _("Give help out of a campaign"), MATTER, Grant, decide_grant, grant_before_vote,
        also_rejected=True, names_people=True,
    ),
    "mutual_aid.decide_aid_appeal": Effect(
        _("Decide an appeal for mutual aid"), MATTER, Appeal, decide_appeal, claim_before_vote,
        also_rejected=True, names_people=True,
    ),
}  # fmt: skip
