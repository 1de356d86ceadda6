"""What months are really like: three spellings, a backdated admission, a leap day, odd files."""

from datetime import date

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge
from dure.domains.memberships.rules.bank_files import read_statement
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from dure.ui.files import open_rows

BANK = "거래일,내용,입금액,출금액\n"


def take_in(act, text, name="2026-11"):
    return commands.import_receipts(
        act("bookkeeper"), filename=f"{name}.csv", content=(BANK + text).encode("cp949"),
        match_sure=True,
    )  # fmt: skip


def test_a_member_in_three_spellings_is_known_and_the_third_is_learned(network, act):
    network.plan("organisation", 30_000)
    member = network.organisation("주식회사 햇살심리상담소")
    for month in (8, 9, 10, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    done = take_in(
        act,
        "2026-11-03,햇살심리상담소,30000,\n2026-11-04,(주)햇살 심리상담소,30000,\n"
        "2026-11-05,햇살 심리상담,30000,\n",
    )
    assert (done.entered_count, done.matched_count) == (3, 2)
    [cut] = queries.unmatched_receipts(act("bookkeeper"))
    assert cut.proposal.membership_id == member.pk and not cut.is_sure
    commands.match_receipt(act("bookkeeper"), receipt_id=cut.id, membership_id=member.pk)
    assert take_in(act, "2026-11-12,햇살 심리상담,30000,\n").matched_count == 1


def test_a_total_under_a_name_of_its_own_is_no_payment():
    text = BANK + "2026-11-03,김하늘,10000,\n2026-11-04,문구점,,3000\n모두 더하면,,10000,3000\n"
    rows = [(row.number, row.cells) for row in open_rows("a.csv", text.encode(), rows_max=100)]
    file = read_statement(rows, "a.csv")
    assert (len(file.rows), file.errors, file.passed_over) == (1, (), 2)
    wrong = [*rows[:-1], (4, ("모두 더하면", "", "9999", "3000"))]
    assert len(read_statement(wrong, "a.csv").errors) == 1  # not the total: a person looks


def test_an_admission_backdated_into_a_closed_month_is_billed_today_and_the_month_stays(
    network, act
):
    network.plan("person", 10_000)
    network.person("김하늘")
    for number in range(1, 10):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, number))
        ledger.close_period(act("secretariat"), month=f"2026-{number:02}")
    kept = [one.sha256 for one in books.kept_statements("2026-09")]
    late = network.person("이바다", date(2026, 9, 10))
    for number in (9, 10):
        run = commands.bill_dues(act("bookkeeper"), month=Month(2026, number))
    assert (run.count, run.already) == (2, 0)
    owed = Charge.objects.filter(membership=late).order_by("period_date")
    assert [(c.period_date.month, c.billed_date.month) for c in owed] == [(9, 11), (10, 10)]
    assert [one.sha256 for one in books.kept_statements("2026-09")] == kept
    assert not books.check_books() and not queries.check_memberships()


def test_a_leap_day_ends_its_month(db, act):
    parties.found_network(act("system"), name="한울", legal_form="association")
    ledger.open_books(act("system"), first_date=date(2024, 1, 1))
    commands.add_member_class(act("system"), name="개인", code="person", who="person")
    commands.set_dues_plan(
        act("system"), member_class="person", name="회비", period="month", amount_won=29_000,
        from_month=Month(2024, 1), due_day=31, proration="days",
    )  # fmt: skip
    person = parties.add_person(act("system"), name="윤이월")
    commands.enrol_member(
        act("system"), party_id=person.pk, member_class="person", joined_date=date(2024, 2, 29),
        decided_by="총회",
    )  # fmt: skip
    commands.bill_dues(act("bookkeeper"), month=Month(2024, 2))
    charge = Charge.objects.get()
    assert (charge.amount_won, charge.due_date) == (1_000, date(2024, 2, 29))  # a day of 29
    done = take_in(act, "2024.02.29,윤이월,1000,\n2024.02.30,없는날,1000,\n", "2024-02")
    assert done.matched_count == 1 and [e["row"] for e in done.rejected] == [3]
    for month in ("2024-01", "2024-02"):
        ledger.close_period(act("secretariat"), month=month)
    assert books.statement("general", "2024-02", "2024-02").in_won == 1_000


def test_the_amount_of_dues_changes_in_mid_year(network, act):
    network.plan("person", 10_000)
    member = network.person("김하늘")
    network.plan("person", 15_000, from_month=Month(2026, 7), article="제12조 (2026. 6. 개정)")
    for number in (6, 7):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, number))
    owed = Charge.objects.filter(membership=member).order_by("period_date")
    assert [c.amount_won for c in owed] == [10_000, 15_000]
