"""Matching: for each of 5,000 wants the offers that fit, among 50,000 offers, with reasons.

.venv/bin/python benchmarks/offers.py [--offers 50000] [--wants 5000] [--asked 1000]
DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/offers.py

The floor is one bare statement that reads the ids of the same index by the same words. Offers and
wants are written straight into their tables: what is measured is the matching.
"""

from __future__ import annotations

import argparse
import statistics
from datetime import UTC, datetime, timedelta
from random import Random

import ground
from ground import say, timed

MOST_SECONDS = 0.2
KINDS = ("행사", "정기", "소규모", "단체", "친환경", "수제", "맞춤", "방문", "공동", "지역", "주말", "긴급",
         "어르신", "청년", "학교", "기관", "마을", "가정", "사무실", "축제")  # fmt: skip
CHUNK = 2_000


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--offers", type=int, default=50_000)
    asked.add_argument("--wants", type=int, default=5_000)
    asked.add_argument("--asked", type=int, default=1_000)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    from django.db import connection

    from dure.domains.trade import queries

    wants = fill(given.offers, given.wants)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if engine == "sqlite" else "VACUUM ANALYZE")
    matching: list[float] = []
    searching: list[float] = []
    floor: list[float] = []
    act = ground.act()
    for pk, name in Random(2).sample(wants, min(given.asked, len(wants))):
        with timed(floor):
            _bare(name)
        with timed(matching):
            queries.fits_of(act, pk)
        with timed(searching):
            list(queries.catalogue(act, search=name)[:24])
    for what, times in (("bare index", floor), ("matching", matching), ("search", searching)):
        cuts = statistics.quantiles(times, n=100)
        say(f"{what}: p50 {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms")
    say(f"matching within {MOST_SECONDS * 1000:.0f} ms at p95: "
        f"{'yes' if statistics.quantiles(matching, n=100)[94] < MOST_SECONDS else 'no'}")  # fmt: skip


def fill(offers: int, wants: int) -> list[tuple[int, str]]:
    """Offers with their index, wants; the wants' numbers and names."""
    from dure.domains.parties import commands as parties
    from dure.domains.trade.commands.listing import index
    from dure.domains.trade.models import Listing
    from dure.domains.trade.rules import listings as rules

    chance = Random(1)
    words = [word for line in rules.synonym_lines(rules.seed()) for word in line]
    owners = {
        parties.add_organisation(ground.act(), name=f"조직 {number}").pk: f"조직{number}"
        for number in range(200)
    }
    until = ground.DAY + timedelta(days=90)
    at = datetime(ground.DAY.year, ground.DAY.month, ground.DAY.day, tzinfo=UTC)

    def listing(side: str) -> Listing:
        name = f"{chance.choice(KINDS)} {chance.choice(words)} {chance.choice(words)}"
        is_offer = side == rules.OFFER
        return Listing(
            party_id=chance.choice(list(owners)), side=side, kind="service", name=name,
            category=chance.choice(rules.CATEGORIES)[0], tax="taxed" if is_offer else "",
            price_won=chance.randint(1, 500) * 1_000 if is_offer else None,
            budget_won=None if is_offer else chance.randint(1, 500) * 1_000,
            description=f"{chance.choice(words)}을 {chance.choice(KINDS)}에 맞추어 해 드립니다.",
            region_code=chance.choice(("", "11215", "11", "41111")), listed_at=at, until_date=until,
        )  # fmt: skip

    for start in range(0, offers, CHUNK):
        many = [listing(rules.OFFER) for _ in range(min(CHUNK, offers - start))]
        index(Listing.objects.bulk_create(many), owners)
    made = Listing.objects.bulk_create([listing(rules.WANT) for _ in range(wants)], CHUNK)
    return [(one.pk, one.name) for one in made]


def _bare(name: str) -> None:
    """What the index must be asked at the least."""
    from dure.domains.parties.queries import begins_with
    from dure.domains.parties.rules.search import question
    from dure.domains.trade.models import ListingTerm
    from dure.domains.trade.queries import same_words

    words = [one for one in question(name, same_words()) if one.is_required]
    prefixes = [prefix for one in words for prefix in (*one.prefixes, *one.akin)]
    terms = ListingTerm.objects.filter(begins_with(prefixes), side="offer")
    list(terms.order_by().values_list("listing", flat=True))


if __name__ == "__main__":
    main()
