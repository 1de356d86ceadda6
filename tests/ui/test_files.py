"""Files as people have them: from Korean Excel, from banks, broken, disguised, huge."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter
from hypothesis import given, settings, strategies as st

from dure.kernel.refusals import Refusal
from dure.ui import files
from dure.ui.files import Strong, csv_stream, open_table, xlsx_stream

TEXT = '이름,금액,날짜\n햇살돌봄,12만원,2026.11.20\n두레생협,"1,200",2026-11-21\n'
ROWS = [("햇살돌봄", "12만원", "2026.11.20"), ("두레생협", "1,200", "2026-11-21")]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cells(data, name="회원.csv", **how):
    return [row.cells for row in open_table(name, data, **how)]


def book(write, **options):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    write(made)
    made.close()
    return out.getvalue()


# -- text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_letters_and_the_delimiter_are_found(encoding, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("이름", "금액", "날짜"), *ROWS])
    sheet = open_table("회원.csv", out.getvalue().encode(encoding))
    assert sheet.head == ("이름", "금액", "날짜") and sheet.delimiter == delimiter
    assert [row.cells for row in sheet] == ROWS


def test_rows_have_the_address_people_see():
    sheet = open_table("a.csv", "제목\n\n이름,금액\n가,1\n\n나,2\n".encode())
    assert (sheet.head, sheet.head_row) == (("이름", "금액"), 3)
    rows = list(sheet)
    assert [(row.number, row.address(1)) for row in rows] == [(4, "B4"), (6, "B6")]
    assert files.cell_address(1, 26) == "AA1" and files.cell_address(9, 701) == "ZZ9"


def test_quoted_cells_may_hold_lines_and_delimiters():
    assert cells('이름,메모\r\n가,"첫 줄\r\n둘째, 줄"\r\n'.encode()) == [("가", "첫 줄\n둘째, 줄")]


def test_excels_own_hint_and_old_line_ends_are_understood():
    sheet = open_table("a.csv", "sep=;\r\n이름;금액,원\r\n가;1,5\r\n".encode())
    assert (sheet.head, sheet.head_row, [r.cells for r in sheet]) == (
        ("이름", "금액,원"),
        2,
        [("가", "1,5")],
    )
    assert cells("이름,금액\r가,1\r나,2".encode()) == [("가", "1"), ("나", "2")]


def test_a_table_of_one_column_is_a_table():
    assert cells("이름\n가\n나\n".encode()) == [("가",), ("나",)]


def test_short_rows_are_filled_and_long_rows_kept():
    assert cells("가,나,다\n1\n1,2,3,4\n".encode()) == [("1", "", ""), ("1", "2", "3", "4")]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", files.FileEmpty),
        (b"\xef\xbb\xbf  \r\n\r\n", files.FileEmpty),
        (b",,,\n,,\n", files.FileEmpty),
        (b"<html><table><tr><td>1</td></tr></table>", files.FileIsWebPage),
        (b"\n <?xml version='1.0'?><Workbook/>", files.FileIsWebPage),
        (b"%PDF-1.7 ...", files.FileKindUnknown),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 50, files.FileKindUnknown),
        (b"PK\x03\x04 broken", files.FileBroken),
        (OLD + b"\x00" * 600, files.FileKindUnknown),
        (OLD + b"\x00" * 99 + "HwpSummaryInformation".encode("utf-16-le"), files.FileKindUnknown),
        (OLD + b"\x00" * 99 + "Workbook".encode("utf-16-le") + b"\x00" * 900, files.FileBroken),
        (OLD + b"\x00" * 99 + "EncryptedPackage".encode("utf-16-le"), files.FileIsLocked),
        (
            "이름,금액\n가,1\n".encode() + b"\xff\xfe\xff\n" + "나,2\n".encode() * 9,
            files.TextUnreadable,
        ),
    ],
)
def test_what_is_no_table_is_refused_by_name(data, refusal):
    with pytest.raises(refusal) as told:
        list(open_table("파일.xls", data))
    assert str(told.value) and "%(" not in str(told.value) + told.value.advice


def test_a_wrong_letter_names_its_line():
    data = "이름,금액\n".encode() + "가나다라,1\n".encode() * 5 + b"\xeb\xff,2\n"
    with pytest.raises(files.TextUnreadable, match="Line 7"):
        open_table("a.csv", data)


def test_an_open_quotation_mark_names_its_row():
    with pytest.raises(files.QuotesBroken, match="row 3"):
        cells('이름,메모\n가,"좋다"\n나,"열림\n'.encode() + "다,라\n".encode() * 50)
    with pytest.raises(files.QuotesBroken, match="row 2"):
        cells('이름,메모\n가,"좋"다"\n'.encode())


def test_a_cell_that_is_too_long_is_named():
    with pytest.raises(files.CellTooLong, match="B2"):
        cells(f"이름,메모\n가,{'긴' * 40_000}\n".encode())


def test_more_rows_than_taken_are_refused():
    data = "이름,금액\n".encode() + b"a,1\n" * 11
    assert len(cells(data, rows_max=11)) == 11
    with pytest.raises(files.TooManyRows, match="10"):
        cells(data, rows_max=10)


def test_invisible_letters_are_cleaned():
    assert cells("이름,금액\n \u00a0가\u200b\x07\ufeff ,1\x00\n".encode())[0][1] == "1"
    assert (
        cells("이름,금액\n\u1100\u1161\u1100\u1161,1\n".encode())[0][0] == "가가"
    )  # macOS letters


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        list(open_table("x.csv", data))
    except Refusal as refusal:
        assert str(refusal)


def test_a_million_rows_need_no_memory(tmp_path: Path):
    path = tmp_path / "big.csv"
    with path.open("wb") as out:
        out.write("번호,이름,금액\n".encode())
        chunk = "".join(f"{i},회원{i},10000\n" for i in range(1_000)).encode()
        for _times in range(200):  # a fifth of it here; the memory does not grow with the rows
            out.write(chunk)
    tracemalloc.start()
    with path.open("rb") as source:
        count = sum(1 for _row in open_table("big.csv", source))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200_000
    assert peak < 24 << 20, peak


# -- Excel -----------------------------------------------------------------------------------


def test_excel_cells_become_the_text_a_person_would_type():
    def write(made):
        sheet = made.add_worksheet("숨김")
        sheet.hide()
        sheet = made.add_worksheet("회원")
        sheet.activate()
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for column, head in enumerate(["이름", "번호", "금액", "비율", "날짜", "참", "식"]):
            sheet.write(2, column + 1, head)
        sheet.write_string(3, 1, "햇살")
        sheet.write_number(3, 2, 1234567890)
        sheet.write_number(3, 3, 12_000_000_000_000)
        sheet.write_number(3, 4, 0.1)
        sheet.write_datetime(3, 5, date(2026, 11, 20), day)
        sheet.write_boolean(3, 6, True)
        sheet.write_formula(3, 7, "=SUM(D4)", None, 42)

    sheet = open_table("회원.xlsx", book(write))
    assert (sheet.kind, sheet.sheet, sheet.sheets, sheet.head_row) == ("xlsx", "회원", ("회원",), 3)
    [row] = sheet
    assert row.cells == (
        "",
        "햇살",
        "1234567890",
        "12000000000000",
        "0.1",
        "2026-11-20",
        "TRUE",
        "42",
    )
    assert row.address(1) == "B4"


def test_a_sheet_is_chosen_by_name():
    def write(made):
        for name in ("하나", "둘"):
            made.add_worksheet(name).write_row(0, 0, [name, "금액"])

    assert open_table("a.xlsx", book(write), sheet="둘").head == ("둘", "금액")
    with pytest.raises(files.SheetMissing, match="하나, 둘"):
        open_table("a.xlsx", book(write), sheet="셋")


def test_an_empty_workbook_is_empty():
    with pytest.raises(files.FileEmpty):
        open_table("a.xlsx", book(lambda made: made.add_worksheet()))


def test_a_cell_in_the_far_corner_takes_no_memory():
    def write(made):
        made.add_worksheet().write(1_048_575, 16_383, "저 멀리")

    with pytest.raises(files.FileTooLarge):
        open_table("a.xlsx", book(write))


def test_a_bomb_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("xl/workbook.xml", "<workbook/>")
        with pack.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _times in range(600):
                part.write(b" " * (1 << 20))
    with pytest.raises(files.FileTooLarge):
        open_table("a.xlsx", out.getvalue())


def test_other_archives_are_no_tables():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("word/document.xml", "<w/>")
    with pytest.raises(files.FileKindUnknown):
        open_table("글.docx", out.getvalue())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_refused_and_never_crashes(data):
    whole = bytearray(SMALL_BOOK)
    for _times in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(4, len(whole)))
    try:
        list(open_table("a.xlsx", bytes(whole[:cut])))
    except Refusal as refusal:
        assert str(refusal)


SMALL_BOOK = book(lambda made: made.add_worksheet().write_row(0, 0, ["이름", "금액", 1, 2.5]))


# -- out -------------------------------------------------------------------------------------

NASTY = [
    "\n=1",
    "＝1＋1",
    "=1+1",
    "+82-10-1234",
    "-5",
    "@cmd",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "보통",
    "<script>",
    "'=1",
]


def test_no_cell_of_a_csv_is_a_formula():
    made = b"".join(csv_stream(["=이름", "값"], [[text, -5] for text in NASTY])).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made, newline="")))
    for row in rows:
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), row
    assert [row[1] for row in rows[1:]] == ["-5"] * len(NASTY)  # numbers stay numbers


def test_no_cell_of_a_workbook_is_a_formula():
    made = b"".join(
        xlsx_stream(["이름", "값"], [[text, i] for i, text in enumerate(NASTY)], title="회원")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type == "s" and row[1].data_type == "n"
        if str(row[0].value).startswith(("=", "+", "-", "@")):
            assert row[0].quotePrefix


def test_numbers_stay_exact():
    rows = [["가", 999_999_999_999_999, "0012345"], ["나", 9_007_199_254_740_993, "1"]]
    made = b"".join(xlsx_stream(["이름", "금액", "번호"], rows))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet["B2"].value == 999_999_999_999_999 and sheet["B2"].number_format == "#,##0"
    assert sheet["B3"].value == "9007199254740993"  # more digits than a spreadsheet keeps: text
    assert sheet["C2"].value == "0012345"


def test_the_same_rows_give_the_same_bytes():
    rows = [["가", 1], Strong(["합계", 1])]
    one, two = (
        b"".join(xlsx_stream(["이름", "값"], rows, title="표", preface=("제목", "기간")))
        for _ in "ab"
    )
    assert one == two
    sheet = openpyxl.load_workbook(io.BytesIO(one)).active
    assert (sheet["A1"].value, sheet["A3"].value, sheet["A5"].value) == ("제목", "이름", "합계")
    assert sheet["B5"].font.b


def test_days_go_out_as_days():
    made = b"".join(csv_stream(["날"], [[date(2026, 11, 20)], [None]])).decode("utf-8-sig")
    assert made.split("\r\n")[:3] == ["날", "2026-11-20", '""']


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(blacklist_categories=("C", "Z"), blacklist_characters="'"),
                min_size=1,
                max_size=12,
            ),
            st.integers(-(10**14), 10**14),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_goes_out_comes_back(rows):
    import unicodedata

    expected = [(unicodedata.normalize("NFC", text), str(number)) for text, number in rows]
    csv_made = b"".join(csv_stream(["이름", "값"], rows))
    assert cells(csv_made) == expected
    xlsx_made = b"".join(xlsx_stream(["이름", "값"], rows, title="표"))
    assert cells(xlsx_made, "a.xlsx") == expected


def test_a_download_has_its_korean_name():
    answer = files.download(csv_stream(["가"], []), '회원/"명부".csv')
    header = answer["Content-Disposition"]
    assert (
        header.startswith("attachment;")
        and "filename*=UTF-8''%ED%9A%8C%EC%9B%90%EB%AA%85%EB%B6%80.csv" in header
    )
    assert "\n" not in header and header.count('"') == 2
