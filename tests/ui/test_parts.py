"""The small parts: how money and days are said, what a page is built from, and house rules that
every template of every room keeps."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given, strategies as st

import dure
from dure.kernel.dates import Month
from dure.ui import charts, pages
from dure.ui.templatetags import dure as tags

PACKAGE = Path(dure.__file__).parent
STATIC = PACKAGE / "ui/static/ui"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def shown(source, **context):
    return Template("{% load dure %}" + source).render(Context(context))


def test_money_is_said_as_people_say_it():
    with translation.override("ko"):
        assert (
            shown("{{ n|won }} {{ n|in_won }} {{ n|short_won }}", n=63_100_000)
            == "63,100,000 63,100,000원 6,310만 원"
        )
        assert shown("{{ n|won }}|{{ n|in_won }}|{{ n|short_won }}|{{ n|number }}", n=None) == "|||"
        assert shown("{{ n|won }}", n=0) == "0" and shown("{{ n|won }}", n=-5000) == "-5,000"


def test_days_are_said_in_seoul():
    late = datetime(2026, 11, 19, 23, 5, tzinfo=UTC)
    with translation.override("ko"):
        assert shown("{{ d|day }}", d=date(2026, 11, 20)) == "2026-11-20 (금)"
        assert (
            shown("{{ d|day }} {{ d|moment }}", d=late) == "2026-11-20 (금) 2026-11-20 (금) 08:05"
        )
        assert (
            shown("{{ m|month }} {{ n|month }}", m=Month(2026, 11), n="2026-11")
            == "2026년 11월 2026년 11월"
        )
        assert shown("{{ d|day }}{{ d|moment }}{{ d|month }}", d=None) == ""


@given(st.integers(0, 10**15), st.integers(1, 10**15))
def test_percents_are_exact_to_their_digit(part, whole):
    told = tags.percent((part, whole))
    tenths = int(told.replace(",", "").replace(".", "").removesuffix("%"))
    assert abs(tenths * whole - part * 1000) * 2 <= whole


def test_percents_at_the_edges():
    assert tags.percent((0, 0)) == "–" and tags.percent(None) == "–"
    assert tags.percent((-1, 3)) == "-33.3%" and tags.percent((2, 3), 0) == "67%"


def test_parts_escape_what_they_are_given():
    evil = "<script>"
    for source in (
        "{% badge x %}", "{% empty x x x x %}", "{% kpi x x x x %}", "{% steps 1 x %}", "{% crumbs x x %}",
        "{% figure c %}", "{% icon x x %}",
    ):  # fmt: skip
        assert "<script>" not in shown(
            source, x=evil, c=charts.rows(evil, [charts.Part(evil, 1)])
        ), source


def test_an_unknown_tone_is_a_bug():
    with pytest.raises(AssertionError):
        shown('{% badge "x" "purple" %}')


def test_steps_and_crumbs_say_where_one_is():
    text = shown('{% steps 2 "파일" "확인" "끝" %}')
    assert 'aria-current="step"' in text and text.index("확인") > text.index('aria-current="step"')
    assert 'aria-current="page"' in shown('{% crumbs "/" "처음" "" "여기" %}')


# -- the frame -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["400", "403", "404", "409", "422", "500", "403_csrf", "ui/refused"]
)
def test_error_pages_need_nothing_to_be_shown(name):
    from django.template.loader import render_to_string

    with translation.override("ko"):
        text = render_to_string(f"{name}.html")
    assert "<h1>" in text and 'href="/"' in text and re.search("[가-힣]{2}", text)
    assert 'lang="ko"' in text


def test_contrast_is_remembered_and_goes_back_only_home():
    def post(**data):
        return pages.contrast(RequestFactory().post("/ui/contrast/", data))

    answer = post(contrast="more", next="/members/?q=1")
    assert answer["Location"] == "/members/?q=1" and answer.cookies["contrast"].value == "more"
    assert post(contrast="normal").cookies["contrast"]["max-age"] == 0
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert post(contrast="more", next=elsewhere)["Location"] == "/"
    assert pages.contrast(RequestFactory().get("/ui/contrast/")).status_code == 405


def test_a_public_page_has_the_frame_of_who_reads_it(ask_page):
    from django.template.loader import render_to_string

    visitor = render_to_string("stage/public.html", {}, ask_page("/"))
    inside = render_to_string("stage/public.html", {"account": {"name": "김두레"}}, ask_page("/"))
    assert '<body class="public"' in visitor and '<div class="shell">' not in visitor
    assert '<div class="shell">' in inside and "김두레" in inside
    assert "<h1>명부</h1>" in visitor and "<h1>명부</h1>" in inside


def test_the_page_wears_the_contrast_of_its_cookie(ask_page):
    from . import stage

    request = ask_page("/members/")
    assert "data-contrast" not in stage.members(request).content.decode()
    request.COOKIES["contrast"] = "more"
    assert '<html lang="en" data-contrast="more">' in stage.members(request).content.decode()


# -- house rules -----------------------------------------------------------------------------


def test_the_stylesheets_are_small():
    assert sum((STATIC / name).stat().st_size for name in ("ui.css", "tokens.css")) < 20_000
    assert (STATIC / "print.css").stat().st_size < 3_000
    assert (STATIC / "ui.js").stat().st_size < 8_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_keep_the_rules_of_the_house(path):
    text = path.read_text()
    assert not re.search(r"<[^>]+\sstyle=", text), (
        "no inline styles: the content security policy drops them"
    )
    assert not re.search(r"<[^>]+\son[a-z]+=", text), "no inline handlers"
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/))", text), (
        "no inline scripts"
    )
    assert "//cdn" not in text and not re.search(
        r"(?:src|href)=\"https?://[^\"]*\.(?:js|css)", text
    )
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE):
        assert "csrf_token" in form or "form_body" in form, "a posting form without its token"
    assert "|safe" not in text, "typed text is never safe"


def known_icons():
    return set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))


def test_every_icon_that_is_used_is_drawn():
    used = {
        (name, path.name)
        for path in TEMPLATES
        for name in re.findall(r"{% icon [\"']([a-z-]+)[\"']", path.read_text())
    }
    used |= {
        (name, path.name)
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"\bPlace\([^)]*?\), \"[^\"]*\", \"([a-z-]+)\"", path.read_text())
    }
    assert used and not {(name, where) for name, where in used if name not in known_icons()}


def contrast(one, other):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tokens(block):
    text = (STATIC / "tokens.css").read_text()
    found: dict[str, str] = {}
    for part in text.split("}"):
        if ":root {" in part or (block == "more" and 'data-contrast="more"' in part):
            if "prefers-contrast" in part:
                continue
            found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", part))
    return {
        name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
        for name, value in found.items()
    }


@pytest.mark.parametrize(("block", "least"), [("", 4.5), ("more", 7)])
def test_inks_are_readable_on_their_grounds(block, least):
    colours = tokens(block)
    pairs = [("ink", "card"), ("ink", "ground"), ("ink-2", "card"), ("ink-2", "ground"), ("ink-2", "sunk"), ("ink-3", "card"),
             ("main", "card"), ("main", "ground"), ("main", "main-5"), ("bad", "bad-5"), ("bad", "card"), ("ok", "ok-5"),
             ("ok", "card"), ("info", "info-5"), ("warn", "warn-5"), ("card", "main"), ("card", "bad")]  # fmt: skip
    assert not {
        (ink, ground): contrast(colours[ink], colours[ground])
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < least
    }
    assert (
        contrast(colours["edge"], colours["card"]) >= 3
        and contrast(colours["focus"], colours["card"]) >= 3
    )
    assert all(contrast(colour, "#ffffff") >= 3 for colour in charts.canvas.COLOURS)
