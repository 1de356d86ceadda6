"""Every list goes to Excel: with heads, amounts as numbers, days as days, and nothing that runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from dure.domains.memberships import commands
from dure.ui.tables import Table
from tests.cast import Cast
from tests.furniture import Furniture

LISTS: dict[
    str, tuple[str, tuple[str, ...]]
] = {  # page: where its table stands, its address's words
    "memberships:members": ("domains.memberships.pages.members:MEMBERS", ()),
    "memberships:member_classes": ("domains.memberships.pages.members:CLASSES", ()),
    "memberships:applications": ("domains.memberships.pages.admission:APPLICATIONS", ()),
    "memberships:dues": ("domains.memberships.pages.dues:PLANS", ()),
    "memberships:dues_run": ("domains.memberships.pages.dues:CHARGES", ("run_id",)),
    "memberships:arrears": ("domains.memberships.pages.dues:ARREARS", ()),
    "memberships:receipts": ("domains.memberships.pages.receipts:RECEIPTS", ()),
    "memberships:unmatched_receipts": ("domains.memberships.pages.receipts:UNMATCHED", ()),
    "memberships:papers": ("domains.memberships.pages.papers.issuing:PAPERS", ()),
    "memberships:donors": ("domains.memberships.pages.papers.donating:DONORS", ()),
    "memberships:donation_receipts": ("domains.memberships.pages.papers.donating:RECEIPTS", ()),
    "ledger:accounts": ("domains.ledger.pages.accounts:CHART", ()),
    "ledger:funds": ("domains.ledger.pages.funds:FUNDS", ()),
    "ledger:periods": ("domains.ledger.pages.periods:PERIODS", ()),
    "ledger:entries": ("domains.ledger.pages.entries:ENTRIES", ()),
    "ledger:draft_entries": ("domains.ledger.pages.entries:DRAFTS", ()),
    "ledger:projects": ("domains.ledger.pages.accounts:PROJECTS", ()),
    "parties:parties": ("domains.parties.pages.organisations:PARTIES", ()),
    "parties:people": ("domains.parties.pages.people:PEOPLE", ()),
    "parties:offices": ("domains.parties.pages.offices:STAFF", ()),
    "directory:directory": ("domains.parties.pages.directory:DIRECTORY", ()),
    "bylaws:rules_in_force": ("domains.bylaws.pages:RULES", ()),
    "deeds": ("site.access_pages:DEEDS", ()),
}
TYPES = {"won": int, "number": int, "day": (date, datetime), "moment": datetime}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_to_excel(
    name: str, cast: Cast, furniture: Furniture, client_of: Callable[[str], Client]
) -> None:
    place, words = LISTS[name]
    module, _colon, table_name = place.partition(":")
    table: Table = getattr(import_module(f"dure.{module}"), table_name)
    assert "xlsx" in table.exports
    given = [getattr(furniture, word, word) for word in words]
    answer = client_of("open_administrator").get(reverse(name, args=given), {"as": "xlsx"})
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    [heads, *rows] = book.active.iter_rows()
    columns = [column for column in table.columns if column.exported]
    assert [cell.value for cell in heads] == [str(column.label) for column in columns]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            assert cell.data_type != "f", cell.value
            assert "<" not in str(cell.value), (column.key, cell.value)  # no thing of ours, raw
            wanted = TYPES.get(column.kind)
            if wanted and cell.value is not None and cell.value != "1900-01-01":  # since ever
                assert isinstance(cell.value, wanted), (column.key, cell.value)


def test_what_people_type_never_runs_in_excel(
    cast: Cast, client_of: Callable[[str], Client], act: Callable[..., object]
) -> None:
    typed = '=HYPERLINK("http://x.example","열기")'
    commands.apply_for_membership(
        act("visitor"),
        member_class="person",
        kind="person",
        name=typed,
        email="x@example.kr",
        consents=(),
    )
    commands.enter_receipt(
        act("system"), receipt_date=date(2026, 11, 5), amount_won=1_000, payer="@SUM(A1)"
    )
    staff = client_of("secretariat")
    for name in ("applications", "receipts", "unmatched_receipts"):
        answer = staff.get(reverse(f"memberships:{name}"), {"as": "xlsx"})
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert any(str(cell.value).startswith(("=", "@")) for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)
