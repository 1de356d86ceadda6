"""Figures of a year beside the national survey; the disclosure form and its replaceable template."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
from hwpx import HwpxDocument
from hypothesis import given, strategies as st

from dure.domains.governance import commands, queries
from dure.domains.governance.models import PaperTemplate
from dure.domains.governance.rules.figures import Figures, together
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound
from dure.ui.sheets import TemplateBroken, hwpx, read_template, sheet_pdf
from tests.conftest import NOW
from tests.governance.test_papers_minutes import held_by
from tests.governance.test_papers_validity import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cooperative):
    """A general meeting of eight of eleven, one that failed with four, a board of three."""
    house = cooperative
    held_by(house)
    failed = house.plan()
    house.item(failed, "예산 승인")
    house.call(failed)
    house.come(failed, house.members[:4])
    house.open(failed)
    commands.close_meeting(house.then(), meeting_id=failed.pk)
    board = house.committee(5, kind="board")
    meeting = house.plan(board)
    item = house.item(meeting, "운영 규정", matter="business")
    house.call(meeting)
    house.come(meeting, house.members[:4])
    house.open(meeting)
    house.voted(item, yes=1, no=3)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    return house


def test_the_figures_of_a_year_follow_from_its_meetings(year):
    found = queries.statistics(year.then())
    assert (found.year, found.years) == (2026, (2026,))
    general, board = found.bodies
    assert (general.figures.held, general.figures.failed) == (2, 1)
    assert general.figures.attendance == (8 + 4, 11 + 11)
    assert (general.figures.adopted, general.figures.rejected) == (1, 0)
    assert general.figures.days_ahead == 12
    assert (board.figures.attendance, board.figures.rejected) == ((4, 5), 1)
    assert found.all_of_them.held == 3
    assert queries.statistics(year.then(), 2020).bodies == ()
    with pytest.raises(Denied):
        queries.statistics(year.act("visitor"))


def test_they_stand_beside_the_printed_figures_of_the_country(year):
    """연대와 호혜의 경제를 만드는 사람들 (2023), 총회 참석율·이사회 현황."""
    found = queries.statistics(year.then())
    by_key = {one.key: one for one in found.compared}
    assert by_key["assembly_attendance"].ours == Fraction(1200, 22)
    assert (by_key["assembly_attendance"].wide, by_key["assembly_attendance"].local) == (
        Fraction("53.36"), Fraction(69),
    )  # fmt: skip
    assert by_key["board_meetings"].ours == 1
    assert by_key["board_meetings"].local == Fraction("4.8")
    assert by_key["board_attendance"].ours == 80
    assert (found.survey.year, found.survey.publisher) == (2023, "한국사회적기업진흥원")


@given(st.lists(st.builds(Figures, *[st.integers(0, 50)] * 11), max_size=5))
def test_sums_of_figures_are_sums(several):
    whole = together(several)
    assert whole.held == sum(one.held for one in several)
    assert whole.attendance == (sum(o.came for o in several), sum(o.voters for o in several))
    if whole.called:
        assert abs(Fraction(whole.days, whole.called) - whole.days_ahead) <= Fraction(1, 2)


def sheet(house, text: str = ""):
    data = queries.activity_data(house.then(), 2026)
    template = text or queries.paper_template()
    return read_template(template, queries.activity_fields(), data, "한울 네트워크")


def test_form_ten_is_drafted_from_the_meetings(year):
    rows = queries.activity(year.then(), 2026)
    assert [(one.kind, one.called, one.attended) for one in rows] == [
        ("general_meeting", 11, 8), ("general_meeting", 11, 4), ("board", 5, 4),
    ]  # fmt: skip
    made = sheet_pdf(sheet(year), made_at=NOW)
    assert made == sheet_pdf(sheet(year), made_at=NOW)
    text = text_of(made)
    for words in (
        "총회, 대의원총회, 이사회 활동 상황", "2026년", "54.5%", "80.0%", "1. 사업계획 승인",
        "가결 (찬성 5, 반대 2, 기권 1)", "부결 (찬성 1, 반대 3, 기권 0)", "표결 없음", "22", "12",
    ):  # fmt: skip
        assert words.replace(" ", "") in text, words
    opened = HwpxDocument.open(io.BytesIO(hwpx.document(sheet(year), made_at=NOW)))
    assert list(opened.validate().issues) == []
    assert "가결(찬성5,반대2,기권1)" in "".join(opened.text.plain().split())


def test_an_empty_year_has_a_form_too(cooperative):
    assert "이해에연회의가없습니다." in text_of(sheet_pdf(sheet(cooperative), made_at=NOW))


OWN = """<h1>[별지 제10호서식] {{ year }}</h1>
<table>
<tr><th>회의</th><th>결과</th></tr>
{% for meeting in board_meetings %}<tr><td>{{ meeting.title }} ({{ meeting.date }})</td><td>{{ meeting.results }}</td></tr>
{% endfor %}</table>"""


def test_the_template_is_replaced_without_code_and_given_back(year):
    house = year
    with pytest.raises(Denied):
        commands.replace_paper_template(house.voter(house.members[1]), name="activity", text=OWN)
    act = house.then()
    made = commands.replace_paper_template(act, name="activity", text=OWN)
    assert commands.replace_paper_template(act, name="activity", text=OWN).pk == made.pk
    assert queries.has_own_template() and PaperTemplate.objects.count() == 1
    text = text_of(sheet_pdf(sheet(house), made_at=NOW))
    assert "[별지제10호서식]2026" in text and "1.운영규정:부결" in text
    assert "사업계획" not in text
    with pytest.raises(commands.TemplateAsBefore):
        commands.replace_paper_template(house.then(), name="activity", text=OWN)
    commands.replace_paper_template(house.then(), name="activity", text="")
    assert not queries.has_own_template()
    assert Deed.objects.filter(name="governance.PaperTemplateReplaced").count() == 2
    with pytest.raises(NotFound):
        commands.replace_paper_template(house.then(), name="other", text=OWN)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("<h1>가</h1>\n<p>{{ meeting.datum }}</p>\n<table></table>", 2, "meeting.datum"),
        ("<h1>가</h1>\n\n<script>alert(1)</script>", 3, "<script>"),
        ("<table>\n<tr><td>{% for m in meetings %}x{% endfor %}</td></tr></table>", 2, "for meeting in meetings"),
        ("<table>\n{% for meeting in meetings %}\n<tr><td>가</td></tr></table>", 2, "for나 if"),
        ("<table>\n<tr>\n<td>가</tr></table>", 3, "</tr>"),
        ("<table><tr><td>가</td></tr></table>\n<p>나", 2, "<p>"),
        ("<table><tr><td>가</td></tr></table>\n나", 2, "<p>나 표의 칸"),
        ("<table>\n<tr><td colspan=\"999\">가</td></tr></table>", 2, "colspan"),
        ("<p>가</p>\n{% include 'x' %}", 2, "include"),
        ("<p>{{ year|upper }}</p>", 1, "year|upper"),
        ("<p>가</p>", 1, "표가 없습니다"),
        ("<table>\n<tr><td>{% if meeting.secret %}가{% endif %}</td></tr></table>", 2, "meeting.secret"),
    ],
)  # fmt: skip
def test_a_broken_template_is_refused_by_its_line(year, text, line, why):
    with pytest.raises(TemplateBroken, match=f"{line}번째 줄") as refused:
        commands.replace_paper_template(year.then(), name="activity", text=text)
    assert why in str(refused.value)
    assert not PaperTemplate.objects.exists()


def test_what_people_typed_is_never_read_as_markup(cooperative):
    house = cooperative
    meeting = house.plan()
    house.item(meeting, "<script>{{ year }}</script> {% if %} & 첫줄")
    house.ready(meeting, present=8)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    text = text_of(sheet_pdf(sheet(house), made_at=NOW))
    assert "<script>{{year}}</script>{%if%}&첫줄" in text
