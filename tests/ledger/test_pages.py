"""The ledger's pages: who may see them, that lists stay lean, one happy path and one refusal a form."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.ledger import commands, queries
from dure.domains.ledger.rules import credit, debit

STAFF = ("secretariat", "bookkeeper", "open_administrator")

# Where members may look too: sums, never single entries.
SUMS = (
    "/ledger/",
    "/ledger/funds/general/",
    "/ledger/statements/",
    "/ledger/statements/balance-sheet/",
    "/ledger/statements/activities/",
    "/ledger/statements/fund/?fund=general",
    "/ledger/statements/trial-balance/",
    "/ledger/accounts/",
    "/ledger/periods/",
    "/ledger/seals/",
)
ENTRIES = (
    "/ledger/entries/",
    "/ledger/entries/drafts/",
    "/ledger/entries/new/",
    "/ledger/accounts/1010/",
    "/ledger/check/",
    "/ledger/funds/move/",
)


@pytest.fixture
def books(cast, act):
    """A few entries, one of them closed away in October."""
    commands.open_fund(act("secretariat"), code="mutual_aid")
    for day in (date(2026, 9, 10), date(2026, 10, 12), date(2026, 11, 3)):
        commands.post_entry(
            act("bookkeeper"),
            date=day,
            text="후원금 받음",
            sides=(debit("1010", "general", 700_000), credit("4110", "general", 700_000)),
        )
    return cast


def test_sums_are_read_by_whoever_belongs_and_entries_by_staff(books, client_of):
    for role in STAFF:
        client = client_of(role)
        for address in (*SUMS, *ENTRIES):
            assert client.get(address).status_code == 200, (role, address)
    for role, sums, entries in (
        ("member", 200, 403),
        ("representative", 200, 403),
        ("visitor", 302, 302),
    ):
        client = client_of(role)
        for addresses, status in ((SUMS, sums), (ENTRIES, entries)):
            for address in addresses:
                assert client.get(address).status_code == status, (role, address)


def test_lists_ask_the_same_few_questions_however_long_they_are(
    books, act, client_of, django_assert_max_num_queries
):
    for number in range(60):
        commands.post_entry(
            act("bookkeeper"),
            date=date(2026, 11, 1 + number % 19),
            text=f"사무용품 {number}",
            sides=(debit("5210", "general", 1_000), credit("1010", "general", 1_000)),
        )
    client = client_of("secretariat")
    for address in (
        "/ledger/entries/",
        "/ledger/accounts/1010/",
        "/ledger/periods/",
        "/ledger/",
        "/ledger/statements/trial-balance/",
    ):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)


def test_an_entry_is_typed_as_people_type(books, client_of):
    client = client_of("bookkeeper")
    answer = client.post(
        "/ledger/entries/new/",
        {
            "date": "2026.11.5",
            "text": "사무실 임차료",
            "how": "post",
            "lines-TOTAL_FORMS": "3",
            "lines-0-account": "5210",
            "lines-0-fund": "general",
            "lines-0-debit_won": "12만원",
            "lines-1-account": "1010",
            "lines-1-fund": "general",
            "lines-1-credit_won": "120,000",
            "lines-2-fund": "general",
        },
    )
    assert answer.status_code == 302
    assert queries.balance("1010", "general") == 2_100_000 - 120_000
    page = client.get(answer.headers["Location"]).content.decode()
    assert "사무실 임차료" in page and "이보라" in page


def test_an_unbalanced_entry_says_so_and_keeps_what_was_typed(books, client_of):
    answer = client_of("bookkeeper").post(
        "/ledger/entries/new/",
        {
            "date": "2026-11-05",
            "text": "사무실 임차료",
            "lines-TOTAL_FORMS": "2",
            "lines-0-account": "5210",
            "lines-0-fund": "general",
            "lines-0-debit_won": "120,000",
            "lines-1-account": "1010",
            "lines-1-fund": "general",
            "lines-1-credit_won": "100,000",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "20,000" in page and 'value="120,000"' in page and "사무실 임차료" in page
    assert queries.balance("5210", "general") == 0


def test_what_cannot_be_read_is_told_at_its_line(books, client_of):
    answer = client_of("bookkeeper").post(
        "/ledger/entries/new/",
        {
            "date": "2026-11-05",
            "text": "회비",
            "lines-TOTAL_FORMS": "2",
            "lines-0-account": "1110",
            "lines-0-fund": "general",
            "lines-0-debit_won": "백",
            "lines-0-party": "없는조직",
            "lines-1-account": "1010",
            "lines-1-fund": "general",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "없는조직" in page and 'value="백"' in page


def test_a_draft_is_approved_by_another_person(books, act, client_of):
    draft = commands.draft_entry(
        act("bookkeeper", actor_id=books.bookkeeper),
        date=date(2026, 11, 6),
        text="송년회 계약금",
        sides=(debit("5010", "general", 300_000), credit("1010", "general", 300_000)),
    )
    own = client_of("bookkeeper").post(f"/ledger/entries/{draft.pk}/approve/")
    assert own.status_code == 403
    assert queries.balance("5010", "general") == 0
    answer = client_of("secretariat").post(f"/ledger/entries/{draft.pk}/approve/")
    assert answer.status_code == 302
    assert queries.balance("5010", "general") == 300_000


def test_a_reversal_needs_a_reason(books, client_of):
    entry = queries.entry_numbered(3)
    client = client_of("bookkeeper")
    silent = client.post(f"/ledger/entries/{entry}/reverse/", {"date": "2026-11-20", "reason": " "})
    assert silent.status_code == 422
    answer = client.post(
        f"/ledger/entries/{entry}/reverse/", {"date": "2026-11-20", "reason": "두 번 적음"}
    )
    assert answer.status_code == 302
    assert queries.balance("4110", "general") == 1_400_000
    again = client.post(
        f"/ledger/entries/{entry}/reverse/", {"date": "2026-11-20", "reason": "두 번 적음"}
    )
    assert again.status_code == 409


def test_moving_money_shows_its_effect_first(books, client_of):
    client = client_of("secretariat")
    asked = {
        "date": "2026-11-12",
        "from_fund": "general",
        "to_fund": "mutual_aid",
        "amount_won": "30만원",
        "text": "상호부조 첫 출연",
    }
    shown = client.post("/ledger/funds/move/", asked)
    assert shown.status_code == 200
    assert queries.fund_money("mutual_aid") == 0
    page = shown.content.decode()
    assert "300,000원" in page
    seal = page.partition('name="confirmed" value="')[2].partition('"')[0]
    answer = client.post("/ledger/funds/move/", {**asked, "confirmed": seal})
    assert answer.status_code == 302
    assert queries.fund_money("mutual_aid") == 300_000
    same = client.post("/ledger/funds/move/", {**asked, "to_fund": "general"})
    assert same.status_code == 422


def test_a_month_is_closed_and_its_papers_never_change(books, act, client_of):
    client = client_of("bookkeeper")
    for month in range(1, 9):
        commands.close_period(act("bookkeeper"), month=f"2026-{month:02}")
    early = client.post("/ledger/periods/2026-10/close/")
    assert early.status_code == 409
    for month in ("2026-09", "2026-10"):
        assert client.post(f"/ledger/periods/{month}/close/").status_code == 302
    address = "/ledger/statements/balance-sheet/?start=2026-10&end=2026-10"
    assert "SHA-256" in client.get(address).content.decode()
    for ending in ("pdf", "xlsx"):
        first, second = (_bytes(client.get(f"{address}&as={ending}")) for _ in range(2))
        assert first == second and len(first) > 1_000
    commands.post_entry(
        act("bookkeeper"),
        date=date(2026, 11, 19),
        text="나중 일",
        sides=(debit("5210", "general", 1_000), credit("1010", "general", 1_000)),
    )
    assert _bytes(client.get(f"{address}&as=pdf")) == _bytes(
        client_of("secretariat").get(f"{address}&as=pdf")
    )


def _bytes(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_only_the_secretariat_sets_what_an_article_asks(books, client_of):
    asked = {
        "kind": "second_person_above_won",
        "amount_won": "100만원",
        "article": "회계 규정 제12조",
        "from_date": "2026-11-20",
    }
    assert client_of("bookkeeper").post("/ledger/funds/general/rule/", asked).status_code == 403
    assert client_of("secretariat").post("/ledger/funds/general/rule/", asked).status_code == 302
    assert "회계 규정 제12조" in client_of("member").get("/ledger/funds/general/").content.decode()


def test_the_check_of_the_books_says_they_are_sound(books, client_of):
    page = client_of("bookkeeper").get("/ledger/check/?run=1").content.decode()
    assert 'role="status"' in page and 'role="alert"' not in page


def test_a_member_reads_the_own_account_only(books, client_of):
    own = client_of("member").get(f"/ledger/parties/{books.member}/")
    assert own.status_code == 200
    assert client_of("member").get(f"/ledger/parties/{books.organisation}/").status_code == 403
    spoken = client_of("representative").get(f"/ledger/parties/{books.organisation}/")
    assert spoken.status_code == 200


def test_strange_addresses_are_no_errors(books, client_of):
    client = client_of("secretariat")
    for address, status in (
        ("/ledger/statements/nonsense/", 404),
        ("/ledger/statements/activities/?start=abc&end=2026-99&fund=none", 200),
        ("/ledger/statements/activities/?start=2026-11&end=2026-01", 200),
        ("/ledger/funds/none/", 404),
        ("/ledger/accounts/9999/", 404),
        ("/ledger/entries/999999/", 404),
        ("/ledger/parties/999999/", 404),
        ("/ledger/entries/?page=99999&fund=<b>&q=%00", 200),
    ):
        assert client.get(address).status_code == status, address


def test_a_project_is_summed_up(books, client_of):
    client = client_of("bookkeeper")
    asked = {
        "date": "2026-11-05",
        "text": "장터 천막",
        "project": "가을 장터",
        "lines-TOTAL_FORMS": "2",
        "lines-0-account": "5010",
        "lines-0-fund": "general",
        "lines-0-debit_won": "15만원",
        "lines-1-account": "1010",
        "lines-1-fund": "general",
        "lines-1-credit_won": "150,000",
    }
    assert client.post("/ledger/entries/new/", asked).status_code == 302
    page = client_of("member").get("/ledger/projects/").content.decode()
    assert "가을 장터" in page and "150,000" in page
    assert 'href="/ledger/projects/%' not in page
    assert "장터 천막" in client.get("/ledger/projects/가을 장터/").content.decode()
    assert client_of("member").get("/ledger/projects/가을 장터/").status_code == 403


def test_entries_go_along_as_a_file(books, client_of):
    taken = _bytes(client_of("bookkeeper").get("/ledger/entries/?as=csv")).decode("utf-8-sig")
    assert taken.count("후원금 받음") == 3
    ledger = _bytes(client_of("bookkeeper").get("/ledger/accounts/1010/?as=xlsx"))
    assert ledger[:2] == b"PK"
