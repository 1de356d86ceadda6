"""What leaves the house about a breach, and what follows when consents and people change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dure.domains.parties.events import ConsentWithdrawn, PartiesMerged, PersonErased
from dure.kernel.acts import Act

from . import commands, queries
from .events import BreachedPeopleTold

News = Iterable[dict[str, Any]]  # one for each reader


def breach_told(event: BreachedPeopleTold) -> News:
    return ({"breached_id": pk} for pk in event.letters)


OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], News]], ...]] = {
    BreachedPeopleTold: (("breach_told", breach_told),),
}


def follow_withdrawal(act: Act, fact: ConsentWithdrawn) -> None:
    """What Dure cannot end itself waits for somebody."""
    if fact.text_id is not None and queries.must_be_settled(fact.party_id, fact.text_id):
        commands.open_withdrawal(act, person_id=fact.party_id, text_id=fact.text_id)


def follow_merge(act: Act, fact: PartiesMerged) -> None:
    """Who was told, whose data was given along, goes with the one that is kept."""
    commands.follow_person(act, from_party_id=fact.duplicate_id, to_party_id=fact.party_id)


def forget_notes(act: Act, fact: PersonErased) -> None:
    """What was noted about a person goes with the person."""
    commands.empty_withdrawals(act, party_id=fact.party_id)
