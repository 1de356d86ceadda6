"""Files as banks export them, and as people break them."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from dure.domains.memberships.queries import file_rows
from dure.domains.memberships.rules import bank_layouts
from dure.domains.memberships.rules.bank_files import NoTableFound, cell_name, read_statement
from dure.kernel.refusals import Refusal
from dure.ui import files
from tests.memberships.bank_samples import SAMPLES, as_web_page, as_workbook


def read(content, name="은행.csv", **given):
    return read_statement(file_rows(content, name), name, **given)


def payments(file):
    return sorted((r.receipt_date.isoformat(), r.amount_won, r.payer) for r in file.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("bank", sorted(SAMPLES))
def test_the_lists_of_eleven_banks_in_every_encoding(bank, encoding):
    """Each sample holds 30,000 won of 햇살돌봄 and 10,000 won of 김하늘, a withdrawal, a footer."""
    file = read(SAMPLES[bank].encode(encoding))
    assert payments(file) == [
        ("2026-11-03", 30_000, "햇살돌봄"),
        ("2026-11-05", 10_000, "김하늘"),
    ], bank
    assert not file.errors and not file.asides and not file.gaps, bank


@pytest.mark.parametrize("bank", sorted(SAMPLES))
@pytest.mark.parametrize("made", [as_workbook, as_web_page])
def test_the_same_lists_as_workbooks_and_as_web_pages_called_excel(bank, made):
    text = read(SAMPLES[bank].encode("cp949"))
    other = read(made(SAMPLES[bank]), "거래내역.xls")
    assert payments(other) == payments(text), bank
    assert [r.key for r in other.rows] == [r.key for r in text.rows], bank


def test_a_workbook_with_days_as_days():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["신한은행"])
    sheet.write_row(2, 0, ["거래일", "입금액", "내용"])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_datetime(3, 0, date(2026, 11, 3), day)
    sheet.write_row(3, 1, [30000, "햇살돌봄"])
    book.close()
    assert payments(read(made.getvalue(), "a.xlsx")) == [("2026-11-03", 30_000, "햇살돌봄")]


def test_errors_name_the_cell_and_say_what_to_type():
    text = "거래일,입금액,적요\n2026-02-30,1000,가\n2026-11-03,천원쯤,나\n2026-11-03,1000.5,라\n2026-11-03,1000,마\n"
    file = read(text.encode())
    assert [e.cell for e in file.errors] == ["A2", "B3", "B4"]
    assert "2026-02-30" in file.errors[0].reason
    assert [r.payer for r in file.rows] == ["마"]


def test_equal_payments_stay_two_and_keep_their_keys():
    text = "거래일,입금액,적요\n" + "2026-11-03,1000,김하늘\n" * 3
    first = [r.key for r in read(text.encode()).rows]
    again = [r.key for r in read(text.encode("cp949")).rows]
    assert first == again and len(set(first)) == 3


HEAD = "거래일시,적요,출금액,입금액,잔액\n"
DAY = [
    "2026-11-03 09:00:00,김하늘,0,1000,1000",
    "2026-11-03 09:00:01,김하늘,0,1000,2000",
    "2026-11-03 10:00:00,문구점,500,0,1500",
    "2026-11-04 10:00:00,이보라,0,2000,3500",
]


def test_files_that_overlap_and_lists_that_run_backwards_give_the_same_keys():
    every = {r.key: r.amount_won for r in read((HEAD + "\n".join(DAY)).encode()).rows}
    late = read((HEAD + "\n".join(DAY[1:])).encode())
    back = read((HEAD + "\n".join(reversed(DAY))).encode())
    assert len(every) == 3
    assert {r.key for r in late.rows} <= every.keys() and len(late.rows) == 2
    assert {r.key for r in back.rows} == every.keys() and not back.gaps


def test_a_missing_row_and_a_changed_amount_show_in_the_balance():
    file = read((HEAD + "\n".join([*DAY[:2], DAY[3]])).encode())
    assert [(g.row, g.expected_won, g.found_won) for g in file.gaps] == [(4, 4_000, 3_500)]
    changed = [DAY[0], DAY[1].replace("1000,2000", "9000,2000"), *DAY[2:]]
    assert read((HEAD + "\n".join(changed)).encode()).gap_count == 1


def test_what_the_bank_took_back_is_not_entered():
    rows = [
        "2026-11-03 09:00:00,김하늘,0,1000,1000",
        "2026-11-03 09:05:00,김하늘,0,-1000,0",  # taken back
        "2026-11-03 10:00:00,임대료,500,0,-500",
        "2026-11-03 10:01:00,임대료 취소,0,500,0",  # the withdrawal came back: no payment
        "2026-11-04 10:00:00,이보라,0,-2000,-2000",  # of a payment of an earlier file
    ]
    text = HEAD.replace("적요", "기재내용,적요") + "\n".join(
        row.replace(",", ",", 1).replace("임대료 취소", "임대료,취소").replace("김하늘", "김하늘,")
        .replace("임대료,0", "임대료,,0").replace("임대료,500", "임대료,,500").replace("이보라", "이보라,")
        for row in rows
    )  # fmt: skip
    file = read(text.encode())
    assert not file.rows and file.cancelled == 3
    assert len(file.taken_back) == 1
    assert [(a.row, a.cell) for a in file.asides] == [(6, "E6")]


def test_other_money_than_won_is_refused_row_by_row():
    text = "거래일,입금액,적요,통화\n2026-11-03,1000,가,KRW\n2026-11-03,1000,나,USD\n"
    file = read(text.encode())
    assert [r.payer for r in file.rows] == ["가"] and [e.cell for e in file.errors] == ["D3"]


def test_columns_without_words_are_guessed_by_what_stands_in_them():
    rows = [tuple(row.split(",")) for row in DAY]
    guess = bank_layouts.by_contents(rows)
    assert guess.head == -1
    assert guess.columns == {"date": 0, "payer": 1, "paid_out": 2, "amount": 3, "balance": 4}
    renamed = [("언제", "누가", "나감", "들어옴", "남음"), *rows]
    assert bank_layouts.by_contents(renamed).head == 0
    signed = [("2026-11-03", "가", "1000", "1000"), ("2026-11-03", "나", "-300", "700"),
              ("2026-11-04", "다", "500", "1200")]  # fmt: skip
    found = bank_layouts.by_contents(signed)
    assert found.signed and found.columns == {"date": 0, "payer": 1, "amount": 2, "balance": 3}


def test_renamed_columns_are_remembered_once_told():
    rows = [("우리 모임 통장",), ("언제", "누가", "나감", "들어옴", "남음")]
    rows += [tuple(row.split(",")) for row in DAY]
    assert bank_layouts.by_words(rows) is None
    columns = {"date": 0, "payer": 1, "paid_out": 2, "amount": 3, "balance": 4}
    known = {bank_layouts.signature(rows[1]): (columns, False)}
    layout = bank_layouts.remembered(rows, known)
    assert layout.head == 1
    file = read_statement(list(enumerate(rows, 1)), "x", layout)
    assert [r.amount_won for r in file.rows] == [1_000, 1_000, 2_000]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", files.FileEmpty),
        (b"PK\x03\x04broken", files.FileBroken),
        ("안녕하세요".encode(), NoTableFound),
        (b"a,b\n1,2\n", NoTableFound),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", files.FileKindUnknown),
        (b"<html><body>Error 500</body></html>", NoTableFound),
    ],
)
def test_what_is_no_bank_file_is_refused_by_name(content, refusal):
    with pytest.raises(refusal):
        read(content)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(content):
    try:
        read(content)
    except Refusal:
        pass


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2026-11-03", "1,000", "-1,000", "취소", "합계", "", "0", "김하늘", "1e9"]),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_no_cells_crash_the_reader(rows):
    grid = [("거래일", "입금액", "적요", "출금액", "잔액"), *(tuple(r) for r in rows)]
    file = read_statement(list(enumerate(grid, 1)), "x.csv")
    assert all(r.amount_won > 0 for r in file.rows)
    bank_layouts.by_contents(grid[1:])


def test_names_of_cells():
    assert [cell_name(c, 7) for c in (0, 2, 25, 26, 51, 52)] == [
        "A7",
        "C7",
        "Z7",
        "AA7",
        "AZ7",
        "BA7",
    ]
