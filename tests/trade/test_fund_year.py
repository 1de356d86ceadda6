"""A year of the cooperative fund: billed by the clock, paid by the bank, used by resolution, given to."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands as memberships, queries as members
from dure.domains.trade import commands, queries
from dure.domains.trade.models import ContributionBill, FundUse
from dure.kernel.refusals import Denied
from dure.site import clockwork
from dure.site.effects import EFFECTS

from .conftest import TODAY
from .test_contributing import RULE, open_won

SALES_OF_2025 = (  # seller, buyer, won, tax inside, day
    ("밥상", "인쇄", 1_100_000, 100_000, date(2025, 1, 15)),
    ("밥상", "청소", 333_333, 0, date(2025, 3, 3)),
    ("인쇄", "밥상", 55_055, 5_005, date(2025, 6, 10)),
    ("인쇄", "청소", 777, 0, date(2025, 9, 9)),
    ("청소", "밥상", 2_200_011, 200_001, date(2025, 12, 31)),
)
BY_HAND = {
    # 2 % of 1,333,333 sold is 26,666; its buyers bear 10,000 and 3,333 of it: 13,333 are left.
    # It bears 500 of 50,050 and 20,000 of 2,000,010 bought. Four quarters of 5,000.
    "밥상": 13_333 + 500 + 20_000 + 20_000,
    # 2 % of 50,827 sold is 1,016; its buyers bear 500 and 7: 509 are left. Bought: 10,000.
    "인쇄": 509 + 10_000 + 20_000,
    # 2 % of 2,000,010 sold is 40,000; its buyer bears 20,000. Bought: 3,333 and 7.
    "청소": 20_000 + 3_333 + 7 + 20_000,
}


def lay(house, **given):
    return commands.lay_down_contribution(house.act("secretariat"), **{**RULE, **given})


def paid_in(house, name, won, **given):
    return memberships.enter_receipt(
        house.act("bookkeeper"), receipt_date=TODAY, amount_won=won, payer=name, **given
    )


@pytest.fixture
def three(house):
    """A fund with 100,000 won of what the lunch kitchen owes it."""
    parties = {name: house.organisation(name) for name in ("밥상", "인쇄", "청소")}
    lay(house, ratio=(1, 100))
    house.trade(
        parties["밥상"], parties["인쇄"], 10_000_000, dealt_date=date(2026, 9, 10), what="급식"
    )
    commands.bill_contributions(house.act("system"), month="2026-09")
    return parties


def test_a_year_reckoned_by_hand_for_three_members(house):
    parties = {name: house.organisation(name) for name in BY_HAND}
    share = lay(house, bearer="both", from_date=date(2025, 1, 1))
    fixed = lay(
        house, basis="fixed", bearer="", ratio=(0, 1), fixed_won=5_000, every="quarter",
        from_date=date(2025, 1, 1),
    )  # fmt: skip
    for rule in (share, fixed):
        commands.end_contribution(
            house.act("secretariat"),
            rule_id=rule.pk,
            until_date=date(2026, 1, 1),
            decided_by="총회",
        )
    for seller, buyer, won, vat_won, day in SALES_OF_2025:
        house.trade(parties[seller], parties[buyer], won, vat_won=vat_won, dealt_date=day)
    for _day in range(2):  # the next day bills nothing again
        clockwork._bill_contributions(house.act("system", key=uuid4()))
    assert {name: open_won(house, party) for name, party in parties.items()} == BY_HAND
    assert sum(BY_HAND.values()) == 26_666 + 1_016 + 40_000 + 3 * 20_000
    assert {one.year for one in ContributionBill.objects.dates("month_date", "year")} == {2025}
    # late, and reminded once
    card = queries.cooperative_fund(house.act("secretariat"))
    assert card.late_won == card.open_won == sum(BY_HAND.values())
    with pytest.raises(Denied):
        commands.remind_of_contributions(house.of(parties["밥상"]))
    assert commands.remind_of_contributions(house.act("system")) == 3
    with pytest.raises(commands.NoContributionLate):
        commands.remind_of_contributions(house.act("system"))


def test_last_month_is_billed_from_the_day_of_the_rules_on(house, three):
    assert [str(one) for one in queries.months_to_bill(date(2026, 11, 4))] == []
    assert [str(one) for one in queries.months_to_bill(date(2026, 11, 5))] == ["2026-10"]
    assert [str(one) for one in queries.months_to_bill(date(2027, 1, 31))] == [
        "2026-10", "2026-11", "2026-12",
    ]  # fmt: skip


def test_a_line_of_the_bank_pays_what_is_billed(house, three):
    member = house.members["밥상"]
    line = paid_in(house, f"협동기금{member}", 60_000)
    memberships.match_receipt(
        house.act("bookkeeper"), receipt_id=line.pk, membership_id=member, payable=f"trade:{member}"
    )
    card = queries.contributions_of(house.of(three["밥상"]), member)
    assert (card.paid_won, card.open_won, card.receipts[0].by_bank) == (60_000, 40_000, True)
    fund = queries.cooperative_fund(house.of(three["인쇄"]))
    assert (fund.money_won, fund.paid_won) == (60_000, 60_000)  # owed by the fund of the account
    with pytest.raises(commands.ContributionFromBank):
        commands.undo_contribution(
            house.act("bookkeeper"), receipt_id=card.receipts[0].id, reason="또"
        )
    memberships.unmatch_receipt(house.act("bookkeeper"), receipt_id=line.pk, reason="다른 곳의 돈")
    assert open_won(house, three["밥상"]) == 100_000
    assert queries.cooperative_fund(house.of(three["인쇄"])).money_won == 0


def test_what_a_resolution_gives_is_paid_once_and_told_of(house, three):
    commands.receive_contribution(
        house.act("bookkeeper"), membership_id=house.members["밥상"], won=100_000
    )
    effect = EFFECTS["trade.decide_fund_use"]
    decided = SimpleNamespace(
        adopted=True, reference="제3차 이사회 2호", on_date=TODAY, resolution_id=7
    )
    data = {"what": "공동 배송차", "won": 70_000, "party_id": three["인쇄"]}
    assert effect.setting(data, None).concerned == {three["인쇄"]}
    assert "공동 배송차" in effect.run(house.act("system"), data, decided)
    made = FundUse.objects.get()
    assert (made.entry_id, ledger.fund_money("cooperative")) == (None, 100_000)
    with pytest.raises(commands.CooperativeFundTooSmall):  # 30,000 are promised to nobody
        effect.run(house.act("system"), {**data, "won": 30_001}, decided)
    with pytest.raises(commands.FundUseElsewhere):
        commands.report_fund_use(house.of(three["인쇄"]), use_id=made.pk, report="샀습니다")
    with pytest.raises(Denied):
        commands.pay_fund_use(house.of(three["인쇄"]), use_id=made.pk)
    act = house.act("bookkeeper")
    for _twice in range(2):
        commands.pay_fund_use(act, use_id=made.pk)
    with pytest.raises(commands.FundUseElsewhere):
        commands.pay_fund_use(house.act("bookkeeper"), use_id=made.pk)
    assert ledger.fund_money("cooperative") == 30_000
    with pytest.raises(Denied):
        commands.report_fund_use(house.of(three["청소"]), use_id=made.pk, report="샀습니다")
    commands.report_fund_use(
        house.of(three["인쇄"]), use_id=made.pk, report="열두 곳이 함께 배송합니다"
    )
    card = queries.cooperative_fund(house.of(three["청소"]))
    assert (card.uses[0].report, card.used_won) == ("열두 곳이 함께 배송합니다", 70_000)
    # void before it was paid
    effect.run(
        house.act("system"), {**data, "won": 30_000},
        SimpleNamespace(**{**vars(decided), "reference": "4호", "resolution_id": 8}),
    )  # fmt: skip
    undoing = SimpleNamespace(reference="4호", reason="정족수 미달")
    effect.undo(house.act("system"), data, undoing)
    assert queries.cooperative_fund(house.of(three["청소"])).promised_won == 0


def test_a_sponsor_who_is_no_member_gets_a_receipt(house, three):
    shop = house.organisation("동네가게", joined=None)
    line = paid_in(house, "동네가게", 50_000)
    memberships.book_receipt_as(
        house.act("bookkeeper"), receipt_id=line.pk, purpose="donation", donor_id=shop,
        fund="cooperative",
    )  # fmt: skip
    card = queries.cooperative_fund(house.of(three["청소"]))
    assert (card.money_won, card.gifts_won, card.gifts[0].name) == (50_000, 50_000, "동네가게")
    assert members.donations_of(house.act("bookkeeper"), shop, 2026)[0].amount_won == 50_000
    bylaws.adopt_provision(
        house.act("secretariat"), key="papers.donation_receipts", value="yes", kind="yes_no",
        comparison="exactly", label="기부금영수증", document="법인세법 시행령", article="제39조",
        from_date=TODAY, decided_by="총회",
    )  # fmt: skip
    paper = memberships.issue_donation_receipt(house.act("secretariat"), party_id=shop, year=2026)
    assert paper.amount_won == 50_000


def test_the_forecast_says_how_it_was_reckoned(house, three):
    lay(house, basis="fixed", bearer="", ratio=(0, 1), fixed_won=5_000, every="quarter")
    share, fixed = sorted(
        queries.cooperative_fund(house.of(three["청소"])).forecast, key=lambda one: one.basis,
        reverse=True,
    )  # fmt: skip
    assert (share.of_won, share.won) == (10_000_000, 100_000)
    assert (fixed.of_won, fixed.won) == (3, 3 * 4 * 5_000)
