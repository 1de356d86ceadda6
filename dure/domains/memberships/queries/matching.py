"""Proposals: whose money may a receipt be? Read for a page of receipts, or a file, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from ..models import Allocation, Charge, Membership
from ..rules.matching import Book, Payer, Proposal, normalise

TEXTS_AT_ONCE = 100
FEW_CHARGES = 300  # with more open charges than this an amount alone says nothing
NEAR_MAX = 500


def proposals_for(receipts: Sequence[tuple[str, int]], on: date) -> list[Proposal | None]:
    """One proposal, or none, for each (payer text, won), in the same order."""
    found: list[Proposal | None] = []
    for start in range(0, len(receipts), TEXTS_AT_ONCE):
        part = receipts[start : start + TEXTS_AT_ONCE]
        book = _book({normalise(text) for text, _ in part} - {""}, on)
        found.extend(book.propose(text, won) for text, won in part)
    return found


def _book(keys: set[str], on: date) -> Book:
    memory = _memory(keys)
    near = _memberships_named_like(keys)
    near |= {pk for members in memory.values() for pk in members}
    near |= _few_with_open_charges()
    names = dict(
        Membership.objects.filter(pk__in=near)
        .filter(Q(left_date=None) | Q(left_date__gt=on) | Q(charges__in=_open_charges()))
        .order_by("pk")
        .values_list("pk", "party__name")
    )
    open_won: dict[int, list[int]] = defaultdict(list)
    for pk, won in (
        _open_charges()
        .filter(membership__in=list(names))
        .order_by("membership_id", "due_date", "pk")
        .values_list("membership_id", F("amount_won") - F("paid_won") - F("waived_won"))
    ):
        open_won[pk].append(won)
    payers = tuple(Payer(pk, (name,), tuple(open_won.get(pk, ()))) for pk, name in names.items())
    return Book(payers, memory)


def _open_charges() -> QuerySet[Charge]:
    return Charge.objects.filter(amount_won__gt=F("paid_won") + F("waived_won"))


def _memory(keys: Iterable[str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    rows = Allocation.objects.filter(receipt__payer_key__in=list(keys), undone_date=None)
    for key, pk in (
        rows.order_by().values_list("receipt__payer_key", "charge__membership_id").distinct()
    ):
        found[key].add(pk)
    return {key: frozenset(members) for key, members in found.items()}


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
        _open_charges()
        .order_by("due_date", "membership_id")
        .values_list("membership_id", flat=True)
    )
    found = list(rows[: FEW_CHARGES + 1])
    return set(found) if len(found) <= FEW_CHARGES else set()
