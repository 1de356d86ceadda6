"""Files as banks export them, and as people break them."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dure.domains.memberships.rules.bank_files import (
    ROWS_MAX,
    NoTableFound,
    TooManyRows,
    UnreadableFile,
    cell_name,
    read_grid,
    read_rows,
)

KOOKMIN = 'KB국민은행 거래내역\n조회기간,2026.11.01 ~ 2026.11.30\n\n거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점\n2026.11.03 09:12:44,인터넷,햇살돌봄,11월회비,0,"30,000","1,030,000",광진\n2026.11.04 10:00:00,체크카드,문구점,,"12,000",0,"1,018,000",광진\n합계,,,,"12,000","30,000",,\n'
NONGHYUP = "거래일자\t거래시간\t출금금액\t입금금액\t거래 후 잔액\t거래내용\t거래기록사항\n20261103\t09:12:44\t\t30000\t1030000\t타행이체\t햇살돌봄\n"
TOSS = "거래 일시;내용;거래 금액;거래 후 잔액\n2026-11-03 09:12:44;햇살돌봄;30,000원;1030000\n2026-11-04 09:12:44;카페;-4,500;1025500\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize(("text", "errors"), [(KOOKMIN, 0), (NONGHYUP, 0), (TOSS, 1)])
def test_files_of_three_banks_in_every_encoding(text, errors, encoding):
    file = read_rows(read_grid(text.encode(encoding), "은행.csv"), "은행.csv")
    [row] = file.rows
    assert (row.receipt_date.isoformat(), row.amount_won, row.payer) == (
        "2026-11-03",
        30_000,
        "햇살돌봄",
    )
    assert len(file.errors) == errors


def test_a_workbook_with_days_as_days():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["신한은행"])
    sheet.write_row(2, 0, ["거래일", "입금액", "내용"])
    sheet.write_row(3, 0, ["2026-11-03", 30000, '=HYPERLINK("x")'])
    book.close()
    [row] = read_rows(read_grid(made.getvalue(), "a.xlsx"), "a.xlsx").rows
    assert (row.amount_won, row.payer[:3]) in ((30_000, "=HY"), (30_000, "0"), (30_000, ""))


def test_errors_name_the_cell_and_say_what_to_type():
    text = "거래일,입금액,적요\n2026-02-30,1000,가\n2026-11-03,천원쯤,나\n2026-11-03,-5,다\n2026-11-03,1000.5,라\n2026-11-03,1000,마\n"
    file = read_rows(read_grid(text.encode(), "x.csv"), "x.csv")
    assert [e.cell for e in file.errors] == ["A2", "B3", "B4", "B5"]
    assert "2026-02-30" in file.errors[0].reason
    assert [r.payer for r in file.rows] == ["마"]


def test_equal_payments_stay_two_and_keep_their_keys():
    text = "거래일,입금액,적요\n" + "2026-11-03,1000,김하늘\n" * 3
    first = [r.key for r in read_rows(read_grid(text.encode(), "x.csv"), "x.csv").rows]
    again = [r.key for r in read_rows(read_grid(text.encode("cp949"), "y.csv"), "y.csv").rows]
    assert first == again and len(set(first)) == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoTableFound),
        (b"\x00\x01\x02", UnreadableFile),
        (b"PK\x03\x04broken", UnreadableFile),
        ("안녕하세요".encode(), NoTableFound),
        (b"\xff\xfe\xfa\xfb\xfc", UnreadableFile),
        (b"a,b\n1,2\n", NoTableFound),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", UnreadableFile),
    ],
)
def test_what_is_no_bank_file_is_refused_by_name(content, refusal):
    with pytest.raises(refusal):
        read_rows(read_grid(content, "x.csv"), "x.csv")


def test_a_million_rows_are_refused_quickly():
    text = "거래일,입금액,적요\n" + "2026-11-03,1000,가\n" * 1_000_000
    with pytest.raises(TooManyRows, match=f"{ROWS_MAX:,}"):
        read_grid(text.encode(), "x.csv")


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(content):
    try:
        read_rows(read_grid(content, "x.csv"), "x.csv")
    except (UnreadableFile, NoTableFound, TooManyRows):
        pass


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=8))
def test_no_cells_crash_the_reader(rows):
    grid = (("거래일", "입금액", "적요"), *(tuple(r) for r in rows))
    file = read_rows(grid, "x.csv")
    assert all(r.amount_won > 0 for r in file.rows)


def test_names_of_cells():
    assert [cell_name(c, 7) for c in (0, 2, 25, 26, 51, 52)] == [
        "A7",
        "C7",
        "Z7",
        "AA7",
        "AZ7",
        "BA7",
    ]
