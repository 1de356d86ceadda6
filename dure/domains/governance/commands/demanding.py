"""Members demand a meeting (민법 제70조), and it is called in time."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import keep
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import DemandAnswered, DemandSigned, MeetingDemanded
from ..models import Body, Demand, DemandSignature, Meeting
from ..rules.bodies import MATTERS, rule_of
from .attending import NotAVoter
from .meetings import State, in_state


class NothingDemandedHere(Refusal):
    """Who may demand a meeting is laid down for general meetings."""

    text = _("No rule says how many may demand a meeting of “%(body)s”.")


class PurposeMissing(InvalidInput):
    """A meeting is demanded for something (민법 제70조제2항)."""

    text = _("Say what the meeting is to be about.")


class SignedAlready(Refusal):
    """Everybody signs once."""

    text = _("%(name)s has signed this demand.")


class DemandAnsweredAlready(Refusal):
    """The meeting was called."""

    text = _("The meeting for this demand is planned already.")


class DemandNotReady(Refusal):
    """Too few have signed."""

    text = _("%(signed)d have signed; %(needed)d are needed.")


@command
def demand_meeting(
    act: Act, *, body_id: int, party_id: int, purpose: str, matter: str = "business"
) -> Demand:
    """A voter demands a meeting, and signs first. Raises PurposeMissing, NotAVoter,
    NothingDemandedHere.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_demand_meeting(act, party_id).enforce()
    purpose = clean_text(purpose, 1000, _("Purpose"))
    if not purpose:
        raise PurposeMissing
    if matter not in dict(MATTERS):
        raise NotFound
    if queries.demand_rule(body, act.today) is None:
        raise NothingDemandedHere(body=body.name)
    # ---
    demand = Demand.objects.create(
        body=body, matter=matter, purpose=purpose, demanded_date=act.today
    )
    record(act, MeetingDemanded(demand.pk, body.name, matter, purpose))
    sign_demand(act, demand_id=demand.pk, party_id=party_id)
    return demand


@command
def sign_demand(act: Act, *, demand_id: int, party_id: int) -> Demand:
    """A voter joins in. Signed by as many as the rule asks, the days to call the meeting begin.

    Raises NotAVoter, SignedAlready, DemandAnsweredAlready.
    """
    demand: Demand = Demand.objects.select_related("body").hold(demand_id)
    policies.can_sign_demand(act, party_id).enforce()
    if demand.meeting_id is not None:
        raise DemandAnsweredAlready
    name, voters = parties.party_name(party_id), queries.voters_of(demand.body, act.today)
    if party_id not in voters:
        raise NotAVoter(name=name)
    if DemandSignature.objects.filter(demand=demand, party=party_id).exists():
        raise SignedAlready(name=name)
    # ---
    DemandSignature.objects.create(
        demand=demand, party_id=party_id, signed_date=act.today, noted_by_id=act.actor_id
    )
    book, key = bylaws.rules_on(act.today), queries.demand_rule(demand.body, act.today)
    signed = queries.signed_by(demand, voters)
    if (
        key
        and demand.ready_date is None
        and (met := book.check(key, signed, of=len(voters))).passed
    ):
        days = book.number(rule_of(book, demand.body.kind, "called_within_days"))
        demand.ready_date, demand.call_by_date = act.today, act.today + timedelta(days=days)
        demand.findings = keep([met])
        demand.save(update_fields=["ready_date", "call_by_date", "findings"])
    record(act, DemandSigned(demand.pk, party_id, signed, demand.call_by_date))
    return demand


@command
def answer_demand(act: Act, *, demand_id: int, meeting_id: int) -> Demand:
    """Name the meeting that is called for a demand. Raises DemandNotReady, DemandAnsweredAlready,
    MeetingNotSo, NotFound.
    """
    demand: Demand = Demand.objects.select_related("body").hold(demand_id)
    policies.can_answer_demand(act, demand).enforce()
    meeting = Meeting.objects.filter(pk=meeting_id, body=demand.body_id).first()
    if meeting is None:
        raise NotFound
    in_state(meeting, State.PLANNED, State.CONVENED)
    if demand.meeting_id is not None:
        raise DemandAnsweredAlready
    if demand.ready_date is None:
        card = queries.demand_card(act, demand_id)
        raise DemandNotReady(signed=card.signed, needed=card.needed)
    # ---
    demand.meeting = meeting
    demand.save(update_fields=["meeting"])
    record(act, DemandAnswered(demand.pk, meeting.pk, meeting.title))
    return demand
