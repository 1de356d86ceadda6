"""Proposals: whose money may a receipt be? Read for a page of receipts, or a file, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties

from ..models import Charge, Membership, PayerAlias, Receipt
from ..rules.matching import Book, Item, Money, Payer, Proposal, Sureness, keys_of, normalise
from ..rules.payables import named_in
from .payables import (
    OwedToOthers,
    memberships_named,
    owed_to_others,
    own_payables_of,
    with_others,
)

__all__ = ["because", "proposals_for", "whole_book"]

TEXTS_AT_ONCE = 100
WHOLE_FROM = 1_000  # so many receipts are asked of one book of all members,
FEW_MEMBERS = 300  # and so few members are read sooner than those whose names are like a receipt's
FEW_CHARGES = 300  # with more open charges than this an amount alone says nothing
NEAR_MAX = 500


_REASONS = {
    "account": _("it came to the member's virtual account"),
    "name": _("the name is the same"),
    "memory": _("paid under this name before"),
    "prefix": _("the name is similar"),
    "amount": _("only the amount fits"),
    "month": _("the memo names what is open, to the won"),
    "kind": _("one sort of dues is open to the won"),
    "all": _("all that is open, to the won"),
    "oldest": _("the oldest dues, to the won"),
    "one": _("one charge, to the won"),
    "more": _("it is more than is open"),
    "less": _("it does not fit what is open"),
    "reference": _("the words name it"),
    "payable": _("it pays this to the won"),
    "both": _("dues and this together, to the won"),
    "either": _("it fits dues and something else, to the won"),
    "shares": _("the memo speaks of shares"),
    "donation": _("the memo speaks of a gift"),
}


def because(proposal: Proposal) -> str:
    """Why a member is proposed, in words."""
    return ", ".join(str(_REASONS[reason]) for reason in proposal.reasons)


def proposals_for(receipts: Sequence[Money], on: date) -> list[Proposal | None]:
    """One proposal, or none, for each receipt, in the same order."""
    return proposer(len(receipts), on)(receipts)


Propose = Callable[[Sequence[Money]], list["Proposal | None"]]


def proposer(count: int, on: date) -> Propose:
    """Makes proposals for `count` receipts, given part by part: many ask one book of all members."""
    if count < WHOLE_FROM and Membership.objects.count() > FEW_MEMBERS:
        return lambda receipts: _asked_in_parts(receipts, on)
    book = whole_book(on)
    return lambda receipts: [book.propose(money) for money in receipts]


def _asked_in_parts(receipts: Sequence[Money], on: date) -> list[Proposal | None]:
    found: list[Proposal | None] = []
    for start in range(0, len(receipts), TEXTS_AT_ONCE):
        part = receipts[start : start + TEXTS_AT_ONCE]
        book = _book_for(part, on)
        found.extend(book.propose(money) for money in part)
    return found


def whole_book(on: date) -> Book:
    """Every member who may pay, read in four queries."""
    return Book(
        _payers(Membership.objects.all(), open_charges(), on, None, owed_to_others(on)),
        *_known(),
        by_amount=len(_few_with_open_charges()) > 0,
    )


def _book_for(receipts: Sequence[Money], on: date) -> Book:
    keys = {key for money in receipts for key in keys_of(money.payer)}
    memory, accounts = _known(keys | {money.account for money in receipts} - {""})
    few = _few_with_open_charges()
    near = _memberships_named_like(keys) | few | set(accounts.values())
    near |= {pk for members in memory.values() for pk in members}
    near |= memberships_named(money.text for money in receipts)
    of_funds = owed_to_others(on)
    near |= {
        pk
        for pk, rows in of_funds.members.items()
        for known in ({one.reference: one for one in rows},)
        if any(named_in(money.text, known) for money in receipts)
    }
    members = Membership.objects.filter(pk__in=near)
    charges = open_charges().filter(membership__in=near)
    return Book(
        _payers(members, charges, on, near, of_funds), memory, accounts, by_amount=bool(few)
    )


def sure_members(
    receipts: Sequence[Receipt], proposals: Sequence[Proposal | None]
) -> list[tuple[Receipt, int]]:
    """The receipts that surely pay dues of a member, each with the membership."""
    return [
        (receipt, proposal.membership_id)
        for receipt, proposal in zip(receipts, proposals, strict=True)
        if proposal is not None
        and proposal.membership_id is not None
        and proposal.sureness == Sureness.SURE
        and not proposal.payable
    ]


def items_of(charges: QuerySet[Charge]) -> dict[int, list[Item]]:
    """What members owe by these charges, oldest first, by membership."""
    items: dict[int, list[Item]] = defaultdict(list)
    for pk, charge_id, won, kind, start, until in (
        charges.order_by("membership_id", "due_date", "pk")
        .annotate(rest=F("amount_won") - F("paid_won") - F("waived_won"))
        .values_list("membership_id", "pk", "rest", "plan__kind", "from_date", "until_date")
        .iterator(chunk_size=5_000)
    ):
        months = range(start.year * 12 + start.month, until.year * 12 + until.month)
        items[pk].append(Item(charge_id, won, kind, months))
    return items


def _payers(
    members: QuerySet[Membership],
    charges: QuerySet[Charge],
    on: date,
    only: set[int] | None,
    of_funds: OwedToOthers,
) -> list[Payer]:
    """Those who belong on the day or owe something, with what they owe, oldest first; also who is no
    member and owes something to a fund run for others."""
    items = items_of(charges)
    others = with_others(own_payables_of(only, on), of_funds, None)
    owes = Exists(open_charges().filter(membership=OuterRef("pk"))) | Q(pk__in=list(others))
    rows = members.filter(Q(left_date=None) | Q(left_date__gt=on) | owes).order_by("pk")
    found = [
        Payer(pk, (key or normalise(name),), tuple(items.get(pk, ())), others.get(pk, ()))
        for pk, name, key in rows.values_list("pk", "party__name", "party__name_key").iterator(
            chunk_size=5_000
        )
    ]
    strangers = of_funds.strangers
    names = parties.names_of(list(strangers)) if strangers else {}
    return found + [
        Payer(None, (normalise(names[pk]),), (), rows, pk) for pk, rows in strangers.items()
    ]


def open_charges() -> QuerySet[Charge]:
    """What anybody owes still."""
    return Charge.objects.filter(amount_won__gt=F("paid_won") + F("waived_won"))


def _known(keys: Iterable[str] | None = None) -> tuple[dict[str, frozenset[int]], dict[str, int]]:
    """Whose money came under these texts before, and whose virtual accounts these are; or all."""
    memory: dict[str, set[int]] = defaultdict(set)
    accounts: dict[str, int] = {}
    rows = PayerAlias.objects.all()
    if keys is not None:
        rows = rows.filter(kind__in=PayerAlias.Kind.values, key__in=list(keys))
    for kind, key, pk in rows.order_by().values_list("kind", "key", "membership_id"):
        if kind == PayerAlias.Kind.ACCOUNT:
            accounts[key] = pk
        else:
            memory[key].add(pk)
    return {key: frozenset(members) for key, members in memory.items()}, accounts


def _memberships_named_like(keys: Iterable[str]) -> set[int]:
    """Memberships whose name's key equals a text, begins it, or begins with it."""
    wanted = [key for key in keys if len(key) >= 2]
    if not wanted:
        return set()
    heads = {key[:length] for key in wanted for length in range(2, len(key) + 1)}
    # kind and merging are named for the index by name key; without them every membership is read
    named = Membership.objects.filter(
        party__kind__in=("person", "organisation"), party__merged_into=None
    )
    exact = named.filter(party__name_key__in=heads).order_by().values_list("pk")
    longer = [
        # each its own small search of the index; OR would read every membership
        named.filter(party__name_key__gte=key, party__name_key__lt=key + "\uffff")
        .order_by()
        .values_list("pk")
        for key in wanted
    ]
    return {pk for (pk,) in exact.union(*longer)[:NEAR_MAX]}


def _few_with_open_charges() -> set[int]:
    rows = (
        open_charges().order_by("due_date", "membership_id").values_list("membership_id", flat=True)
    )
    found = list(rows[: FEW_CHARGES + 1])
    return set(found) if len(found) <= FEW_CHARGES else set()
