"""Campaigns, read: what runs, one for who keeps it, an application, and what everybody is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.kernel import secrets
from dure.kernel.acts import Act, day_of
from dure.kernel.files import FileLine, OpenFile, files_of, open_file
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import AidCampaign, AidDecider, AidGift, AidGrant
from ..rules.campaigns import NEEDS as NEEDS, Told, told

__all__ = [
    "NEEDS", "AidCampaignCard", "AidCampaignReport", "AidGiftRow", "AidGrantCard", "AidGrantRow",
    "AidVoteLine", "aid_campaign", "aid_campaign_report", "aid_campaigns", "aid_gift", "aid_grant",
    "aid_grants_waiting", "grant_for_vote", "grants_to_decide", "has_campaigns",
    "open_aid_grant_evidence",
]  # fmt: skip

State = AidGrant.State
ROWS_MAX, CHOICES_MAX = 500, 200


@dataclass(frozen=True, slots=True)
class AidCampaignCard:
    """A campaign as it was opened."""

    id: int
    name: str
    purpose: str
    article: str
    decided_by: str
    from_date: date
    until_date: date
    fund: str
    rest_to: str
    per_person_won: int
    needed: int
    deciders: tuple[str, ...]
    closed_date: date | None
    closed_by: str
    rest_won: int

    def is_open(self, on: date) -> bool:
        """Whether it can be asked."""
        return self.closed_date is None and self.from_date <= on <= self.until_date


@dataclass(frozen=True, slots=True)
class AidGiftRow:
    id: int
    campaign_id: int
    campaign: str
    name: str
    is_anonymous: bool
    won: int
    given_date: date
    is_undone: bool


@dataclass(frozen=True, slots=True)
class AidGrantRow:
    """An application in a list; without what it is about."""

    id: int
    campaign: str
    name: str
    state: str
    state_label: str
    asked_won: int
    won: int
    asked_date: date


@dataclass(frozen=True, slots=True)
class AidVoteLine:
    name: str
    won: int
    reason: str


@dataclass(frozen=True, slots=True)
class AidGrantCard:
    """An application on one page; `is_open`: whether the reader sees what it is about."""

    id: int
    campaign_id: int
    campaign: str
    party_id: int
    decider_ids: frozenset[int]
    name: str
    state: str
    state_label: str
    asked_won: int
    asked_date: date
    won: int
    decided_date: date | None
    paid_date: date | None
    is_open: bool
    need_label: str
    about: str
    votes: tuple[AidVoteLine, ...]
    decided_by: str = ""
    evidence: tuple[FileLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AidCampaignReport:
    """What everybody is told: no name, and no figure of fewer than `least` people."""

    campaign: AidCampaignCard
    given_won: int
    givers: Told
    helped: Told  # by need
    paid_won: int | None  # None: too few to tell
    left_won: int | None
    least: int
    need_lines: tuple[tuple[str, int], ...]


def aid_campaigns(act: Act) -> list[AidCampaignCard]:
    """Every campaign, the newest first. Raises Denied."""
    policies.can_see_aid_campaigns(act).enforce()
    return [_card(one) for one in _campaigns()[:ROWS_MAX]]


def aid_campaign(
    act: Act, campaign_id: int
) -> tuple[AidCampaignCard, list[AidGrantRow], list[AidGiftRow]]:
    """A campaign, the applications and the gifts the reader may see. Raises NotFound, Denied."""
    policies.can_see_aid_campaigns(act).enforce()
    row = _campaigns().filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    grants = _grants().filter(campaign=row)
    if not (act.holds(*policies.READERS) or row.deciders.filter(party=act.actor_id).exists()):
        mine = {one.id for one in memberships.my_membership(act)}
        grants = grants.filter(membership__in=mine)
    gifts = AidGift.objects.filter(campaign=row).select_related("party", "campaign")
    seen = bool(policies.can_see_aid_gifts(act))
    return (
        _card(row),
        [_row(one) for one in grants[:ROWS_MAX]],
        [_gift(one) for one in gifts[:ROWS_MAX]] if seen else [],
    )


def aid_gift(act: Act, gift_id: int) -> AidGiftRow:
    """One gift, for its receipt. Raises NotFound, Denied."""
    row = AidGift.objects.select_related("party", "campaign").filter(pk=gift_id).first()
    if row is None:
        raise NotFound
    if row.party_id is None or row.party_id not in act.own:
        policies.can_see_aid_gifts(act).enforce()
    return _gift(row)


def aid_grant(act: Act, grant_id: int) -> AidGrantCard:
    """An application. Raises NotFound, Denied."""
    row = _grants().filter(pk=grant_id).first()
    if row is None:
        raise NotFound
    policies.can_see_aid_grant(act, row).enforce()
    is_open = bool(policies.can_read_aid_grant(act, row))
    own = row.party_id in act.own
    if not own:
        note_read(act, row.party_id, "mutual_aid.aid_grant")
    votes = row.votes.select_related("decider__party").order_by("pk") if is_open else ()
    return AidGrantCard(
        id=row.pk,
        campaign_id=row.campaign_id,
        campaign=row.campaign.name,
        party_id=row.party_id,
        decider_ids=row.decider_ids,
        name=row.membership.party.name,
        state=row.state,
        state_label=str(row.get_state_display()),
        asked_won=row.asked_won,
        asked_date=day_of(row.asked_at),
        won=row.won,
        decided_date=row.decided_date,
        paid_date=row.paid_date,
        is_open=is_open,
        need_label=str(row.get_need_display()) if is_open else "",
        about=secrets.decrypt(row.about_secret) if is_open and row.about_secret else "",
        votes=tuple(AidVoteLine(one.decider.party.name, one.won, one.reason) for one in votes),
        decided_by=row.decided_by,
        evidence=tuple(files_of(row.matter).values()) if is_open else (),
    )


def open_aid_grant_evidence(act: Act, grant_id: int, file_id: int) -> OpenFile:
    """A piece of evidence, opened; it is logged who did. Raises NotFound, Denied, FileDestroyed."""
    row = _grants().filter(pk=grant_id).first()
    if row is None:
        raise NotFound
    policies.can_read_aid_grant(act, row).enforce()
    if file_id not in files_of(row.matter):
        raise NotFound
    return open_file(act, file_id, "mutual_aid.grant_evidence")


def grants_to_decide() -> list[tuple[int, str]]:
    """The applications a body may decide on, the oldest first."""
    rows = _grants().filter(state=State.ASKED).order_by("asked_at", "pk")[:CHOICES_MAX]
    return [
        (one.pk, f"{one.membership.party.name} {format_won(one.asked_won)} ({one.campaign.name})")
        for one in rows
    ]


def grant_for_vote(grant_id: int) -> int:
    """Whose application it is. Raises NotFound."""
    row = _grants().filter(pk=grant_id).first()
    if row is None:
        raise NotFound
    return row.party_id


def aid_grants_waiting(act: Act) -> list[AidGrantRow]:
    """The applications that wait for the actor: as a decider who did not decide, or to be paid."""
    rows = _grants()
    to_decide = rows.filter(state=State.ASKED, campaign__deciders__party=act.actor_id).exclude(
        votes__decider__party=act.actor_id
    )
    found = [one for one in to_decide if policies.can_decide_aid_grant(act, one)]
    if act.holds(*policies.MONEY):
        granted = rows.filter(state=State.GRANTED)
        found += [one for one in granted if policies.can_pay_aid_grant(act, one)]
    return [_row(one) for one in found]


def aid_campaign_report(act: Act, campaign_id: int) -> AidCampaignReport:
    """What everybody is told of a campaign. Raises NotFound."""
    policies.can_see_aid_campaign_report(act).enforce()
    row = _campaigns().filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    least = bylaws.rules_on(act.today).number("mutual_aid.report_least")
    paid = list(row.grants.filter(state=State.PAID).values_list("need", "won"))
    gifts = list(row.gifts.filter(undone_entry=None).values_list("won", flat=True))
    helped = told(Counter(need for need, _won in paid), least)
    given, given_out = sum(gifts), sum(won for _need, won in paid)
    labels = dict(NEEDS)
    return AidCampaignReport(
        campaign=_card(row),
        given_won=given,
        givers=told({"": len(gifts)}, least),
        helped=helped,
        paid_won=None if helped.count is None else given_out,
        left_won=None if helped.count is None else given - given_out,
        least=least,
        need_lines=tuple((str(labels[need]), count) for need, count in helped.kinds.items()),
    )


def has_campaigns(party_id: int) -> bool:
    """Whether a party gave to campaigns or decides in them."""
    gave = AidGift.objects.filter(party=party_id).exists()
    return gave or AidDecider.objects.filter(party=party_id).exists()


def fund_name(code: str) -> str:
    found = ledger.chart().funds.get(code)
    return found.name if found else code


def _campaigns() -> QuerySet[AidCampaign]:
    return AidCampaign.objects.order_by("-from_date", "-pk").prefetch_related("deciders__party")


def _grants() -> QuerySet[AidGrant]:
    return AidGrant.objects.select_related("membership__party", "campaign")


def _card(row: AidCampaign) -> AidCampaignCard:
    return AidCampaignCard(
        row.pk, row.name, row.purpose, row.article, row.decided_by, row.from_date, row.until_date,
        fund_name(row.fund), fund_name(row.rest_to), row.per_person_won, row.needed,
        tuple(one.party.name for one in row.deciders.all()), row.closed_date, row.closed_by,
        row.rest_won,
    )  # fmt: skip


def _row(row: AidGrant) -> AidGrantRow:
    return AidGrantRow(
        row.pk, row.campaign.name, row.membership.party.name, row.state,
        str(row.get_state_display()), row.asked_won, row.won, day_of(row.asked_at),
    )  # fmt: skip


def _gift(row: AidGift) -> AidGiftRow:
    name = row.party.name if row.party else ""
    if not name and row.name_secret:
        name = secrets.decrypt(row.name_secret)
    return AidGiftRow(
        row.pk, row.campaign_id, row.campaign.name, name, row.is_anonymous, row.won,
        row.given_date, row.undone_entry_id is not None,
    )  # fmt: skip
