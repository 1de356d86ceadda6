"""What fits what: offers for a want, members who may need an offer, members in the same line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _now

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.regions import region_name
from dure.domains.parties.rules.search import NAME, Asked, question, words_in
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal, Listing, ListingTerm
from ..rules.listings import CATEGORIES, OFFER, WANT
from ..rules.matching import Fit, Reason, fit
from .listings import ListingRow, listing_rows, same_words

__all__ = [
    "ListingFit", "Need", "Overlap", "Reading", "fits_of", "needs_for", "overlap_notice", "reading_of"
]  # fmt: skip

SHOWN_MAX = 10
NEAR_MAX = 100  # of what fits by words, looked at more closely
DEALS_MAX = 500
CLOSE_MAX = 1_000
BOUGHT_POINTS, NEEDED_POINTS = 40, 20
SAME_LINE = 3 * NAME[1]  # a word of the name itself, and none of the category or description


@dataclass(frozen=True, slots=True)
class ListingFit:
    """A listing that fits, and why in words."""

    row: ListingRow
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """An organisation that may need an offer, and why in words."""

    party_id: int
    party: str
    points: int
    reasons: tuple[str, ...]
    want_id: int | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """A member in the same line as an offer."""

    party_id: int
    party: str
    listing_id: int
    name: str


def _nouns(name: str) -> list[Asked]:
    """The words of a name that say what it is."""
    return [one for one in question(name, same_words()) if one.is_required]


def _met(side: str, words: Sequence[Asked]) -> dict[int, dict[int, int]]:
    """For each open listing of a side that answers a word: number of the word → worth.

    The terms are weighed here, each once: the database would weigh those of every listing anew.
    """
    found: dict[int, dict[int, int]] = {}
    weighed: dict[str, list[tuple[int, int]]] = {}
    prefixes = [one for word in words for one in (*word.prefixes, *word.akin)]
    if not prefixes:
        return found
    rows = ListingTerm.objects.filter(parties.begins_with(prefixes), side=side).order_by()
    for listing_id, term, weight in rows.values_list("listing", "term", "weight"):
        if term not in weighed:
            weighed[term] = [
                (number, times)
                for number, word in enumerate(words)
                if (times := _times(term, word))
            ]
        met = found.setdefault(listing_id, {})
        for number, times in weighed[term]:
            met[number] = max(met.get(number, 0), times * weight)
    return found


def _times(term: str, word: Asked) -> int:
    """How often the weight of a term counts as an answer; 0: it is none (as `worth_of` has it)."""
    if term in word.prefixes:
        return 4
    if term.startswith(word.prefixes):
        return 3
    return 1 if term.startswith(word.akin) else 0


def _fitting(listing: Listing, words: Sequence[Asked]) -> list[tuple[Fit, Listing]]:
    """The open listings of the other side that fit best, of others than its owner."""
    side = OFFER if listing.side == WANT else WANT
    met = _met(side, words)
    best = sorted(met, key=lambda one: (-len(met[one]), -sum(met[one].values()), -one))[:NEAR_MAX]
    rows = Listing.objects.filter(pk__in=best, state=Listing.State.OPEN)
    rows = rows.exclude(party=listing.party_id)
    about = listing.about
    fits = [(fit(one.pk, about, one.about, words, met[one.pk]), one) for one in rows.order_by("pk")]
    return sorted(fits, key=lambda found: (-found[0].points, -found[0].id))[:SHOWN_MAX]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said beside a listing: what fits it, who may need it, who is in the same line."""

    fits: list[ListingFit]
    needs: list[Need]
    overlaps: list[Overlap]


def reading_of(act: Act, listing_id: int) -> Reading:
    """A want with the offers that fit; an offer with who may need it (for its owner and the office)
    and who is in the same line (for those concerned). Raises NotFound."""
    found = _readable(act, listing_id)
    words = _nouns(found.name)
    if found.side == WANT:
        return Reading(_fits(act, found, words), [], [])
    members = memberships.member_organisations(act.today)
    overlaps = _overlaps(found, words, members, act.today)
    concerned = {found.party_id, *(one.party_id for one in overlaps)}
    told = act.holds(*policies.OFFICE) or bool(act.own & concerned)
    needs = _needs(found, words, members) if policies.can_see_needs(act, found) else []
    return Reading([], needs, overlaps if told else [])


def fits_of(act: Act, listing_id: int) -> list[ListingFit]:
    """The offers that fit a want, or the wants that an offer fits; the best first. Raises NotFound."""
    found = _readable(act, listing_id)
    return _fits(act, found, _nouns(found.name))


def _fits(act: Act, found: Listing, words: Sequence[Asked]) -> list[ListingFit]:
    fits = [pair for pair in _fitting(found, words) if policies.can_see_listing(act, pair[1])]
    rows = listing_rows([row for _fit, row in fits])
    return [
        ListingFit(row, one.points, _told(one))
        for (one, _listing), row in zip(fits, rows, strict=True)
    ]


def needs_for(act: Act, listing_id: int) -> list[Need]:
    """The members who may need an offer: what they look for, bought before, or say they need.

    For its owner and the office; from whom somebody bought, and for how much, is not told.
    """
    found = _readable(act, listing_id)
    policies.can_see_needs(act, found).enforce()
    if found.side != OFFER:
        return []
    return _needs(found, _nouns(found.name), memberships.member_organisations(act.today))


def _needs(found: Listing, words: Sequence[Asked], members: Mapping[int, str]) -> list[Need]:
    points: Counter[int] = Counter()
    reasons: dict[int, dict[str, None]] = {}
    wants: dict[int, int] = {}

    def add(party_id: int, more: int, *told: str) -> None:
        points[party_id] += more
        reasons.setdefault(party_id, {}).update(dict.fromkeys(told))

    for one, row in _fitting(found, words):
        add(
            row.party_id, one.points, _now("looks for “%(name)s”") % {"name": row.name}, *_told(one)
        )
        wants.setdefault(row.party_id, row.pk)
    for buyer, seller in _bought(words):
        if buyer != found.party_id and buyer in members:
            told = (
                _now("bought it from you") if seller == found.party_id else _now("bought the like")
            )
            add(buyer, BOUGHT_POINTS, told)
    for party_id, text in parties.needs_of(members).items():
        if party_id != found.party_id and (said := _said(words, text)):
            add(party_id, NEEDED_POINTS, _now("says that it needs: %(words)s") % {"words": said})
    best = sorted(points, key=lambda one: (-points[one], one))[:SHOWN_MAX]
    names = {**members, **parties.names_of(one for one in best if one not in members)}
    return [
        Need(one, names.get(one, ""), points[one], tuple(reasons[one]), wants.get(one))
        for one in best
    ]


def _bought(words: Sequence[Asked]) -> list[tuple[int, int]]:
    """Who bought the like before, from whom, the newest first."""
    like = Q(pk=None)
    for word in words:
        for one in (*word.prefixes, *word.akin):
            like |= Q(what__icontains=one)
    rows = Deal.objects.filter(like, state=Deal.State.CONFIRMED).order_by("-dealt_date", "-pk")
    return list(dict.fromkeys(rows.values_list("buyer", "seller")[:DEALS_MAX]))


def _said(words: Sequence[Asked], text: str) -> str:
    """Which of the words, or of those that mean the same, a text holds."""
    told = words_in(text)
    meant = {one for word in words for one in (*word.prefixes, *word.akin)}
    return ", ".join(dict.fromkeys(word for word in told for one in meant if word.startswith(one)))


def overlap_notice(listing_id: int, today: date) -> list[Overlap]:
    """Of an open offer: the members in the same line. For letters."""
    found = Listing.objects.filter(pk=listing_id, state=Listing.State.OPEN, side=OFFER).first()
    if found is None:
        return []
    members = memberships.member_organisations(today)
    return _overlaps(found, _nouns(found.name), members, today)


def _overlaps(
    found: Listing, words: Sequence[Asked], members: Mapping[int, str], today: date
) -> list[Overlap]:
    """The members that offer in the same category by the same name, where the rules ask for it."""
    if found.state != Listing.State.OPEN or not bylaws.rules_on(today).yes("trade.overlap_notice"):
        return []
    met = _met(OFFER, words)
    close = [one for one, worths in met.items() if max(worths.values()) >= SAME_LINE]
    rows = Listing.objects.filter(pk__in=close[:CLOSE_MAX], category=found.category)
    first: dict[int, Overlap] = {}
    for one in rows.exclude(party=found.party_id).order_by("pk"):
        if one.party_id in members:
            first.setdefault(
                one.party_id, Overlap(one.party_id, members[one.party_id], one.pk, one.name)
            )
    return list(first.values())[:SHOWN_MAX]


def _readable(act: Act, listing_id: int) -> Listing:
    found: Listing | None = Listing.objects.filter(pk=listing_id).first()
    if found is None:
        raise NotFound
    policies.can_see_listing(act, found).enforce()
    return found


def _told(found: Fit) -> tuple[str, ...]:
    """The reasons in words."""
    return tuple(_reason(kind, about) for kind, about in found.reasons)


def _reason(kind: Reason, about: str) -> str:
    match kind:
        case Reason.WORD:
            return f"“{about}”"
        case Reason.AKIN:
            return _now("means “%(word)s”") % {"word": about}
        case Reason.CATEGORY:
            return _now("same category: %(name)s") % {"name": dict(CATEGORIES)[about]}
        case Reason.REGION:
            return _now("near: %(name)s") % {"name": region_name(about)}
        case _:
            return _now("a unit is within the budget: %(won)s") % {"won": format_won(int(about))}
