"""Leaving, asking, resolving, paying back: what is refused on the way, and what an heir gets."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as books
from dure.domains.ledger.rules import credit, debit
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import ShareClaim
from dure.domains.memberships.queries import shares
from dure.domains.memberships.queries.letters import letter_facts
from dure.domains.parties import commands as parties
from dure.domains.parties.models import NetworkProfile
from dure.kernel.dates import Month
from dure.kernel.verdict import Denied

from .share_capital import approve, book, five, founded, lay_down, leave


@pytest.fixture
def coop(db, act):
    return founded(act, "social_cooperative")


def test_a_refund_asked_too_early_twice_late_and_with_debts(coop, act):
    ana, *_rest = five(coop, act)
    coop.plan("person", 10_000)
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 5))
    with pytest.raises(commands.StillAMember):
        commands.ask_share_refund(act("bookkeeper"), membership_id=ana.pk)
    leave(act, ana)
    with pytest.raises(commands.SharesNotYetDue, match="2027-01-01.*제89조제1항"):
        commands.ask_share_refund(act("bookkeeper"), membership_id=ana.pk)
    own = act("member", actor_id=ana.party_id, days=60)
    claim = commands.ask_share_refund(own, membership_id=ana.pk)
    assert commands.ask_share_refund(own, membership_id=ana.pk).pk == claim.pk
    assert (claim.paid_in_won, claim.claimable_date) == (100_000, date(2027, 1, 1))
    with pytest.raises(commands.ClaimTwice):
        commands.ask_share_refund(act("bookkeeper", days=61), membership_id=ana.pk)
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        approve(act, claim, votes_for=2)  # of 4 present: half
    with pytest.raises(commands.SharesNotYetDue):
        approve(act, claim, day=date(2026, 12, 31))
    with pytest.raises(commands.DecisionUnnamed):
        approve(act, claim, decided_by="")
    claim = approve(act, claim)
    with pytest.raises(commands.ShareClaimNotWaiting):
        approve(act, claim)
    assert (claim.amount_won, book("share_refunds_due"), book("share_capital")) == (
        100_000,
        100_000,
        400_000,
    )
    later = {"days": 200}
    with pytest.raises(commands.DebtsRemain, match="10,000.*제89조제3항"):
        commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk)
    with pytest.raises(commands.SetOffNotAllowed):
        commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk, set_off_won=10_000)
    receipt = commands.enter_receipt(
        act("bookkeeper", **later), receipt_date=date(2027, 3, 1), amount_won=10_000, payer="가나"
    )
    commands.match_receipt(act("bookkeeper", **later), receipt_id=receipt.pk, membership_id=ana.pk)
    with pytest.raises(commands.RefundsTooManyShares):
        commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk, amount_won=100_001)
    commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk, amount_won=40_000)
    claim = commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk)
    assert (claim.state, claim.paid_won, book("share_refunds_due")) == ("paid", 100_000, 0)
    with pytest.raises(commands.ShareClaimPaid):
        commands.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk)
    assert queries.check_memberships() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareClaim.objects.filter(pk=claim.pk).update(paid_won=100_001)


def test_debts_are_set_off_where_the_bylaws_allow_it(coop, act):
    lay_down(act, "refund.set_off", "yes")
    ana, *_rest = five(coop, act)
    coop.plan("person", 10_000)
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 5))
    leave(act, ana)
    later = {"days": 200}
    claim = commands.ask_share_refund(act("bookkeeper", **later), membership_id=ana.pk)
    approve(act, claim)
    claim = commands.pay_share_refund(
        act("bookkeeper", **later), claim_id=claim.pk, set_off_won=10_000
    )
    assert claim.state == "paid" and book("suspense") == 10_000
    receipt = claim.payouts.get(receipt__isnull=False).receipt
    commands.match_receipt(act("bookkeeper", **later), receipt_id=receipt.pk, membership_id=ana.pk)
    assert book("dues_receivable") == 40_000 and book("suspense") == 0
    assert queries.check_memberships() == []


def test_a_claim_lapses_after_two_years_and_the_money_goes_where_the_rules_say(coop, act):
    ana, *_rest = five(coop, act)
    leave(act, ana)
    late = {"days": 770}  # 2028-12-29
    with pytest.raises(commands.ClaimNotLapsedYet, match="2029-01-01"):
        commands.lapse_share_claim(
            act("secretariat", **late), membership_id=ana.pk, decided_by="사무국"
        )
    [(found, first, lapses)] = shares.claims_lapsing(act("secretariat"), date(2028, 11, 1))
    assert (found.pk, first, lapses) == (ana.pk, date(2027, 1, 1), date(2029, 1, 1))
    ids = (ana.pk, ana.pk + 1)
    with pytest.raises(commands.NobodyToRemind):
        commands.remind_share_claims(act("bookkeeper"), membership_ids=ids)
    assert commands.remind_share_claims(act("bookkeeper", **late), membership_ids=ids) == 1
    facts = letter_facts("share_claim_lapsing", {"membership_id": ana.pk})
    assert (facts.amount_won, facts.due_date) == (100_000, date(2029, 1, 1))
    after = {"days": 780}
    with pytest.raises(commands.ClaimLapsed, match="2029-01-01"):
        commands.ask_share_refund(act("bookkeeper", **after), membership_id=ana.pk)
    claim = commands.lapse_share_claim(
        act("secretariat", **after), membership_id=ana.pk, decided_by="2029 정기총회 보고"
    )
    assert (claim.state, book("share_capital"), book("capital_reduction")) == (
        "lapsed",
        400_000,
        100_000,
    )
    with pytest.raises(commands.ClaimTwice):
        commands.lapse_share_claim(
            act("secretariat", **after), membership_id=ana.pk, decided_by="다시"
        )
    assert queries.check_memberships() == []


def test_an_heir_takes_the_shares_over_or_is_paid(coop, act):
    ana, ben, cho, *_rest = five(coop, act)
    leave(act, ana, reason="died")
    leave(act, ben, reason="died")
    with pytest.raises(commands.NobodyDied):
        commands.inherit_shares(
            act("secretariat"), membership_id=cho.pk, decided_by="제적등본", to_membership_id=ben.pk
        )
    heir = coop.person("상속인")
    commands.inherit_shares(
        act("secretariat"), membership_id=ana.pk, decided_by="제적등본", to_membership_id=heir.pk
    )
    assert (shares.holding(ana.pk).won, shares.holding(heir.pk).won) == (0, 100_000)
    with pytest.raises(commands.HeirUnnamed):
        commands.ask_share_refund(act("bookkeeper", days=60), membership_id=ben.pk)
    other = parties.add_person(act("system"), name="다른상속인")
    claim = commands.ask_share_refund(
        act("bookkeeper", days=60), membership_id=ben.pk, heir_id=other.pk
    )
    assert claim.heir_id == other.pk
    approve(act, claim)
    bound = {party for ids in queries.parties_bound() for row in ids for party in row.values()}
    assert {other.pk, ben.party_id} <= bound  # the money is still to come
    with pytest.raises(commands.StillBelongs):
        commands.erase_member_data(act("administrator"), party_id=other.pk)
    assert queries.check_memberships() == []


def test_fewer_shares_only_where_the_bylaws_allow_it(coop, act):
    ana, *_rest = five(coop, act)
    with pytest.raises(RuleNotMet):
        commands.reduce_shares(act("bookkeeper"), membership_id=ana.pk, shares=4)
    lay_down(act, "shares.reduction_allowed", "yes")
    with pytest.raises(RuleNotMet, match="제22조제1항"):
        commands.reduce_shares(act("bookkeeper"), membership_id=ana.pk, shares=10)
    claim = commands.reduce_shares(act("bookkeeper"), membership_id=ana.pk, shares=4)
    with pytest.raises(commands.ClaimTwice):
        commands.reduce_shares(act("bookkeeper"), membership_id=ana.pk, shares=1)
    claim = approve(act, claim)
    assert claim.amount_won == 40_000 and shares.holding(ana.pk).shares == 6


def test_notice_is_given_ahead(coop, act):
    lay_down(act, "withdrawal.notice_days", "30")
    ana = coop.person("가나다")
    with pytest.raises(commands.LeavesBeforeNotice, match="2026-12-20"):
        leave(act, ana, date(2026, 12, 19))
    leave(act, ana, date(2026, 12, 20))


def test_fiscal_years_that_begin_in_march_and_leap_days(coop, act):
    NetworkProfile.objects.update(fiscal_year_start_month=3)
    assert shares.claim_days(date(2028, 2, 29)) == (date(2028, 3, 1), date(2030, 3, 1))
    assert shares.claim_days(date(2028, 3, 1)) == (date(2029, 3, 1), date(2031, 3, 1))
    NetworkProfile.objects.update(fiscal_year_start_month=1)
    assert shares.claim_days(date(2028, 2, 29)) == (date(2029, 1, 1), date(2031, 1, 1))


def test_the_way_to_the_money_names_days_and_articles(coop, act):
    ana, *_rest = five(coop, act)
    leave(act, ana)
    steps = shares.refund_path(act("member", actor_id=ana.party_id), ana.pk)
    assert [s.state for s in steps] == ["done", "later", "later", "done", "later"]
    assert steps[1].day == date(2027, 1, 1) and "제89조제1항" in steps[1].citation
    with pytest.raises(Denied):
        shares.refund_path(act("member", actor_id=ana.party_id + 1), ana.pk)


def test_a_cooperative_pays_the_part_of_the_assets_and_shares_losses(db, act):
    network = founded(act, "cooperative")
    ana, *_rest = five(network, act)
    books.post_entry(
        act("system"),
        date=date(2026, 9, 1),
        text="사업비",
        sides=(debit("5010", "general", 100_003), credit("1010", "general", 100_003)),
    )
    leave(act, ana)
    claim = commands.ask_share_refund(act("bookkeeper", days=60), membership_id=ana.pk)
    claim = approve(act, claim)
    assert (claim.loss_won, claim.amount_won) == (20_001, 79_999)  # 100,003 / 5, to the last won
    assert book("capital_reduction") == 20_001
    assert queries.check_memberships() == []
