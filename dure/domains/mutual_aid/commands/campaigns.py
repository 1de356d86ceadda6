"""A campaign in a crisis: opened with its own fund, given to, closed with what is left."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import secrets
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    AidCampaignClosed,
    AidCampaignOpened,
    AidCampaignPartiesMoved,
    AidGiftReceived,
    AidGiftUndone,
)
from ..models import AidCampaign, AidDecider, AidGift, AidGrant
from ..rules import campaigns as rules
from .contributing import AidNothingPaid
from .steps import day_since, who_decided, why

__all__ = [
    "AidCampaignImpossible", "AidCampaignOver", "AidCampaignWaits", "AidGiftSpent",
    "AidGiftUndoneBefore", "close_aid_campaign", "move_campaign_parties", "open_aid_campaign",
    "receive_aid_gift", "undo_aid_gift",
]  # fmt: skip

_GIFT_TEXT, _REST_TEXT = gettext_noop("Gift to a campaign"), gettext_noop("Left of a campaign")
RESTRICTED = "restricted"
PERSON, DECIDERS = "mutual_aid.campaign_person_won", "mutual_aid.campaign_deciders"


class AidCampaignImpossible(InvalidInput):
    """A campaign has a purpose, an article, a time, deciders, and a fund for what is left."""

    text = _("This is no campaign: %(reason)s.")


class AidCampaignOver(Refusal):
    """Before its first day and after its last nothing is asked of it; closed, it takes nothing."""

    text = _("The campaign “%(name)s” runs from %(first)s to %(last)s.")


class AidCampaignWaits(Refusal):
    """A campaign is closed when nobody waits for it."""

    text = _("%(count)d applications wait: decide them, and pay what is granted, first.")


class AidGiftUndoneBefore(Refusal):
    """A gift is taken back once."""

    text = _("This was taken back already.")


class AidGiftSpent(Refusal):
    """What was granted cannot be taken away again."""

    text = _(
        "The fund of the campaign has %(has)s that are not granted; %(won)s cannot be taken back."
    )


def chart() -> rules.Chart:
    """The accounts a campaign moves, by role."""
    return rules.Chart(*(books.account_for(field.name) for field in fields(rules.Chart)))


def source_of(campaign: AidCampaign) -> Source:
    return Source("mutual_aid.AidCampaign", campaign.pk)


@command
def open_aid_campaign(
    act: Act,
    *,
    name: str,
    purpose: str,
    article: str,
    decided_by: str,
    from_date: date,
    until_date: date,
    fund: str,
    rest_to: str,
    per_person_won: int,
    deciders: tuple[int, ...],
    needed: int,
) -> AidCampaign:
    """Open a campaign with a fund of its own. `fund`: the code of the new fund; `rest_to`: the fund
    that what is left goes to; `deciders`: the parties who decide; `needed`: how many of them agree.

    Raises RuleNotMet, AidCampaignImpossible, AidDecisionUnnamed, and the refusals of the ledger.
    """
    policies.can_open_aid_campaign(act).enforce()
    name, article = clean_text(name, 60, _("Name")), clean_text(article, 120, _("Article"))
    purpose, decided_by = clean_text(purpose, 400, _("Purpose")), who_decided(decided_by)
    who = tuple(dict.fromkeys(deciders))
    for reason, wrong in (
        (_("name, purpose and article are missing"), not (name and purpose and article)),
        (_("it ends before it begins"), until_date < from_date),
        (_("the amount is above 0 won"), per_person_won <= 0),
        (_("as many agree as there are deciders, at most"), not 1 <= needed <= len(who)),
        (_("what is left goes to another fund"), rest_to == fund or rest_to not in books.chart().funds),
    ):  # fmt: skip
        if wrong:
            raise AidCampaignImpossible(reason=reason)
    asked = bylaws.rules_on(act.today).check_all((PERSON, per_person_won), (DECIDERS, len(who)))
    enforce(asked)
    # ---
    ledger.open_fund(act, code=fund, name=name, purpose=purpose, restriction=RESTRICTED)
    made = AidCampaign.objects.create(
        name=name, purpose=purpose, article=article, decided_by=decided_by, from_date=from_date,
        until_date=until_date, fund=fund, rest_to=rest_to, per_person_won=per_person_won,
        needed=needed, findings=keep(asked),
    )  # fmt: skip
    AidDecider.objects.bulk_create(AidDecider(campaign=made, party_id=one) for one in who)
    record(act, AidCampaignOpened(made.pk, name, until_date, decided_by))
    return made


@command
def receive_aid_gift(
    act: Act,
    *,
    campaign_id: int,
    won: int,
    party_id: int | None = None,
    name: str = "",
    is_anonymous: bool = False,
    given_date: date | None = None,
) -> AidGift:
    """Take a gift in, of a party of the register or of somebody else: Dr cash, Cr donations.

    Raises AidNothingPaid, AidCampaignOver, AidDayImpossible, and the refusals of the ledger.
    """
    campaign = hold_campaign(campaign_id)
    policies.can_receive_aid_gift(act).enforce()
    need_open(campaign)
    if won <= 0:
        raise AidNothingPaid
    name = "" if party_id else clean_text(name, 60, _("Name"))
    day = day_since(act, given_date, campaign.from_date)
    # ---
    entry = ledger.post_entry(
        act, date=day, text=entry_text(_GIFT_TEXT), sides=rules.giving(chart(), campaign.fund, won),
        source=source_of(campaign),
    )  # fmt: skip
    made = AidGift.objects.create(
        campaign=campaign, party_id=party_id, name_secret=secrets.encrypt(name) if name else "",
        is_anonymous=is_anonymous or not (party_id or name), won=won, given_date=day, entry=entry,
    )  # fmt: skip
    record(act, AidGiftReceived(campaign.pk, made.pk, won, entry.pk))
    return made


@command
def undo_aid_gift(act: Act, *, gift_id: int, reason: str) -> AidGift:
    """Take back a gift that was entered wrongly: its entry is reversed.

    Raises AidGiftUndoneBefore, AidGiftSpent, AidCampaignOver, AidDecisionUnnamed.
    """
    gift: AidGift = AidGift.objects.hold(gift_id)
    policies.can_undo_aid_gift(act).enforce()
    campaign = hold_campaign(gift.campaign_id)
    need_open(campaign)
    if gift.undone_entry_id is not None:
        raise AidGiftUndoneBefore
    reason = why(reason)
    if (has := free_of(campaign)) < gift.won:
        raise AidGiftSpent(has=format_won(has), won=format_won(gift.won))
    # ---
    gift.undone_entry = ledger.reverse_entry(
        act, entry_id=gift.entry_id, date=act.today, reason=reason, source=source_of(campaign)
    )
    gift.save(update_fields=["undone_entry"])
    record(act, AidGiftUndone(campaign.pk, gift.pk, gift.won, gift.undone_entry.pk))
    return gift


@command
def close_aid_campaign(
    act: Act, *, campaign_id: int, decided_by: str, closed_date: date | None = None
) -> AidCampaign:
    """Close a campaign when nobody waits; what is left goes to the fund that was named.

    Raises AidCampaignOver, AidCampaignWaits, AidDecisionUnnamed, AidDayImpossible, and the refusals
    of the ledger.
    """
    campaign = hold_campaign(campaign_id)
    policies.can_close_aid_campaign(act).enforce()
    need_open(campaign)
    decided_by, day = who_decided(decided_by), day_since(act, closed_date, campaign.from_date)
    if waits := campaign.grants.filter(state__in=WAITING).count():
        raise AidCampaignWaits(count=waits)
    left = books.fund_money(campaign.fund)
    # ---
    if left:
        campaign.rest_entry = ledger.move_between_funds(
            act, date=day, from_fund=campaign.fund, to_fund=campaign.rest_to, amount_won=left,
            text=entry_text(_REST_TEXT), source=source_of(campaign),
        )  # fmt: skip
    campaign.closed_date, campaign.closed_by, campaign.rest_won = day, decided_by, left
    campaign.save()
    record(act, AidCampaignClosed(campaign.pk, campaign.name, left, decided_by))
    return campaign


@command
def move_campaign_parties(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """Gifts and deciders of a duplicate are those of the party it was merged into; how many."""
    policies.can_move_campaign_parties(act).enforce()
    both = AidDecider.objects.filter(party=to_party_id).values("campaign")
    # ---
    count: int = AidGift.objects.filter(party=from_party_id).update(party=to_party_id)
    deciders = AidDecider.objects.filter(party=from_party_id).exclude(campaign__in=both)
    count += deciders.update(party=to_party_id)
    record(act, AidCampaignPartiesMoved(to_party_id, from_party_id))
    return count


WAITING = (AidGrant.State.ASKED, AidGrant.State.GRANTED)


def hold_campaign(campaign_id: int) -> AidCampaign:
    """The campaign in hand; whoever grants, pays or closes holds it. Raises NotFound."""
    found: AidCampaign = AidCampaign.objects.hold(campaign_id)
    return found


def need_open(campaign: AidCampaign) -> None:
    """Raises AidCampaignOver."""
    if campaign.closed_date is not None:
        raise over(campaign)


def over(campaign: AidCampaign) -> AidCampaignOver:
    last = campaign.closed_date or campaign.until_date
    return AidCampaignOver(
        name=campaign.name, first=campaign.from_date.isoformat(), last=last.isoformat()
    )


def free_of(campaign: AidCampaign) -> int:
    """The money of its fund that is not granted yet."""
    granted = campaign.grants.filter(state=AidGrant.State.GRANTED).values_list("won", flat=True)
    return books.fund_money(campaign.fund) - sum(granted)
