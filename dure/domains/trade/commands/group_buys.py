"""Buying together: opened by terms that stay, wished by members, closed by the rule, or released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as books
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    GroupBuyClosed,
    GroupBuyGivenUp,
    GroupBuyOpened,
    GroupBuyReleased,
    GroupBuyWished,
)
from ..models import GroupBuy, GroupBuyWish
from ..queries.group_plans import as_asked, plan_of, terms_of_buy, wishes_of
from ..rules import group_buying as rules
from ..rules.group_buying import Plan, Terms, Why
from .steps import why

__all__ = [
    "GroupBuyClosingPast", "GroupBuyDropUnknown", "GroupBuyNotAtThis", "GroupBuyUnnamed",
    "NotAMemberNow", "close_group_buy", "give_up_group_buy",
    "open_group_buy", "wish_in_group_buy",
]  # fmt: skip

State = GroupBuy.State


class GroupBuyNotAtThis(Refusal):
    """A buy is past this step, or has not come to it."""

    text = _("This cannot be done now: the group buy is %(state)s.")


class GroupBuyUnnamed(InvalidInput):
    """Members read what is bought, and where it is fetched."""

    text = _("Name the group buy, and at least one place where it is fetched.")


class GroupBuyClosingPast(InvalidInput):
    """Wishes need time."""

    text = _("The closing moment lies ahead.")


class GroupBuyDropUnknown(InvalidInput):
    """Everybody fetches somewhere."""

    text = _("Choose one of the places where it is fetched.")


class NotAMemberNow(Refusal):
    """Members buy together."""

    text = _("Only members of the network take part in a group buy.")


@command
def open_group_buy(
    act: Act,
    *,
    organiser_id: int,
    name: str,
    terms: Terms,
    closes_at: datetime,
    drops: Sequence[str],
    about: str = "",
    fund: str = "general",
) -> GroupBuy:
    """Open a buy for wishes; its terms stay until it is closed.

    Raises GroupBuyUnnamed, GroupBuyClosingPast, GroupBuyImpossible, NotFound.
    """
    policies.can_open_group_buy(act, organiser_id).enforce()
    name = clean_text(name, 120, _("Name"))
    places = list(dict.fromkeys(one for each in drops if (one := clean_text(each, 120, _("Drop")))))
    if not (name and places):
        raise GroupBuyUnnamed
    if closes_at <= act.at:
        raise GroupBuyClosingPast
    rules.check(terms)
    named = {organiser_id, *(one.party_id for one in terms.suppliers if one.party_id is not None)}
    if len(parties.names_of(named)) < len(named):
        raise NotFound
    # ---
    made = GroupBuy.objects.create(
        organiser_id=organiser_id, name=name, about=clean_text(about, 500, _("About")),
        terms=rules.as_json(terms), drops=places, opened_at=act.at, closes_at=closes_at,
        fund=books.chart().fund(fund).code,
    )  # fmt: skip
    record(act, GroupBuyOpened(made.pk, organiser_id, name, closes_at))
    return made


@command
def wish_in_group_buy(
    act: Act, *, buy_id: int, party_id: int, wishes: Mapping[str, tuple[int, int]], drop: str = ""
) -> GroupBuy:
    """Say how much of each article {article: (pieces, tolerance)} a member asks; nothing: (0, 0).
    Who raises a wish stands where it raised it in the order of time; lowered it keeps its place.

    Raises GroupBuyNotAtThis, GroupBuyDropUnknown, GroupBuyImpossible, NotAMemberNow, BenefitRests.
    """
    buy = hold_buy(buy_id)
    policies.can_wish_in_group_buy(act, party_id).enforce()
    need_state(buy, State.OPEN)
    if buy.closes_at <= act.at:
        raise GroupBuyNotAtThis(state=_("past its closing moment"))
    member = memberships.membership_of(party_id, act.today)
    if member is None:
        raise NotAMemberNow
    memberships.need_benefit(member, Use.TRADE, act.today)
    asks = any(quantity or tolerance for quantity, tolerance in wishes.values())
    drop = drop or (buy.drops[0] if len(buy.drops) == 1 else "")
    if asks and drop not in buy.drops:
        raise GroupBuyDropUnknown
    terms = terms_of_buy(buy)
    before = {one.article: one for one in buy.wishes.filter(membership=member)}
    others = [one for one in wishes_of(buy) if one.membership_id != member]
    mine = [
        rules.Wish(str(member), article, quantity, tolerance, len(others))
        for article, (quantity, tolerance) in wishes.items()
    ]
    rules.sums_of(terms, [*as_asked(others), *mine])
    # ---
    for article, (quantity, tolerance) in sorted(wishes.items()):
        old = before.get(article)
        if old is None and not (quantity or tolerance):
            continue
        is_raised = old is None or quantity > old.quantity or tolerance > old.tolerance
        GroupBuyWish.objects.update_or_create(
            buy=buy, membership_id=member, article=article,
            defaults={"quantity": quantity, "tolerance": tolerance,
                      "wished_at": act.at if is_raised or old is None else old.wished_at},
        )  # fmt: skip
    buy.wishes.filter(membership=member).update(drop=drop)
    told = tuple((name, *wishes[name]) for name in sorted(wishes) if any(wishes[name]))
    record(act, GroupBuyWished(buy.pk, party_id, buy.name, told))
    return buy


@command
def close_group_buy(act: Act, *, buy_id: int) -> GroupBuy:
    """Buy the best that can be bought for the wishes, or release everyone where nothing can.

    Raises GroupBuyNotAtThis.
    """
    buy = hold_buy(buy_id)
    policies.can_close_group_buy(act, buy).enforce()
    need_state(buy, State.OPEN)
    terms, rows = terms_of_buy(buy), wishes_of(buy)
    plan = plan_of(buy, rows)
    # ---
    _keep_results(rows, plan)
    buy.closed_at = act.at
    if plan.bought:
        buy.state, buy.bought = State.ORDERED, [asdict(one) for one in plan.bought]
    else:
        buy.state = State.RELEASED
        buy.missing_cases = rules.missing_cases(terms, as_asked(rows))
    buy.save()
    if plan.bought:
        won = plan.goods_won + plan.transport_won
        record(act, GroupBuyClosed(buy.pk, buy.name, plan.cases, won, len(plan.owed())))
    else:
        record(act, GroupBuyReleased(buy.pk, buy.name, buy.missing_cases))
    return buy


@command
def give_up_group_buy(act: Act, *, buy_id: int, reason: str) -> GroupBuy:
    """End it before anything is delivered; everyone is released.

    Raises GroupBuyNotAtThis, DealReasonMissing.
    """
    buy = hold_buy(buy_id)
    policies.can_give_up_group_buy(act, buy).enforce()
    need_state(buy, State.OPEN, State.ORDERED)
    reason = why(reason)
    # ---
    buy.state, buy.end_reason = State.GIVEN_UP, reason
    buy.save(update_fields=["state", "end_reason"])
    record(act, GroupBuyGivenUp(buy.pk, buy.name, reason))
    return buy


def hold_buy(buy_id: int) -> GroupBuy:
    """The buy in hand. Raises NotFound."""
    found: GroupBuy = GroupBuy.objects.hold(buy_id)
    return found


def need_state(buy: GroupBuy, *states: str) -> None:
    """Raises GroupBuyNotAtThis."""
    if buy.state not in states:
        raise GroupBuyNotAtThis(state=buy.get_state_display())


def _keep_results(rows: list[GroupBuyWish], plan: Plan) -> None:
    found = {(one.member, one.article): one for one in plan.results}
    for row in rows:
        got = found[str(row.membership_id), row.article]
        row.pieces, row.why = got.pieces, got.why or Why.ALL
    GroupBuyWish.objects.bulk_update(rows, ["pieces", "why"], batch_size=500)
