"""The register of any day is the sum of its movements and what the ledger says; two at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.queries import shares
from dure.domains.parties import commands as parties
from dure.kernel.refusals import Refusal
from tests.at_once import at_once

from .share_capital import UNIT, VOTES, approve, five, founded, hold, leave

FIRST = date(2026, 3, 2)
LAST = date(2026, 11, 20)
steps = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 60), st.booleans()), max_size=8
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_register_of_any_day_is_the_ledgers(transactional_db, act, moves):
    from django.db import transaction

    with transaction.atomic():
        network = founded(act, "social_cooperative")
        members = five(network, act, 20)
        held = {(one.pk, FIRST): 20 for one in members}
        day = FIRST
        for who, n, later, moves_over in moves:
            day = min(day + timedelta(days=later), LAST)
            giver, taker = members[who], members[(who + 1) % 5]
            try:
                if moves_over:
                    commands.transfer_shares(
                        act("secretariat"),
                        membership_id=giver.pk,
                        to_membership_id=taker.pk,
                        shares=n,
                        moved_date=day,
                        decided_by="총회",
                        **VOTES,
                    )
                    held[giver.pk, day] = held.get((giver.pk, day), 0) - n
                else:
                    hold(act, taker, n, day)
                held[taker.pk, day] = held.get((taker.pk, day), 0) + n
            except Refusal:
                continue
        for on in (
            FIRST - timedelta(days=1),
            FIRST,
            *accumulate([FIRST] + [timedelta(days=37)] * 7),
        ):
            wanted = {
                one.pk: sum(n for (pk, moved), n in held.items() if pk == one.pk and moved <= on)
                for one in members
            }
            rows = {m.pk: m for m in shares.share_register(act("bookkeeper"), on)}
            assert {pk: rows[pk].shares_held for pk in wanted} == wanted
            totals = shares.register_totals(on)
            assert totals.won == sum(wanted.values()) * UNIT == totals.shares * UNIT
            assert totals.won == ledger.balance("출자금", "general", on)
        assert queries.check_memberships() == []
        transaction.set_rollback(True)


@pytest.fixture
def live(transactional_db, act):
    """Five holders with real commits."""
    network = founded(act, "social_cooperative")
    return five(network, act)


def test_the_register_says_where_each_lives_and_whose_address_is_missing(db, act):
    network = founded(act, "social_cooperative")
    members = [network.person("정마루"), network.organisation("햇살돌봄"), network.person("한노을")]
    commands.set_member_class(act("secretariat"), code="supporter", holds_shares=False)
    network.person("응원이", member_class="supporter")  # stands in no register of shares
    homes = "서울 광진구 아차산로 1", "서울 광진구 자양로 2"
    parties.change_person(act("secretariat"), person_id=members[0].party_id, address=homes[0])
    parties.change_organisation(
        act("secretariat"), organisation_id=members[1].party_id, changes=(("address", homes[1]),)
    )
    told = [(one.name, one.address) for one in shares.register_rows(act("secretariat"), LAST)]
    page = shares.share_register(act("secretariat"), LAST)
    assert told == [(one.name, one.address) for one in page]
    assert dict(told)["정마루"] == "서울 광진구 아차산로 1"
    assert shares.register_totals(LAST).no_address == ((members[2].party_id, "한노을"),)
    paper = commands.issue_register(act("secretariat"), on=LAST)
    rows = queries.printed(act("secretariat"), paper.pk).content["members"]
    assert [row[1:3] for row in rows] == [list(one) for one in told]


def test_of_two_who_pay_the_same_refund_at_once_one_is_refused(live, act):
    leave(act, live[0])
    claim = commands.ask_share_refund(act("bookkeeper", days=60), membership_id=live[0].pk)
    approve(act, claim)

    def pay():
        return commands.pay_share_refund(act("bookkeeper", days=200), claim_id=claim.pk)

    answers = at_once(pay, pay)
    assert sum(isinstance(one, commands.ShareClaimPaid) for one in answers) == 1
    assert ledger.balance("환급할 출자금", "general") == 0
    assert queries.check_memberships() == []


def test_of_two_who_pay_the_same_subscription_at_once_one_is_refused(live, act):
    made = commands.subscribe_shares(act("bookkeeper"), membership_id=live[1].pk, shares=2)

    def pay():
        return commands.pay_shares(act("bookkeeper"), subscription_id=made.pk)

    answers = at_once(pay, pay)
    assert sum(isinstance(one, commands.SubscriptionEnded) for one in answers) == 1
    assert shares.holding(live[1].pk).shares == 12


def test_of_two_who_ask_at_once_one_is_refused(live, act):
    leave(act, live[2])

    def ask():
        return commands.ask_share_refund(act("bookkeeper", days=60), membership_id=live[2].pk)

    answers = at_once(ask, ask)
    assert sum(isinstance(one, commands.ClaimTwice) for one in answers) == 1
