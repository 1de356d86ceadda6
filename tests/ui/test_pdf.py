"""Fixed documents: the same input, the same bytes; what was typed is only text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from dure.ui import pdf

MADE = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)


def statement(name="보통예금", title="재무상태표"):
    return pdf.Statement(
        title=title,
        network="광진 사회적경제 네트워크",
        subtitle="2026년 10월 31일 현재",
        unit="단위: 원",
        lang="ko",
        tables=(
            pdf.PdfTable(
                (pdf.PdfColumn("과목"), pdf.PdfColumn("코드", "id"), pdf.PdfColumn("금액", "won")),
                (
                    pdf.PdfRow(("자산", "", ""), "head"),
                    *(pdf.PdfRow((name, "1010", f"{n:,}"), "deep") for n in range(90)),
                    pdf.PdfRow(("합계", "", "1"), "sum"),
                ),
                caption="일반회계",
            ),
        ),
        notes=("닫힌 기간의 표입니다.",),
        signs=(pdf.Sign("사무국장", "김두레"),),
    )


def pages(made):
    return int(re.search(rb"/Type\s*/Pages\s*/Count (\d+)", made)[1])


def test_the_same_statement_is_the_same_bytes_whenever_it_is_made():
    one = pdf.statement(statement(), made_at=MADE)
    assert one.startswith(b"%PDF-") and one == pdf.statement(statement(), made_at=MADE)
    assert one != pdf.statement(statement("다른 이름"), made_at=MADE)
    assert one != pdf.statement(statement(), made_at=MADE + timedelta(days=1))
    assert one == pdf.statement(statement(), made_at=MADE.astimezone(tz=None))
    assert b"Pretendard" in one and pages(one) >= 2


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x")',
        "$ x",
        "*굵게",
        '#import "/etc/passwd"',
        "[열림",
        "\\",
        '"; 끝',
        "<a>@b",
        "漢字 🎉",
        "긴" * 3000,
    ],
)
def test_what_was_typed_is_only_text(typed):
    assert pdf.statement(statement(typed, typed), made_at=MADE).startswith(b"%PDF-")


def test_a_certificate_is_one_page():
    about = pdf.Certificate(
        title="회원 증명서",
        network="광진 사회적경제 네트워크",
        facts=(pdf.Fact("조직", "햇살돌봄협동조합"),),
        lines=("위 조직이 우리 네트워크의 회원임을 증명합니다.",),
        dated="2026년 11월 20일",
        number="제2026-3호",
        signs=(pdf.Sign("대표", "박이음"),),
        lang="ko",
    )
    made = pdf.certificate(about, made_at=MADE)
    assert made == pdf.certificate(about, made_at=MADE) and pages(made) == 1


def test_every_row_has_a_cell_for_each_column():
    short = pdf.PdfTable((pdf.PdfColumn("가"), pdf.PdfColumn("나")), (pdf.PdfRow(("하나",)),))
    with pytest.raises(AssertionError, match="a cell for each column"):
        pdf.statement(pdf.Statement("표", "망", (short,)), made_at=MADE)


def test_what_nobody_reads_on_paper_is_refused():
    rows = tuple(pdf.PdfRow((str(n),)) for n in range(pdf.ROWS_MAX + 1))
    about = pdf.Statement("표", "망", (pdf.PdfTable((pdf.PdfColumn("가"),), rows),))
    with pytest.raises(pdf.PaperTooLong, match="3,001 rows"):
        pdf.statement(about, made_at=MADE)


def test_only_documents_of_the_package_are_rendered():
    with pytest.raises(AssertionError):
        pdf.render("../../../etc/passwd", {}, made_at=MADE)


def test_the_answer_opens_in_the_browser_under_its_korean_name():
    answer = pdf.answer(b"%PDF-", "재무상태표.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith(
        "inline;"
    )
