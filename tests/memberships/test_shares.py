"""Share capital from the subscription to the refund, with every refusal on the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import ShareCertificate, ShareMovement
from dure.domains.memberships.queries import shares
from dure.kernel.verdict import Denied

from .conftest import STARTED
from .share_capital import UNIT, VOTES, approve, book, five, founded, hold, leave


@pytest.fixture
def coop(db, act):
    return founded(act, "social_cooperative")


def test_subscribed_paid_in_parts_and_counted_when_paid(coop, act):
    ana = coop.person("가나다")
    made = commands.subscribe_shares(
        act("member", actor_id=ana.party_id), membership_id=ana.pk, shares=10
    )
    assert (made.won, made.open_won, made.due_date) == (100_000, 100_000, date(2026, 12, 20))
    with pytest.raises(Denied):
        commands.pay_shares(act("member", actor_id=ana.party_id), subscription_id=made.pk)
    first = act("bookkeeper")
    moved = commands.pay_shares(first, subscription_id=made.pk, amount_won=55_000)
    again = commands.pay_shares(first, subscription_id=made.pk, amount_won=55_000)
    assert again.pk == moved.pk and (moved.shares, moved.amount_won) == (5, 55_000)
    assert shares.holding(ana.pk) == shares.Held(5, 55_000, 5_000)
    live = ShareCertificate.objects.get(ended_date=None)
    assert (live.shares, live.won) == (5, 50_000)
    with pytest.raises(commands.SharesOversubscribed, match="45,000"):
        commands.pay_shares(act("bookkeeper"), subscription_id=made.pk, amount_won=45_001)
    commands.pay_shares(act("bookkeeper"), subscription_id=made.pk)
    assert shares.holding(ana.pk) == shares.Held(10, 100_000)
    with pytest.raises(commands.SubscriptionEnded):
        commands.pay_shares(act("bookkeeper"), subscription_id=made.pk)
    assert book("share_capital") == 100_000 == book("cash")
    assert ledger.party_balance(ledger.account_for("share_capital"), ana.party_id) == 100_000
    assert list(ShareCertificate.objects.values_list("number", "shares")) == [(1, 5), (2, 10)]
    assert queries.check_memberships() == []


def test_payments_are_undone_by_a_mirror_image_never_edited(coop, act):
    ana = coop.person("가나다")
    made = hold(act, ana, 3)
    movement = ShareMovement.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareMovement.objects.update(amount_won=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        movement.delete()
    commands.undo_share_payment(act("bookkeeper"), movement_id=movement.pk, reason="다른 사람 돈")
    with pytest.raises(commands.ShareMovementStands):
        commands.undo_share_payment(act("bookkeeper"), movement_id=movement.pk, reason="다시")
    made.refresh_from_db()
    assert (made.open_won, shares.holding(ana.pk).won, book("share_capital")) == (30_000, 0, 0)
    assert shares.holding(ana.pk, date(2026, 11, 1)).won == 30_000
    assert queries.check_memberships() == []


def test_nobody_falls_below_nothing(coop, act):
    ana = coop.person("가나다")
    hold(act, ana, 3)
    entry = ShareMovement.objects.get().entry
    below = {"membership": ana, "kind": "refund", "decided_by": "총회", "entry": entry}
    for day, won, n in (
        (date(2026, 3, 2), -30_001, -3),
        (date(2026, 3, 1), -1, 0),
        (date(2026, 3, 2), -1, -4),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareMovement.objects.create(moved_date=day, amount_won=won, shares=n, **below)


def test_an_association_has_no_shares_and_says_why(network, act):
    ana = network.person("가나다")
    with pytest.raises(commands.NoSharesHere, match="사단법인"):
        commands.subscribe_shares(act("bookkeeper"), membership_id=ana.pk, shares=1)
    assert not shares.holds_shares(date(2026, 11, 20))
    bylaws.adopt_legal_form(act("system"), form="cooperative", from_date=date(2026, 11, 20))
    with pytest.raises(commands.ShareUnitUnknown):
        commands.subscribe_shares(act("bookkeeper"), membership_id=ana.pk, shares=1)


def test_supporters_hold_no_shares_and_classes_have_their_least(coop, act):
    commands.set_member_class(act("secretariat"), code="supporter", holds_shares=False)
    ben = coop.person("라마바", member_class="supporter")
    with pytest.raises(commands.ClassHoldsNoShares, match="후원회원"):
        commands.subscribe_shares(act("bookkeeper"), membership_id=ben.pk, shares=1)
    commands.set_member_class(
        act("secretariat"), code="person", share_minimum_won=100_000, share_article="정관 제9조"
    )
    ana = coop.person("가나다")
    with pytest.raises(RuleNotMet, match="제9조"):
        commands.subscribe_shares(act("bookkeeper"), membership_id=ana.pk, shares=9)
    made = commands.subscribe_shares(act("bookkeeper"), membership_id=ana.pk, shares=10)
    assert [f["passed"] for f in made.findings][:2] == [True, True]


def test_the_cap_binds_from_the_fifth_holder_on(coop, act):
    members = five(coop, act)  # the first paid 100 % alone: five must be able to begin
    first = ShareMovement.objects.order_by("pk").first()
    assert [f["passed"] for f in first.findings if f["key"] == "shares.cap_ratio"] == [False]
    with pytest.raises(RuleNotMet, match="제22조제2항"):
        commands.subscribe_shares(act("bookkeeper"), membership_id=members[0].pk, shares=8)
    made = commands.subscribe_shares(act("bookkeeper"), membership_id=members[0].pk, shares=7)
    assert all(f["passed"] for f in made.findings)
    assert shares.register_totals(date(2026, 11, 20)).above_cap == ()


def test_transfer_needs_the_meeting_and_keeps_least_and_cap(coop, act):
    ana, ben, *rest = five(coop, act)
    to = {
        "membership_id": ana.pk,
        "to_membership_id": ben.pk,
        "decided_by": "2026 임시총회 2호",
        **VOTES,
    }
    system = act("secretariat")
    with pytest.raises(RuleNotMet, match="제24조제3항"):
        commands.transfer_shares(act("secretariat"), shares=1, body="board", **to)
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        commands.transfer_shares(act("secretariat"), shares=1, **{**to, "votes_for": 2})
    with pytest.raises(RuleNotMet, match="제22조제2항"):
        commands.transfer_shares(act("secretariat"), shares=6, **to)
    with pytest.raises(RuleNotMet, match="제22조제1항"):
        commands.transfer_shares(act("secretariat"), shares=10, **to)
    with pytest.raises(commands.SharesNotHeld):
        commands.transfer_shares(act("secretariat"), shares=11, **to)
    with pytest.raises(commands.DecisionUnnamed):
        commands.transfer_shares(act("secretariat"), shares=1, **{**to, "decided_by": " "})
    with pytest.raises(commands.SameHolder):
        commands.transfer_shares(act("secretariat"), shares=1, **{**to, "to_membership_id": ana.pk})
    made = commands.transfer_shares(system, shares=5, **to)
    assert commands.transfer_shares(system, shares=5, **to).pk == made.pk
    assert shares.holding(ana.pk) == shares.Held(5, 50_000)
    assert shares.holding(ben.pk) == shares.Held(15, 150_000)
    assert book("share_capital") == 500_000
    assert ledger.party_balance(ledger.account_for("share_capital"), ben.party_id) == 150_000
    assert queries.check_memberships() == []


def test_the_register_of_any_day_is_the_sum_of_movements_and_the_ledger(coop, act):
    ana, ben, *_rest = five(coop, act)
    hold(act, ben, 3, date(2026, 7, 1))
    leave(act, ana)
    claim = commands.ask_share_refund(act("bookkeeper", days=60), membership_id=ana.pk)
    approve(act, claim)
    for day, wanted in (
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 500_000),
        (date(2026, 7, 1), 530_000),
        (date(2027, 2, 19), 530_000),
        (date(2027, 2, 20), 430_000),
    ):
        rows = list(shares.share_register(act("bookkeeper"), day))
        same = shares.register_rows(act("bookkeeper"), day)
        assert [
            (m.pk, m.shares_held, m.certificate, m.changed_date, m.class_name) for m in same
        ] == [
            (m.pk, m.shares_held, m.certificate, m.changed_date, m.class_name or "") for m in rows
        ]
        assert sum(m.paid_in_won for m in rows) == wanted == shares.register_totals(day).won
        assert ledger.balance(ledger.account_for("share_capital"), "general", day) == wanted
    rows = {m.pk: m for m in shares.share_register(act("bookkeeper"), date(2026, 7, 1))}
    assert (rows[ana.pk].shares_held, rows[ana.pk].certificate) == (10, 1)
    assert (rows[ben.pk].shares_held, rows[ben.pk].changed_date) == (13, date(2026, 7, 1))
    assert ana.pk not in {m.pk for m in shares.share_register(act("bookkeeper"), date(2027, 3, 1))}
    with pytest.raises(Denied):
        shares.share_register(act("member", actor_id=ana.party_id), date(2026, 7, 1))


def test_the_yearly_report_and_its_deadline(coop, act):
    ana, *_rest = five(coop, act)
    assert shares.report_due(act("secretariat")) is None
    later = {"days": 60}
    found = shares.report_due(act("secretariat", **later))
    assert (found.opening_won, found.closing_won, found.closing_shares) == (0, 500_000, 50)
    assert (found.due_date, found.unit_won_after) == (date(2027, 3, 31), UNIT)
    [day] = found.days
    assert (day.date, day.in_won, day.won) == (date(2026, 3, 2), 500_000, 500_000)
    with pytest.raises(commands.ReportTooEarly):
        commands.file_share_report(act("secretariat"), year_date=STARTED, reference="등기소 1")
    commands.file_share_report(
        act("secretariat", **later), year_date=STARTED, reference="등기소 2027-11"
    )
    with pytest.raises(commands.ReportTwice):
        commands.file_share_report(act("secretariat", **later), year_date=STARTED, reference="다시")
    assert shares.report_due(act("secretariat", **later)) is None
