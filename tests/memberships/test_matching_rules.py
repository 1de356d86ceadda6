"""Whose money is this? Names as banks print them."""

from hypothesis import given, strategies as st

from dure.domains.memberships.rules.matching import (
    Book,
    Item,
    Money,
    Payer,
    Sureness,
    fit,
    fits_by_prefix,
    hints_of,
    keys_of,
    normalise,
)
from dure.domains.memberships.rules.sharing import Wanted, in_turn, share_out


def payer(member, name, *won):
    """October, November …: a charge each, in won."""
    items = tuple(
        Item(member * 100 + i, amount, months=range(2026 * 12 + 10 + i, 2026 * 12 + 11 + i))
        for i, amount in enumerate(won)
    )
    return Payer(member, (normalise(name),), items)


SUN = payer(1, "햇살돌봄 사회적협동조합", 30_000, 30_000)
BREAD = payer(2, "주식회사 새벽빵집", 30_000)
KIM = payer(3, "김하늘", 10_000)
KIM2 = payer(4, "김하늘", 20_000)


def book(*payers, accounts=None, **memory):
    return Book(payers, {normalise(k): frozenset(v) for k, v in memory.items()}, accounts)


def asked(known, text, won, memo="", account=""):
    return known.propose(Money(text, won, memo, account))


def test_legal_forms_and_marks_do_not_count():
    names = ("(주)새벽빵집", "㈜새벽빵집", "주식회사새벽빵집", "새벽빵집 주식회사", "새벽 빵집")
    assert {normalise(n) for n in names} == {"새벽빵집"}


def test_words_about_the_money_are_no_name():
    for text in (
        "김하늘11월회비",
        "11월 회비 김하늘",
        "김하늘 10,11월",
        "김하늘(11월분)",
        "김하늘 발전회비",
    ):
        assert keys_of(text)[-1] == "김하늘", text
    assert keys_of("회비") == ("회비",)
    assert hints_of("10~12월 회비").months == {10, 11, 12}
    assert hints_of("11~2월").months == {11, 12, 1, 2}
    assert hints_of("9,10월분").months == {9, 10} and hints_of("13월").months == set()
    assert hints_of("발전회비").kinds == {"development"} and hints_of("출자금").purpose == "shares"


def test_the_same_name_and_a_fitting_amount_are_sure():
    found = asked(book(SUN, BREAD, KIM), "햇살돌봄", 60_000)
    assert (found.membership_id, found.sureness, found.reasons) == (
        1,
        Sureness.SURE,
        ("name", "all"),
    )
    assert asked(book(SUN), "햇살돌봄", 30_000).sureness == Sureness.SURE  # the oldest month
    less = asked(book(SUN), "햇살돌봄", 45_000)
    assert (less.sureness, less.reasons[1]) == (Sureness.LIKELY, "less")
    more = asked(book(SUN), "햇살돌봄", 90_000)
    assert (more.sureness, more.reasons[1], more.rest_won) == (Sureness.LIKELY, "more", 30_000)


def test_the_memo_names_the_month_that_is_paid():
    found = asked(book(SUN), "햇살돌봄", 30_000, "11월 회비")
    assert (found.sureness, found.charge_ids, found.reasons[1]) == (Sureness.SURE, (101,), "month")
    assert asked(book(SUN), "햇살돌봄 11월", 30_000).charge_ids == (101,)
    assert asked(book(SUN), "햇살돌봄 12월", 30_000).charge_ids == (
        100,
    )  # nothing of December is open


def test_an_account_of_its_own_is_as_good_as_a_name():
    known = book(SUN, BREAD, accounts={"12345": 2})
    found = asked(known, "아무개", 30_000, account="12345")
    assert (found.membership_id, found.sureness, found.reasons[0]) == (2, Sureness.SURE, "account")


def test_money_for_shares_is_never_sure_and_pays_no_dues():
    found = asked(book(SUN), "햇살돌봄", 60_000, "출자금")
    assert (found.sureness, found.purpose, found.charge_ids) == (Sureness.LIKELY, "shares", ())


def test_a_cut_name_is_likely_with_the_amount_and_weak_without():
    found = asked(book(SUN, KIM), "햇살돌봄사회적협", 60_000)
    assert found.membership_id == 1 and found.sureness in (Sureness.SURE, Sureness.LIKELY)
    assert asked(book(BREAD, KIM), "새벽빵", 30_000).sureness == Sureness.LIKELY
    assert asked(book(BREAD, KIM), "새벽빵", 1_000).sureness == Sureness.WEAK


def test_namesakes_are_told_apart_by_the_amount_or_not_at_all():
    assert asked(book(KIM, KIM2), "김하늘", 20_000).membership_id == 4
    assert asked(book(KIM, KIM2), "김하늘", 20_000).sureness == Sureness.LIKELY
    assert asked(book(KIM, KIM2), "김하늘", 999) is None


def test_who_paid_before_is_remembered():
    found = asked(book(SUN, BREAD, **{"이대표": {1}}), "이대표", 60_000)
    assert (found.membership_id, found.sureness, found.reasons[0]) == (1, Sureness.SURE, "memory")


def test_the_amount_alone_is_weak_and_only_if_one_fits():
    assert asked(book(KIM, KIM2), "모르는이", 20_000).sureness == Sureness.WEAK
    assert asked(book(SUN, BREAD), "모르는이", 30_000) is None


def test_one_sort_of_dues_or_one_charge_may_be_meant():
    items = (Item(1, 30_000), Item(2, 30_000), Item(3, 100_000, "development"))
    assert fit(items, 100_000).charge_ids == (3,)
    assert fit(items, 60_000).charge_ids == (1, 2)
    assert fit(items, 160_000).why == "all"
    named = fit(items, 50_000, hints_of("발전회비"))
    assert named.charge_ids == (3, 1, 2) and not named.exact


def test_short_texts_do_not_fit_everything():
    assert not fits_by_prefix("김", "김하늘")
    assert fits_by_prefix("햇살", "햇살돌봄")
    assert not fits_by_prefix("살돌", "햇살돌봄")
    assert fits_by_prefix("햇살돌봄", "2026햇살돌봄회비")


NAMES = st.text(alphabet="가나다라마바사아자차카타파하 ㈜()협동조합", max_size=12)


@given(
    st.lists(st.tuples(NAMES, st.lists(st.integers(1, 100_000), max_size=4)), max_size=8),
    NAMES,
    st.integers(1, 100_000),
)
def test_a_sure_proposal_always_fits_name_and_amount(members, text, amount):
    payers = tuple(payer(i, name, *won) for i, (name, won) in enumerate(members, 1))
    found = asked(Book(payers, {}), text, amount)
    if found is None or found.sureness != Sureness.SURE:
        return
    sure = payers[found.membership_id - 1]
    won = {item.charge_id: item.won for item in sure.items}
    assert sum(won[pk] for pk in found.charge_ids) == amount
    assert [p for p in payers if set(p.names) & set(keys_of(text))] == [sure]


def test_two_equal_payments_pay_two_months():
    money = Money("햇살돌봄", 30_000)
    paid = in_turn([(7, 1, money), (8, 1, money), (9, 1, money)], {1: SUN.items})
    assert paid == {7: (100,), 8: (101,)}


OPEN = st.dictionaries(st.integers(1, 12), st.integers(1, 100_000), max_size=12)
ASKED = st.lists(
    st.tuples(st.integers(1, 200_000), st.lists(st.integers(1, 14), max_size=6)), max_size=12
)


@given(OPEN, ASKED, st.booleans())
def test_nothing_is_paid_twice_nor_from_nothing(open_won, receipts, whole_only):
    wanted = [Wanted(i, won, tuple(ids)) for i, (won, ids) in enumerate(receipts)]
    given = share_out(wanted, open_won, whole_only=whole_only)
    paid: dict[int, int] = {}
    for receipt_id, parts in given.items():
        assert all(won > 0 for _charge, won in parts)
        total = sum(won for _charge, won in parts)
        assert total <= wanted[receipt_id].won
        assert not whole_only or total == wanted[receipt_id].won
        assert {pk for pk, _won in parts} <= set(wanted[receipt_id].charge_ids)
        for charge_id, won in parts:
            paid[charge_id] = paid.get(charge_id, 0) + won
    assert all(won <= open_won[charge_id] for charge_id, won in paid.items())
