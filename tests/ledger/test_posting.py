"""Entries: posted once, reversed, never edited; who may, and what is refused."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from dure.domains.ledger import commands, queries
from dure.domains.ledger.models import Entry, Line
from dure.domains.ledger.rules import EntryDraft, Side, Source, credit, debit
from dure.domains.parties import commands as parties
from dure.kernel import personal
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, KeyReused, NotFound, Refusal

from .conftest import BOOKKEEPER, Books

DAY = date(2026, 3, 10)


def test_an_entry_moves_balances_and_says_what_caused_it(books: Books) -> None:
    act = books.keeper()
    entry = books.post(
        DAY, debit("1010", "general", 50_000), credit("4010", "general", 50_000), act=act,
        note="김하늘 님이 현금으로 냄",
    )  # fmt: skip
    assert entry.number == 1
    assert queries.balance("1010", "general") == queries.balance("회비 수입", "일반") == 50_000
    assert queries.balance("1010", "general", on=date(2026, 3, 9)) == 0
    card = queries.entry_card(act, entry.pk)
    assert (card.amount_won, card.state, card.note) == (50_000, "posted", "김하늘 님이 현금으로 냄")
    assert [(line.account, line.debit_won, line.credit_won) for line in card.lines] == [
        ("1010", 50_000, 0),
        ("4010", 0, 50_000),
    ]
    assert [cause.actor_id for cause in card.causes] == [BOOKKEEPER]
    assert "김하늘" not in Deed.objects.get(key=act.key).data
    assert "김하늘" not in entry.text
    books.sound()


@pytest.mark.parametrize(
    ("sides", "refusal"),
    [
        ((), commands.EntryEmpty),
        ((debit("1010", "general", 5),), commands.EntryEmpty),
        ((debit("1010", "general", 5), Side("4010", "general", 0)), commands.EntryEmpty),
        ((debit("1010", "general", 5), credit("4010", "general", 6)), commands.EntryUnbalanced),
        ((debit("1010", "general", 5), credit("4010", "cooperative", 5)), commands.EntryUnbalanced),
        ((debit("1110", "general", 5), credit("4010", "general", 5)), commands.PartyMissing),
        ((debit("9999", "general", 5), credit("4010", "general", 5)), commands.UnknownAccount),
        ((debit("1010", "nowhere", 5), credit("4010", "nowhere", 5)), commands.UnknownFund),
        ((debit("1500", "general", 5), credit("1010", "general", 5)), commands.FundsUnpaired),
        (
            (debit("1500", "general", 5), credit("2500", "general", 5)),
            commands.FundsUnpaired,
        ),
        (
            (Side("1010", "general", 2**60), Side("4010", "general", -(2**60))),
            commands.AmountTooLarge,
        ),
        (
            (debit("1110", "general", 5, party_id=987_654), credit("4010", "general", 5)),
            commands.UnknownParty,
        ),
    ],
)
def test_unsound_lines_are_refused_by_name(
    books: Books, sides: tuple[Side, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        books.post(DAY, *sides)
    assert str(refused.value)
    with pytest.raises(refusal):
        commands.post_entries(
            books.keeper(), text="묶음", batch=(EntryDraft(DAY, sides),), source=None
        )
    assert not Entry.objects.exists() and queries.balance("1010", "general") == 0


@pytest.mark.parametrize(
    ("day", "text", "refusal"),
    [
        (date(2025, 12, 31), "x", commands.BeforeBooks),
        (date(2028, 1, 1), "x", commands.DateTooFar),
        (DAY, "  \n\t ", commands.TextMissing),
        (DAY, "가" * 201, commands.TextTooLong),
    ],
)
def test_impossible_days_and_texts_are_refused(
    books: Books, day: date, text: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        books.post(day, debit("1010", "general", 5), credit("4010", "general", 5), text=text)
    assert not Entry.objects.exists()


def test_text_is_one_line_and_html_stays_text(books: Books) -> None:
    entry = books.post(
        DAY, debit("1010", "general", 5), credit("4010", "general", 5),
        text=" <b>굵게</b>\n=1+1\x00 ",
    )  # fmt: skip
    assert Entry.objects.get(pk=entry.pk).text == "<b>굵게</b> =1+1"


def test_only_who_keeps_the_books_posts(books: Books) -> None:
    lines = (debit("1010", "general", 5), credit("4010", "general", 5))
    for role in ("visitor", "member", "representative", "loan_officer"):
        with pytest.raises(Denied):
            books.post(DAY, *lines, act=books.act(role, actor_id=7))
    assert not Entry.objects.exists()
    for role in ("bookkeeper", "secretariat", "administrator", "operator", "system"):
        books.post(DAY, *lines, act=books.act(role))
    assert queries.balance("1010", "general") == 25


def test_the_same_key_posts_once_and_refuses_other_input(books: Books) -> None:
    key = uuid4()
    lines = (debit("1010", "general", 700), credit("4010", "general", 700))
    first = books.post(DAY, *lines, act=books.keeper(key=key))
    again = books.post(DAY, *lines, act=books.keeper(key=key))
    assert first.pk == again.pk and queries.balance("1010", "general") == 700
    with pytest.raises(KeyReused):
        books.post(DAY, debit("1010", "general", 701), credit("4010", "general", 701), act=books.keeper(key=key))  # fmt: skip
    assert Entry.objects.count() == 1


def test_a_batch_is_one_deed_and_all_or_none(books: Books) -> None:
    source = Source("memberships.DuesRun", 3)
    batch = tuple(
        EntryDraft(
            date(2026, 3, 1 + i % 28),
            (
                debit("1110", "general", 30_000, party_id=books.members[i % 3]),
                credit("4010", "general", 30_000),
            ),
            source=Source("memberships.Charge", i + 1) if i % 2 else None,
        )
        for i in range(120)
    )
    deeds = Deed.objects.count()
    posted = commands.post_entries(books.act("system"), text="3월 회비", batch=batch, source=source)
    assert posted == commands.PostedBatch(120, 3_600_000, 1, 120)
    assert Deed.objects.count() == deeds + 1
    ids = queries.entry_ids(1, 120)
    assert [Entry.objects.get(pk=pk).booked_date for pk in ids[:3]] == [d.date for d in batch[:3]]
    assert queries.entries_of_source("memberships.Charge", 2) == (ids[1],)
    assert queries.party_balance("1110", books.members[0]) == 40 * 30_000
    books.sound()
    broken = (*batch, EntryDraft(DAY, (debit("1010", "general", 1), credit("4010", "general", 2))))
    with pytest.raises(commands.EntryUnbalanced):
        commands.post_entries(books.act("system"), text="3월 회비", batch=broken, source=source)
    assert Entry.objects.count() == 120
    with pytest.raises(commands.BatchEmpty):
        commands.post_entries(books.act("system"), text="없음", batch=(), source=source)


def test_a_reversal_mirrors_its_entry_once_and_for_a_reason(books: Books) -> None:
    entry = books.bill(DAY, books.members[0], 30_000)
    with pytest.raises(commands.ReasonMissing):
        commands.reverse_entry(books.keeper(), entry_id=entry.pk, date=DAY, reason="  ")
    with pytest.raises(Denied):
        commands.reverse_entry(books.act("member"), entry_id=entry.pk, date=DAY, reason="x")
    reversal = commands.reverse_entry(
        books.keeper(), entry_id=entry.pk, date=date(2026, 4, 2), reason="두 번 청구함"
    )
    assert queries.party_balance("1110", books.members[0]) == 0
    assert queries.balance("4010", "general") == 0
    assert queries.balance("4010", "general", on=date(2026, 3, 31)) == 30_000
    card = queries.entry_card(books.keeper(), entry.pk)
    assert card.reversed_by_number == reversal.number == 2
    with pytest.raises(commands.AlreadyReversed):
        commands.reverse_entry(books.keeper(), entry_id=entry.pk, date=DAY, reason="또")
    with pytest.raises(commands.ReversalStands):
        commands.reverse_entry(books.keeper(), entry_id=reversal.pk, date=DAY, reason="또")
    with pytest.raises(NotFound):
        commands.reverse_entry(books.keeper(), entry_id=10**9, date=DAY, reason="x")
    books.sound()


def test_what_another_room_made_is_undone_there(books: Books) -> None:
    made = books.post(
        DAY, debit("1010", "general", 5), credit("4010", "general", 5),
        source=Source("memberships.Receipt", 9), act=books.act("member"),
    )  # fmt: skip
    with pytest.raises(commands.EntryHasSource):
        commands.reverse_entry(books.keeper(), entry_id=made.pk, date=DAY, reason="x")
    undone = commands.reverse_entry(
        books.act("system"), entry_id=made.pk, date=DAY, reason="환불",
        source=Source("memberships.Receipt", 9),
    )  # fmt: skip
    assert undone.reverses_id == made.pk


def test_money_moves_between_funds_in_pairs_and_back(books: Books) -> None:
    books.receive(DAY, 1_000_000)
    commands.move_between_funds(
        books.keeper(), date=DAY, from_fund="일반회계", to_fund="협동기금", amount_won=300_000,
        text="협동기금에 빌려줌",
    )  # fmt: skip
    assert queries.balance("1010", "cooperative") == 300_000
    assert queries.balance("1500", "general") == queries.balance("2500", "cooperative") == 300_000
    whole = queries.balance_sheet("", DAY)
    assert [line.account for line in whole.assets] == ["1010"] and whole.liabilities == ()
    commands.move_between_funds(
        books.keeper(), date=DAY, from_fund="협동기금", to_fund="일반회계", amount_won=300_000,
        text="갚음", settle=True,
    )  # fmt: skip
    assert queries.balance("1500", "general") == queries.balance("2500", "cooperative") == 0
    assert queries.balance("1010", "general") == 1_000_000
    for given, refusal in (
        ({"to_fund": "general"}, commands.SameFund),
        ({"amount_won": 0}, commands.NotAPositiveAmount),
        ({"amount_won": -5}, commands.NotAPositiveAmount),
        ({"to_fund": "없는기금"}, commands.UnknownFund),
    ):
        asked = {"from_fund": "general", "to_fund": "cooperative", "amount_won": 5} | given
        with pytest.raises(refusal):
            commands.move_between_funds(books.keeper(), date=DAY, text="x", **asked)
    books.sound()


def test_above_the_provision_a_second_person_approves(books: Books) -> None:
    commands.set_fund_rule(
        books.act("secretariat"), kind="second_person_above_won", amount_won=1_000_000,
        article="회계규정 제12조", from_date=date(2026, 1, 1),
    )  # fmt: skip
    lines = (debit("1010", "general", 1_000_001), credit("4120", "general", 1_000_001))
    with pytest.raises(commands.SecondPersonNeeded) as refused:
        books.post(DAY, *lines)
    assert "회계규정 제12조" in str(refused.value) and refused.value.advice
    draft = commands.draft_entry(books.keeper(), date=DAY, text="큰 기부", sides=lines)
    assert draft.number is None and queries.balance("1010", "general") == 0
    assert queries.drafts_waiting() == 1
    with pytest.raises(Denied):
        commands.approve_entry(books.keeper(), entry_id=draft.pk)
    with pytest.raises(Denied):
        commands.approve_entry(books.act("operator"), entry_id=draft.pk)
    with pytest.raises(Denied):
        commands.approve_entry(books.act("member", actor_id=5), entry_id=draft.pk)
    approved = commands.approve_entry(books.second(), entry_id=draft.pk)
    assert approved.number == 1 and queries.balance("1010", "general") == 1_000_001
    with pytest.raises(commands.NotADraft):
        commands.approve_entry(books.second(), entry_id=draft.pk)
    with pytest.raises(commands.NotADraft):
        commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="x")
    move = {
        "date": DAY, "from_fund": "general", "to_fund": "cooperative", "amount_won": 1_000_001,
        "text": "빌려줌",
    }  # fmt: skip
    with pytest.raises(commands.SecondPersonNeeded):
        commands.move_between_funds(books.keeper(), **move)
    moved = commands.move_between_funds(books.keeper(), draft=True, **move)
    assert queries.balance("1010", "cooperative") == 0
    commands.approve_entry(books.second(), entry_id=moved.pk)
    assert queries.balance("1010", "cooperative") == 1_000_001
    # who posted it alone may not undo it alone; another may
    with pytest.raises(commands.SecondPersonReverses):
        commands.reverse_entry(books.second(), entry_id=draft.pk, date=DAY, reason="x")
    commands.reverse_entry(books.keeper(), entry_id=draft.pk, date=DAY, reason="돌려줌")
    # another room's posting is judged by its own command
    books.post(DAY, *lines, source=Source("memberships.Receipt", 1))
    books.sound()


def test_a_withdrawn_draft_never_counts(books: Books) -> None:
    lines = (debit("1010", "general", 5), credit("4010", "general", 5))
    draft = commands.draft_entry(books.keeper(), date=DAY, text="초안", sides=lines)
    with pytest.raises(commands.EntryNotPosted):
        commands.reverse_entry(books.keeper(), entry_id=draft.pk, date=DAY, reason="x")
    with pytest.raises(commands.ReasonMissing):
        commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="")
    commands.withdraw_draft(books.keeper(), entry_id=draft.pk, reason="잘못 씀")
    with pytest.raises(commands.NotADraft):
        commands.approve_entry(books.second(), entry_id=draft.pk)
    page = queries.entries(books.keeper(), queries.EntryFilter(state="withdrawn"))
    assert [row.id for row in page.rows] == [draft.pk]
    assert queries.balance("1010", "general") == 0 and books.receive(DAY, 5).number == 1
    books.sound()


def test_a_fund_pays_only_down_to_its_floor(books: Books) -> None:
    books.receive(DAY, 100_000, fund="mutual_aid")
    commands.set_fund_rule(
        books.act("secretariat"), kind="money_floor_won", amount_won=30_000, fund="mutual_aid",
        article="상호부조규정 제5조", from_date=date(2026, 1, 1),
    )  # fmt: skip
    books.pay(DAY, 70_000, "5510", "mutual_aid")
    with pytest.raises(commands.FundBelowFloor) as refused:
        books.pay(DAY, 1, "5510", "mutual_aid")
    assert "상호부조규정 제5조" in str(refused.value)
    assert Line.objects.count() == 4 and queries.balance("1010", "mutual_aid") == 30_000
    batch = (EntryDraft(DAY, (debit("5510", "mutual_aid", 1), credit("1010", "mutual_aid", 1))),)
    with pytest.raises(commands.FundBelowFloor):
        commands.post_entries(books.keeper(), text="지급", batch=batch)
    draft = commands.draft_entry(books.keeper(), date=DAY, text="지급", sides=batch[0].sides)
    with pytest.raises(commands.FundBelowFloor):
        commands.approve_entry(books.second(), entry_id=draft.pk)
    books.receive(DAY, 1, fund="mutual_aid")
    commands.approve_entry(books.second(), entry_id=draft.pk)
    books.sound()


def test_chart_funds_and_rules_are_kept_by_the_secretariat(books: Books) -> None:
    for call in (
        lambda act: commands.open_books(act),
        lambda act: commands.open_fund(act, code="culture", name="문화기금"),
        lambda act: commands.add_account(act, code="5920", name="수수료", kind="expense"),
        lambda act: commands.set_fund_rule(
            act, kind="money_floor_won", amount_won=0, article="제1조", from_date=DAY
        ),
    ):
        with pytest.raises(Denied):
            call(books.keeper())
    head = books.act("secretariat")
    fund = commands.open_fund(head, code="culture", name="문화기금", purpose="문화", restriction="earmarked")  # fmt: skip
    account = commands.add_account(
        books.act("secretariat"), code="5920", name="수수료", kind="expense"
    )
    books.receive(DAY, 10_000, fund="문화기금")
    books.pay(DAY, 4_000, account="수수료", fund=fund.code)
    assert queries.balance(account.code, "culture") == 4_000
    for call, refusal in (
        (lambda act: commands.open_books(act), commands.BooksAlreadyOpen),
        (lambda act: commands.open_fund(act, code="culture", name="x"), commands.NameTaken),
        (lambda act: commands.open_fund(act, code="other", name="문화기금"), commands.NameTaken),
        (lambda act: commands.open_fund(act, code="Große", name="x"), commands.CodeUnreadable),
        (lambda act: commands.open_fund(act, code="long", name="가" * 81), commands.TextTooLong),
        (
            lambda act: commands.open_fund(act, code="x", name="x", restriction="free"),
            commands.UnknownKind,
        ),
        (
            lambda act: commands.add_account(act, code="59", name="x", kind="expense"),
            commands.AccountCodeUnreadable,
        ),
        (
            lambda act: commands.add_account(act, code="5930", name="x", kind="cost"),
            commands.UnknownKind,
        ),
        (
            lambda act: commands.add_account(act, code="1010", name="x", kind="asset"),
            commands.NameTaken,
        ),
        (
            lambda act: commands.set_fund_rule(
                act, kind="money_floor_won", amount_won=5, article=" ", from_date=DAY
            ),
            commands.ArticleMissing,
        ),
    ):
        with pytest.raises(refusal):
            call(books.act("secretariat"))


def test_nothing_is_booked_before_the_books_are_open(db: None, act: object) -> None:
    with pytest.raises(commands.BooksNotOpen):
        queries.balance("1010", "general")
    assert queries.check_books() == []


def test_balances_follow_a_merge_and_notes_can_be_erased(books: Books) -> None:
    kept, duplicate, _other = books.members
    books.bill(DAY, duplicate, 30_000)
    noted = books.post(
        DAY, debit("1110", "general", 5_000, party_id=duplicate), credit("4010", "general", 5_000),
        note="사정이 있어 나중에 냄",
    )  # fmt: skip
    with pytest.raises(Denied):
        commands.move_party_balances(books.act("member"), from_party_id=duplicate, to_party_id=kept)
    parties.merge_parties(books.act("secretariat"), kept_id=kept, duplicate_id=duplicate)
    assert queries.party_balance("1110", kept) == 35_000
    assert queries.party_balance("1110", duplicate) == 0
    assert queries.balance("1110", "general") == 35_000
    with pytest.raises(commands.NothingToMove):
        commands.move_party_balances(books.keeper(), from_party_id=duplicate, to_party_id=kept)
    assert queries.entry_card(books.keeper(), noted.pk).note == "사정이 있어 나중에 냄"
    personal.erase_about(duplicate, books.keeper().at)
    assert queries.entry_card(books.keeper(), noted.pk).note == ""
    books.sound()
