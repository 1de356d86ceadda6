"""Lists: what the address asks, and only that; shown in pages, taken along whole."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.contrib.contenttypes.models import ContentType

from dure.kernel.dates import Month
from dure.ui.tables import Column, Paged, Table, ask, listing, said, show, taken

from . import stage


def html(page):
    return page.content.decode()


def test_the_list_has_its_search_count_pages_and_exports(ask_page):
    text = html(stage.members(ask_page("/members/")))
    assert "95 found" in text and "page 1 of 10" in text
    assert 'href="/members/?page=2"' in text and "as=csv" in text and "as=xlsx" in text
    assert text.count("<tr>") == 1 + 10 + 1  # head, a page, the sum
    assert "45,600,000" in text  # the sum of all, not of the page
    assert 'data-label="납부"' in text and 'href="/members/1/"' in text


def test_search_filter_and_sort_live_in_the_address(ask_page):
    text = html(stage.members(ask_page("/members/?q=회원00&state=ok&sort=-paid_won")))
    assert "8 found" in text
    assert text.index("회원009") < text.index("회원001")
    assert 'aria-sort="descending"' in text and 'value="회원00"' in text
    assert (
        "?q=%ED%9A%8C%EC%9B%9000&amp;state=ok&amp;sort=paid_won" in text
    )  # sort links keep the rest


@pytest.mark.parametrize(
    "query",
    [
        "?sort=password",
        "?sort=-",
        "?page=x",
        "?page=-3",
        "?page=99999999999",
        "?page=0",
        "?as=exe",
        "?state=nope",
        "?q=%00",
        "?q=" + "긴" * 500,
    ],
)
def test_what_is_not_offered_is_passed_over(ask_page, query):
    assert stage.members(ask_page("/members/" + query)).status_code == 200


def test_a_page_too_far_shows_the_last(ask_page):
    text = html(stage.members(ask_page("/members/?page=500")))
    assert "page 10 of 10" in text and text.count("<tr>") == 1 + 5 + 1


def test_nothing_found_is_said_kindly(ask_page):
    text = html(stage.members(ask_page("/members/?q=없는이름")))
    assert "Nothing matches." in text and "<table" not in text and 'href="/members/"' in text


def test_htmx_gets_the_part_and_history_the_whole(ask_page):
    part = stage.members(ask_page("/members/?page=2", htmx=True))
    assert html(part).lstrip().startswith('<div id="members"') and "HX-Request" in part["Vary"]
    request = ask_page("/members/?page=2", htmx=True)
    request.META["HTTP_HX_HISTORY_RESTORE_REQUEST"] = "true"
    assert "<html" in html(stage.members(request))


def test_everything_asked_for_is_taken_along(ask_page):
    made = b"".join(
        stage.members(ask_page("/members/?as=csv&state=bad&page=3&sort=-pk")).streaming_content
    )
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert rows[0] == ["번호", "이름", "납부", "상태"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(91, 0, -7)]
    answer = stage.members(ask_page("/members/?as=xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 96 and sheet["C2"].value == 10_000 and sheet["A2"].value == "1"
    assert "filename*=UTF-8''%ED%9A%8C%EC%9B%90.xlsx" in answer["Content-Disposition"]


@dataclass(frozen=True)
class Found:
    rows: tuple[stage.Member, ...]
    count: int


def test_a_query_may_page_by_itself(ask_page):
    asked_for = []

    def fetch(page, rows_a_page):
        asked_for.append((page, rows_a_page))
        first = (page - 1) * rows_a_page
        return Found(tuple(stage.EVERYONE[first : first + rows_a_page]), len(stage.EVERYONE))

    request = ask_page("/members/?page=700")
    shown = listing(request, stage.MEMBERS, ask(request, stage.MEMBERS), Paged(fetch))
    assert (shown.page, shown.pages, shown.count, len(shown.rows)) == (10, 10, 95, 5)
    assert asked_for == [(700, 10), (10, 10)]
    request = ask_page("/members/?as=csv")
    answer = show(
        request, stage.MEMBERS, ask(request, stage.MEMBERS), Paged(fetch), "stage/list.html"
    )
    assert len(b"".join(answer.streaming_content).splitlines()) == 96


@pytest.mark.django_db
def test_a_queryset_costs_two_queries(ask_page, django_assert_num_queries):
    table = Table(
        "kinds",
        "갈래",
        (
            Column("model", "이름", sort="model"),
            Column("app", "방", "app_label", sort=("app_label", "-model")),
        ),
        per_page=5,
    )
    request = ask_page("/kinds/?sort=-app")
    asked = ask(request, table)
    assert asked.order == ("-app_label", "model", "-pk")
    with django_assert_num_queries(2):
        shown = listing(request, table, asked, ContentType.objects.all())
    assert len(shown.rows) == 5 and shown.count == ContentType.objects.count()


def test_cells_are_shown_as_text(ask_page):
    evil = '"><script>x</script>'
    table = Table(
        "x",
        evil,
        (Column("a", evil, link=lambda row: evil), Column("b", evil, tone=lambda row: "ok")),
    )
    request = ask_page("/x/")
    shown = listing(request, table, ask(request, table), [{"a": evil, "b": evil}])
    assert "<script" not in shown.body and shown.body.count("&lt;script&gt;") == 5


def test_dress_gets_one_page_at_a_time(ask_page):
    sizes = []

    def dress(rows):
        sizes.append(len(rows))
        return rows

    request = ask_page("/members/")
    listing(request, stage.MEMBERS, ask(request, stage.MEMBERS), stage.EVERYONE, dress=dress)
    assert sizes == [10]


def test_the_linked_cell_names_its_row(ask_page):
    text = html(stage.members(ask_page("/members/")))
    assert re.search(
        r'<td[^>]*>1</td><th scope="row"[^>]*><a href="/members/1/">회원001</a></th>', text
    )


def test_rows_without_a_value_come_last_both_ways(ask_page):
    table = Table("x", "x", (Column("name", "이름", sort="name"),))
    rows = [{"name": "나"}, {"name": None}, {"name": "가"}]
    for sort, names in (("name", "가나"), ("-name", "나가")):
        request = ask_page(f"/x/?sort={sort}")
        shown = listing(request, table, ask(request, table), rows)
        assert "".join(row[0].text for row in shown.rows) == names and shown.rows[-1][0].text == ""


@pytest.mark.parametrize(
    ("kind", "value", "shown", "kept"),
    [
        ("won", -5_000, "-5,000", -5_000),
        ("id", 12345, "12345", "12345"),
        ("day", date(2026, 11, 20), "2026-11-20 (Fri)", date(2026, 11, 20)),
        (
            "moment",
            datetime(2026, 11, 19, 23, 5, tzinfo=UTC),
            "2026-11-20 08:05",
            datetime(2026, 11, 20, 8, 5),  # noqa: DTZ001 - spreadsheets know no zones
        ),
        ("month", Month(2026, 11), "2026-11", "2026-11"),
        ("ratio", (1, 3), "33.3%", "33.3%"),
        ("ratio", (0, 0), "–", "–"),
        ("text", None, "", ""),
        ("text", True, "yes", "yes"),
    ],
)
def test_a_value_is_said_and_taken(kind, value, shown, kept):
    assert said(kind, value) == shown and taken(kind, value) == kept
