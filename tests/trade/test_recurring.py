"""What comes every month, and the papers of a deal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.trade import commands, queries
from dure.domains.trade.models import Deal
from dure.kernel.refusals import Denied
from tests.trade.conftest import TODAY

CLEANING = {"what": "사무실 청소", "won": 220_000, "vat_won": 20_000, "month_day": 31}


@pytest.fixture
def two(house):
    return house.organisation("깨끗"), house.organisation("인쇄")


def monthly(house, seller, buyer, **given):
    told = {**CLEANING, "from_date": TODAY, **given}
    return commands.propose_recurring_deal(
        house.of(seller), party_id=seller, other_id=buyer, sells=True, **told
    )


def run(house, days):
    try:
        return commands.record_recurring_deals(house.act("system", days=days))
    except commands.NoRecurringDealDue:
        return 0


def test_each_month_by_the_calendar_confirmed_or_counting_by_itself(house, two):
    clean, print_ = two
    with pytest.raises(commands.DealImpossible):
        monthly(house, clean, print_, month_day=32)
    each = monthly(house, clean, print_)
    itself = monthly(house, print_, clean, what="임차료", month_day=5, confirms_itself=True)
    with pytest.raises(Denied):
        commands.accept_recurring_deal(house.of(clean), recurring_id=each.pk)
    with pytest.raises(commands.DealPaperUnnamed):
        commands.accept_recurring_deal(house.act("secretariat"), recurring_id=each.pk)
    commands.accept_recurring_deal(house.of(print_), recurring_id=each.pk)
    commands.accept_recurring_deal(house.of(clean), recurring_id=itself.pk)
    assert run(house, 9) == 0
    # 30 November; slept until 5 February: 31 December, 31 January and the rents of three months
    assert run(house, 10) == 1
    assert run(house, 10) == 0
    assert run(house, 77) == 5
    days = Deal.objects.filter(recurring=each).order_by("pk").values_list("dealt_date", "state")
    assert list(days) == [
        (date(2026, 11, 30), "recorded"),
        (date(2026, 12, 31), "recorded"),
        (date(2027, 1, 31), "recorded"),
    ]
    assert {one.state for one in Deal.objects.filter(recurring=itself)} == {"confirmed"}
    assert len(queries.deals_waiting(house.of(print_))) == 3
    assert queries.trade_totals(house.act("secretariat"), 2027).won == 440_000  # two rents
    # consent taken back; ended by notice
    with pytest.raises(Denied):
        commands.withdraw_standing_consent(house.of(print_), recurring_id=itself.pk, party_id=clean)
    commands.withdraw_standing_consent(house.of(clean), recurring_id=itself.pk, party_id=clean)
    with pytest.raises(commands.RecurringDealElsewhere):
        commands.withdraw_standing_consent(house.of(clean), recurring_id=itself.pk, party_id=clean)
    made = commands.end_recurring_deal(
        house.of(print_, days=77), recurring_id=itself.pk, party_id=print_, reason="이사"
    )
    assert made.until_date == TODAY + timedelta(days=107)
    assert run(house, 200) == 4 + 1  # four cleanings, and the rent of 5 March still
    assert Deal.objects.filter(recurring=itself).latest("pk").state == "recorded"
    assert queries.recurring_deal(house.of(clean), itself.pk).state == "ended"


def test_it_ends_where_a_side_is_no_member_or_says_no(house, two):
    clean, print_ = two
    other = house.organisation("동네가게", joined=None)
    refused = monthly(house, clean, print_)
    commands.end_recurring_deal(
        house.of(print_), recurring_id=refused.pk, party_id=print_, reason="필요 없어요"
    )
    assert queries.recurring_deal(house.of(clean), refused.pk).state == "ended"
    made = monthly(house, clean, other, month_day=25, until_date=TODAY + timedelta(days=300))
    commands.accept_recurring_deal(house.of(other), recurring_id=made.pk)
    bylaws.adopt_provision(
        house.act("secretariat"), key="trade.non_members", value="no", kind="yes_no",
        comparison="exactly", label="회원끼리만", document="정관", article="제9조",
        from_date=TODAY + timedelta(days=1), decided_by="총회",
    )  # fmt: skip
    assert run(house, 10) == 0
    row = queries.recurring_deal(house.of(clean), made.pk)
    assert row.state == "ended" and "동네가게" in row.end_reason
    with pytest.raises(Denied):
        queries.recurring_deal(house.of(print_), made.pk)


def test_the_tax_invoice_is_noted_once_and_checked(house, two):
    clean, print_ = two
    deal = house.trade(clean, print_)
    number = "20261119" + "A" * 16
    with pytest.raises(Denied):
        commands.note_tax_invoice(house.of(print_), deal_id=deal.pk, tax_number=number)
    for wrong in ("", "번호", "9" * 25, "20261121" + "0" * 16, "20261301" + "0" * 16):
        with pytest.raises(commands.DealImpossible):
            commands.note_tax_invoice(house.of(clean), deal_id=deal.pk, tax_number=wrong)
    act = house.of(clean)
    for _twice in range(2):
        made = commands.note_tax_invoice(
            act, deal_id=deal.pk, tax_number=f"{number[:8]}-{number[8:]}"
        )
    assert made.tax_number == number
    with pytest.raises(commands.TaxInvoiceNotedBefore):
        commands.note_tax_invoice(house.of(clean), deal_id=deal.pk, tax_number="1")
    other = house.trade(clean, print_, 5_000)
    with pytest.raises(commands.DealKnownAlready):
        commands.note_tax_invoice(house.of(clean), deal_id=other.pk, tax_number=number)


def test_papers_are_read_by_the_two_sides_and_in_a_dispute_by_the_office(house, two):
    clean, print_ = two
    deal = house.trade(clean, print_)
    paper = {"deal_id": deal.pk, "kind": "delivery_note", "name": "거래명세서.pdf"}
    with pytest.raises(Denied):
        commands.add_deal_paper(house.of(print_), party_id=clean, content=b"%PDF-1", **paper)
    kept = commands.add_deal_paper(house.of(clean), party_id=clean, content=b"%PDF-1", **paper)
    (line,) = queries.deal_papers(house.of(print_), queries.deal(house.of(print_), deal.pk))
    assert (line.id, line.name, line.kind) == (kept.pk, "거래명세서.pdf", "delivery_note")
    assert queries.open_deal_paper(house.of(print_), deal.pk, kept.pk).content == b"%PDF-1"
    office = house.act("secretariat")
    assert queries.deal_papers(office, queries.deal(office, deal.pk)) == []
    with pytest.raises(Denied):
        queries.open_deal_paper(office, deal.pk, kept.pk)
    commands.dispute_deal(house.of(print_), deal_id=deal.pk, party_id=print_, reason="모자람")
    assert queries.open_deal_paper(office, deal.pk, kept.pk).name == "거래명세서.pdf"
