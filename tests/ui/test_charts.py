"""Pictures: well formed, inside their canvas, true to their numbers, said in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings, strategies as st

from dure.ui import charts
from dure.ui.charts import Part, Series

SVG = "{http://www.w3.org/2000/svg}"
AMOUNTS = st.one_of(st.none(), st.integers(-(10**13), 10**13))
NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)


def drawings(picture):
    found = ElementTree.fromstring(f'<x xmlns="http://www.w3.org/2000/svg">{picture.svg}</x>')
    return list(found.iter(f"{SVG}svg"))


def box(svg):
    return tuple(int(n) for n in svg.get("viewBox").split()[2:])


@st.composite
def pictures(draw):
    labels = draw(st.lists(NAMES, min_size=1, max_size=14))
    rows = draw(st.integers(1, 4))
    series = [
        Series(
            draw(NAMES), tuple(draw(st.lists(AMOUNTS, min_size=len(labels), max_size=len(labels))))
        )
        for _row in range(rows)
    ]
    kind = draw(st.sampled_from(["bars", "stacked", "line", "both"]))
    if kind == "line":
        return charts.line("그림", labels, series), labels, series
    over = [series.pop()] if kind == "both" and rows > 1 else []
    return (
        charts.bars("그림", labels, series, lines=over, stacked=kind == "stacked"),
        labels,
        series + over,
    )


@settings(max_examples=60, deadline=None)
@given(pictures())
def test_every_drawing_is_sound(drawn):
    picture, labels, series = drawn
    seen: set[str] = set()
    for svg in drawings(picture):
        width, height = box(svg)
        assert svg.get("role") in ("img", "group")
        for name in svg.get("aria-labelledby").split():
            assert svg.find(f".//*[@id='{name}']") is not None
        for rect in svg.iter(f"{SVG}rect"):
            if rect.find(f"{SVG}title") is None:
                continue
            x, y, wide, high = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
            assert -0.2 <= x and x + wide <= width + 1 and -0.7 <= y and y + high <= height + 0.7
        ids = [node.get("id") for node in svg.iter() if node.get("id")]
        assert len(ids) == len(set(ids)) and not seen & set(ids)
        seen |= set(ids)
        for link in re.findall(r"url\(#(\w+)\)", ElementTree.tostring(svg, "unicode")):
            assert link in ids
    assert len(picture.table.rows) == len(labels)
    assert all(len(row) == len(series) + 1 for row in picture.table.rows)
    assert "style=" not in picture.svg


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_bars_are_as_high_as_their_numbers(values):
    picture = charts.bars(
        "금액", [str(i) for i in range(len(values))], [Series("원", tuple(values))]
    )
    heights = [
        float(rect.get("height"))
        for rect in drawings(picture)[0].iter(f"{SVG}rect")
        if rect.find(f"{SVG}title") is not None
    ]
    shown = [value for value in values if value]
    assert len(heights) == len(shown)
    for (one, high), (other, low) in zip(
        zip(shown, heights, strict=True), zip(shown[1:], heights[1:], strict=True), strict=False
    ):
        assert (one > other) <= (high >= low - 0.11)


@given(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14))
def test_a_scale_holds_zero_and_every_value_and_has_few_ticks(one, other):
    axis = charts.scale([one, other], 0, 100)
    assert axis.low <= min(0, one, other) and axis.high >= max(0, one, other)
    assert 0 in axis.ticks and 2 <= len(axis.ticks) <= 8
    assert 0 <= axis.at(one) <= 100


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(sum))
def test_shares_add_up_to_the_whole(values):
    assert sum(charts.percents(values)) == 1000


def test_the_same_numbers_give_the_same_picture_and_others_another():
    def made(name):
        return charts.bars("회비", ["1월", "2월"], [Series(name, (1, 2)), Series("나", (3, 4))])

    assert made("가") == made("가") and made("가").svg != made("다").svg


def test_every_shape_says_its_number_and_may_be_a_link():
    with translation.override("ko"):
        picture = charts.bars(
            "회비",
            ["1월"],
            [Series("청구", (630_000,), ("/dues/?a=1&b=2",)), Series("납부", (None,))],
        )
        assert "<title>1월 청구 630,000원</title>" in picture.svg
        assert 'href="/dues/?a=1&amp;b=2"' in picture.svg and 'role="group"' in picture.svg
        assert picture.unit == "만 원" and [name for _mark, name in picture.legend] == [
            "청구",
            "납부",
        ]
        assert picture.table.rows == (("1월", "630,000", "–"),)


def test_names_are_shown_as_text():
    for picture in (
        charts.bars("<b>", ['"><script>'], [Series("<i>", (1,))]),
        charts.rows("<b>", [Part('"><script>', 1, '"><script>')]),
        charts.share("<b>", [Part('"><script>', 1)]),
    ):
        assert "<script" not in picture.svg and "<b>" not in picture.svg
        drawings(picture)


@pytest.mark.parametrize("picture", [
    charts.bars("빈 그림", [], [Series("가", ())]),
    charts.line("빈 그림", ["1월"], [Series("가", (None,))]),
    charts.rows("빈 그림", []),
    charts.share("빈 그림", []),
    charts.share("빈 그림", [Part("가", 0)]),
    charts.bars("영", ["1월"], [Series("가", (0,))], stacked=True),
    charts.sparkline([]),
])  # fmt: skip
def test_nothing_is_drawn_without_complaint(picture):
    assert drawings(picture)


def test_each_series_has_a_pattern_or_a_mark_of_its_own():
    names = [Series(f"{n}", (n + 1, n + 2)) for n in range(6)]
    picture = charts.bars("여섯", ["가", "나"], names)
    marks = [mark for mark, _name in picture.legend]
    assert len({re.sub(r"c[0-9a-f]{8}", "", mark) for mark in marks}) == 6
    lines = charts.line("여섯", ["가", "나"], names)
    assert len({mark for mark, _name in lines.legend}) == 6


def test_axes_of_money_are_in_large_units():
    with translation.override("ko"):
        assert charts.won_unit([300_000_000]) == (100_000_000, "억 원")
        assert charts.won_unit([-5_000_000]) == (10_000, "만 원")
        assert charts.won_unit([900]) == charts.won_unit([]) == (1, "원")


def test_a_network_stands_still_and_says_every_line():
    nodes = [charts.Node(n, f"이름{n}", "가" if n < 4 else "", n * 10, f"?m={n}") for n in range(7)]
    ties = [charts.Tie(0, 5, 70, 2), charts.Tie(5, 1, 30, 1, dim=True)]
    head = ("판 곳", "산 곳", "합계", "횟수")
    drawn = charts.network("거래", nodes, ties, head=head, other="없음")
    assert drawn.table.rows == (("이름0 → 이름5", "70", "2"), ("이름5 → 이름1", "30", "1"))
    assert drawn.svg.count("<a href") == 7  # the small drawing leads nowhere: its table does
    assert "이름0 → 이름5 " in drawn.svg and ">없음</text>" in drawn.svg
    again = charts.network("거래", nodes, ties[:1], head=head, other="없음")
    where = [one.split("/>")[0].split("fill=")[0] for one in drawn.svg.split("<circle")[1:]]
    assert where == [one.split("/>")[0].split("fill=")[0] for one in again.svg.split("<circle")[1:]]
    assert charts.network("거래", [], [], head=head, other="없음").svg
