"""Who may do what about mutual aid. Deny by default; each no says why.

The secretariat keeps mutual aid; the bookkeeper moves its money. Members ask for themselves; nobody
decides on a contract or claim of one's own.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.queries import by_resolution
from dure.domains.governance.queries import bodies_deciding, decides_freely
from dure.domains.memberships import queries as memberships
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

TRUSTED = ("administrator", "operator", "system")
OFFICE = ("secretariat", *TRUSTED)
MONEY = (*OFFICE, "bookkeeper")
READERS = (*MONEY, "auditor")
BELONGING = ("member", "representative")
MATTER = "mutual_aid"  # what a body is given to decide on


class OfParty(Protocol):
    """A contract or claim, or a card of one: what is judged is whose it is."""

    @property
    def party_id(self) -> int: ...


class OfTaker(OfParty, Protocol):
    """The same, where it matters whether it is the network's own or that of a fund run for others."""

    @property
    def participant_id(self) -> int | None: ...


class OfOwner(Protocol):
    """A plan: whose it is, the network's own or that of a fund run for others."""

    @property
    def owner(self) -> str: ...


def _by_office(act: Act, thing: object = None) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this."))


can_lay_down_aid_plan = _by_office
can_end_aid_plan = _by_office


def can_see_aid_plans(act: Act) -> Verdict:
    if act.holds(*READERS, *BELONGING, "participant"):
        return ALLOW
    return deny(_LOG_IN)


_LOG_IN = _("Mutual aid is for members. Log in first.")


def can_see_aid_plan(act: Act, plan: OfOwner) -> Verdict:
    """That of a fund run for others is shown to who takes part in it or speaks for its association."""
    if act.holds(*READERS):
        return ALLOW
    if not plan.owner:
        return ALLOW if act.holds(*BELONGING) else deny(_NOT_YOURS)
    codes = {one.code for one in self_help.my_participations(act)}
    spoken_for = self_help.association_of(plan.owner) in act.things("representative")
    return ALLOW if plan.owner in codes or spoken_for else deny(_NOT_YOURS)


_NOT_YOURS = _("This is the mutual aid of others.")


def can_see_aid(act: Act, owner: str = "") -> Verdict:
    """`owner`: the fund run for others whose contracts they are; its people review nobody's here."""
    if act.holds(*READERS) or (not owner and reviews_aid(act)):
        return ALLOW
    return deny(_("The contracts of all are for the office, the bookkeeper and the auditor."))


def _with_reserve(act: Act, thing: object = None) -> Verdict:
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the bookkeeper and the secretariat move the reserve."))


can_place_reserve = _with_reserve
can_end_placement = _with_reserve
can_renew_placement = _with_reserve


def can_see_reserve(act: Act, owner: str = "") -> Verdict:
    """Whoever belongs may see where the common money stands; of a fund run for others the staff and who
    speaks for its association."""
    if not owner:
        return ALLOW if act.holds(*READERS, *BELONGING) else deny(_LOG_IN)
    association = self_help.association_of(owner)
    if act.holds(*READERS) or association in act.things("representative"):
        return ALLOW
    return deny(_NOT_YOURS)


can_see_solvency = can_see_reserve  # by event: for who sees the claims of all


# -- taking part: asked by the member, decided by the committee where there is one


def can_ask_for_aid(act: Act, party_id: int) -> Verdict:
    """For oneself, for whom one speaks; the office types in what came on paper."""
    if party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


can_apply_for_aid = can_ask_for_aid


def _of_own(act: Act, thing: OfParty) -> Verdict:
    return can_ask_for_aid(act, thing.party_id)


can_withdraw_aid_application = _of_own
can_sign_aid_contract = _of_own
can_revive_aid = _of_own


def can_debit_aid(act: Act, thing: OfTaker) -> Verdict:
    if thing.participant_id and not memberships.membership_of(thing.party_id, act.today):
        return deny(_("Only who is a member of the network pays by direct debit."))
    return can_ask_for_aid(act, thing.party_id)


can_end_aid = _of_own


def _not_own(act: Act, thing: OfParty) -> Verdict:
    """Nobody decides on what is one's own, or of somebody close (제척)."""
    if thing.party_id in act.own:
        return deny(_("Nobody decides on what is one's own."))
    return decides_freely(act, thing.party_id)


def _not_own_by_office(act: Act, thing: OfParty) -> Verdict:
    return _not_own(act, thing) and _by_office(act)


def _decides(act: Act, thing: OfTaker) -> Verdict:
    """A resolution decides where a body may; else the office, which also notes what the association of
    a fund run for others decided. Nobody on what is one's own."""
    if not act.holds("resolution", *TRUSTED):
        free = _not_own(act, thing)
        if not free:
            return free
    if thing.participant_id is not None:
        return _by_office(act)
    verdict = by_resolution(act, MATTER, lambda one: one.by_article)
    if not verdict or act.holds("resolution"):
        return verdict
    return _by_office(act)


can_approve_aid_enrolment = _decides
can_refuse_aid_enrolment = _decides
can_approve_aid_claim = _decides
can_refuse_aid_claim = _decides
can_decide_aid_appeal = _decides


def can_see_aid_enrolment(act: Act, enrolment: OfTaker) -> Verdict:
    if enrolment.party_id in act.own or act.holds(*READERS) or _reviews(act, enrolment):
        return ALLOW
    return deny(_("This contract belongs to someone else."))


# -- money


def can_bill_aid_contributions(act: Act) -> Verdict:
    return ALLOW if act.holds(*MONEY) else deny(_NOT_MONEY)


can_watch_aid_contributions = can_bill_aid_contributions
_NOT_MONEY = _("Only the bookkeeper and the secretariat do this.")


def _with_money(act: Act, thing: OfParty) -> Verdict:
    if thing.party_id in act.own and not act.holds(*TRUSTED):
        return deny(_("Nobody moves the money of what is one's own."))
    return ALLOW if act.holds(*MONEY) else deny(_NOT_MONEY)


can_receive_aid_contribution = _with_money
can_undo_aid_contribution = _with_money
can_pay_aid_refund = _with_money
can_pay_aid_benefit = _with_money


# -- campaigns: opened by the office, decided by those named, told to everybody


class OfDeciders(OfParty, Protocol):
    """An application to a campaign: whose it is, and who decides there."""

    @property
    def decider_ids(self) -> frozenset[int]: ...


can_open_aid_campaign = _by_office
can_close_aid_campaign = _by_office
can_receive_aid_gift = can_bill_aid_contributions
can_undo_aid_gift = can_bill_aid_contributions
can_ask_for_aid_grant = can_ask_for_aid
can_withdraw_aid_grant = _of_own
can_pay_aid_grant = _with_money
can_add_aid_grant_evidence = _of_own
can_bring_aid_grant = _not_own_by_office


def can_resolve_aid_grant(act: Act) -> Verdict:
    """A body's resolution, in the place of the deciders."""
    if act.holds("resolution", *TRUSTED):
        return ALLOW
    return deny(_("Only a resolution decides in the place of those named."))


def can_decide_aid_grant(act: Act, grant: OfDeciders) -> Verdict:
    """Who is named, and is not concerned."""
    if act.actor_id not in grant.decider_ids:
        return deny(_("Only the deciders named for this campaign decide."))
    return _not_own(act, grant)


def can_see_aid_grant(act: Act, grant: OfDeciders) -> Verdict:
    """Whose it is, who decides, the office; who moves the money sees how much."""
    if grant.party_id in act.own or act.actor_id in grant.decider_ids or act.holds(*READERS):
        return ALLOW
    return deny(_("This application belongs to someone else."))


def can_read_aid_grant(act: Act, grant: OfDeciders) -> Verdict:
    """What it is about."""
    if grant.party_id in act.own or act.actor_id in grant.decider_ids or act.holds(*OFFICE):
        return ALLOW
    return deny(_("What an application is about is read by those who decide."))


def can_see_aid_campaigns(act: Act) -> Verdict:
    return can_see_aid_plans(act)


def can_see_aid_gifts(act: Act) -> Verdict:
    return ALLOW if act.holds(*READERS) else deny(_NOT_MONEY)


def can_see_aid_campaign_report(act: Act) -> Verdict:
    """Everybody: it names nobody."""
    return ALLOW


def can_move_campaign_parties(act: Act) -> Verdict:
    """It follows two entries made one, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_office(act)


def can_end_aid_of_leaver(act: Act) -> Verdict:
    """It follows an end of membership, whose own policy has spoken."""
    return ALLOW if act.cause is not None else _by_office(act)


can_erase_aid_claims = can_end_aid_of_leaver
can_move_aid = can_move_campaign_parties


# -- claims: what happened is read by those who review it, and by nobody else


def reviews_aid(act: Act) -> bool:
    """Whether the actor reads what claims are about: the office, and who sits in a deciding body."""
    if act.holds(*OFFICE, "resolution"):
        return True
    seats = act.things("seat")
    return bool(seats and seats & bodies_deciding(MATTER, act.today))


can_file_aid_claim = can_ask_for_aid


def _reviews(act: Act, thing: OfTaker) -> bool:
    """The bodies of the network review no claims of other associations."""
    return act.holds(*OFFICE) or (thing.participant_id is None and reviews_aid(act))


def can_withdraw_aid_claim(act: Act, claim: OfParty) -> Verdict:
    return can_ask_for_aid(act, claim.party_id)


can_add_aid_evidence = can_withdraw_aid_claim
can_appeal_aid_refusal = can_withdraw_aid_claim


def can_see_aid_claim(act: Act, claim: OfTaker) -> Verdict:
    if claim.party_id in act.own or act.holds(*READERS) or _reviews(act, claim):
        return ALLOW
    return deny(_("This claim belongs to someone else."))


def can_review_aid_claim(act: Act, claim: OfTaker) -> Verdict:
    """Whose it is, and who reviews it: of those who only sit in the body, who is not too close."""
    if claim.party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    if _reviews(act, claim):
        return decides_freely(act, claim.party_id)
    return deny(_("What a claim is about is read by those who review it."))


def can_see_aid_claims(act: Act, owner: str = "") -> Verdict:
    if act.holds(*READERS) or (not owner and reviews_aid(act)):
        return ALLOW
    return deny(_("The claims of all are for the office and those who review them."))
