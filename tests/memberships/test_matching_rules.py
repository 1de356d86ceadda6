"""Whose money is this? Names as banks print them."""

from hypothesis import given
from hypothesis import strategies as st

from dure.domains.memberships.rules.matching import Book, Payer, Sureness, fits_by_prefix, normalise

SUN = Payer(1, ("햇살돌봄 사회적협동조합",), (30_000, 30_000))
BREAD = Payer(2, ("주식회사 새벽빵집",), (30_000,))
KIM = Payer(3, ("김하늘",), (10_000,))
KIM2 = Payer(4, ("김하늘",), (20_000,))


def book(*payers, **memory):
    return Book(payers, {normalise(k): frozenset(v) for k, v in memory.items()})


def test_legal_forms_and_marks_do_not_count():
    names = ("(주)새벽빵집", "㈜새벽빵집", "주식회사새벽빵집", "새벽빵집 주식회사", "새벽 빵집")
    assert {normalise(n) for n in names} == {"새벽빵집"}


def test_the_same_name_and_a_fitting_amount_are_sure():
    found = book(SUN, BREAD, KIM).propose("햇살돌봄", 60_000)
    assert (found.membership_id, found.sureness, found.why) == (1, Sureness.SURE, "name")
    assert book(SUN).propose("햇살돌봄", 30_000).sureness == Sureness.SURE  # the oldest month
    assert book(SUN).propose("햇살돌봄", 45_000).sureness == Sureness.LIKELY


def test_a_cut_name_is_likely_with_the_amount_and_weak_without():
    found = book(SUN, KIM).propose("햇살돌봄사회적협", 60_000)
    assert found.membership_id == 1 and found.sureness in (Sureness.SURE, Sureness.LIKELY)
    assert book(BREAD, KIM).propose("새벽빵", 30_000).sureness == Sureness.LIKELY
    assert book(BREAD, KIM).propose("새벽빵", 1_000).sureness == Sureness.WEAK


def test_namesakes_are_told_apart_by_the_amount_or_not_at_all():
    assert book(KIM, KIM2).propose("김하늘", 20_000).membership_id == 4
    assert book(KIM, KIM2).propose("김하늘", 20_000).sureness == Sureness.LIKELY
    assert book(KIM, KIM2).propose("김하늘", 999) is None


def test_who_paid_before_is_remembered():
    found = book(SUN, BREAD, **{"이대표": {1}}).propose("이대표", 60_000)
    assert (found.membership_id, found.sureness, found.why) == (1, Sureness.SURE, "memory")


def test_the_amount_alone_is_weak_and_only_if_one_fits():
    assert book(KIM, KIM2).propose("모르는이", 20_000).sureness == Sureness.WEAK
    assert book(SUN, BREAD).propose("모르는이", 30_000) is None


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
    payers = tuple(Payer(i, (name,), tuple(won)) for i, (name, won) in enumerate(members, 1))
    found = Book(payers, {}).propose(text, amount)
    if found is None or found.sureness != Sureness.SURE:
        return
    payer = payers[found.membership_id - 1]
    assert amount in payer.fitting_amounts
    same = [p for p in payers if normalise(p.names[0]) == normalise(text)]
    assert same == [payer]
