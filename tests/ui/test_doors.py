"""Forms: shown, read, refused with everything typed kept, done once."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import BadRequest
from django.utils.text import format_lazy

from dure.kernel.acts import system_act
from dure.ui.doors import act_of, cli_act, refused, set_cli_act

from . import stage
from .conftest import NOW

GOOD = {"day": "2026.11.20", "amount_won": "12만원", "text": "후원금"}


@pytest.fixture(autouse=True)
def calls():
    stage.CALLS.clear()
    return stage.CALLS


def test_the_act_carries_who_when_and_the_key_of_the_form(ask_page):
    key = uuid4()
    act = act_of(ask_page("/take/", {"key": str(key)}, "treasurer"))
    assert (act.actor_id, act.at, act.key, act.via) == (3, NOW, key, "web")
    assert act.holds("treasurer")


def test_without_a_key_every_act_has_its_own(ask_page):
    assert act_of(ask_page("/take/")).key != act_of(ask_page("/take/")).key
    assert act_of(ask_page("/take/", {})).key != act_of(ask_page("/take/", {})).key


def test_a_key_that_is_no_key_is_a_bad_request(ask_page):
    with pytest.raises(BadRequest):
        act_of(ask_page("/take/", {"key": "1; DROP TABLE"}))


def test_get_shows_the_form_with_a_fresh_key_each_time(ask_page):
    pages = [stage.take_money(ask_page("/take/", None, "treasurer")).content.decode() for _ in "ab"]
    keys = [re.search(r'name="key" value="([^"]+)"', page)[1] for page in pages]
    assert UUID(keys[0]) != UUID(keys[1])
    assert '<label for="id_day">' in pages[0] and "required" in pages[0]
    assert 'aria-describedby="id_amount_won_helptext"' in pages[0]
    assert 'id="id_amount_won_helptext"' in pages[0]


def test_who_may_not_is_told_why_before_typing(ask_page):
    page = stage.take_money(ask_page("/take/"))
    assert page.status_code == 403
    assert "Only a treasurer takes money." in page.content.decode()
    assert stage.take_money(ask_page("/take/", GOOD)).status_code == 403 and not stage.CALLS


def test_what_cannot_be_read_comes_back_with_everything_typed(ask_page):
    page = stage.take_money(
        ask_page("/take/", {**GOOD, "amount_won": "열두개", "day": "2026-02-30"}, "treasurer")
    )
    html = page.content.decode()
    assert page.status_code == 422 and not stage.CALLS
    assert 'value="열두개"' in html and 'value="후원금"' in html and 'value="2026-02-30"' in html
    assert 'href="#id_day"' in html and 'href="#id_amount_won"' in html  # summary with links
    assert 'aria-invalid="true"' in html and 'id="id_day_error"' in html  # and again at the field
    assert "12만원" in html


def test_a_refusal_comes_back_with_its_reason_and_what_to_do(ask_page):
    page = stage.take_money(ask_page("/take/", {**GOOD, "text": "closed"}, "treasurer"))
    html = page.content.decode()
    assert page.status_code == 409
    assert "The till of 2026-11-20 is closed." in html and "Choose a later day." in html
    assert 'data-code="TillClosed"' in html and 'value="12만원"' in html


def test_done_redirects_with_a_message(ask_page):
    request = ask_page("/take/", {**GOOD, "key": str(uuid4())}, "treasurer")
    page = stage.take_money(request)
    assert (page.status_code, page["Location"]) == (302, "/done/7/")
    assert [str(m) for m in get_messages(request)] == ["Taken."]
    [(act, given)] = stage.CALLS
    assert given["amount_won"] == 120_000 and str(given["day"]) == "2026-11-20"


def test_htmx_is_sent_on_by_its_own_header(ask_page):
    page = stage.take_money(ask_page("/take/", GOOD, "treasurer", htmx=True))
    assert (page.status_code, page["HX-Redirect"]) == (204, "/done/7/")


def test_an_effect_is_shown_before_and_done_when_confirmed(ask_page, monkeypatch):
    html = stage.bill(ask_page("/bill/", GOOD)).content.decode()
    assert "120,000원이 21명에게 청구됩니다." in html and not stage.CALLS
    seal = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
    assert stage.bill(ask_page("/bill/", {**GOOD, "confirmed": seal})).status_code == 302
    assert len(stage.CALLS) == 1


def test_an_effect_that_changed_is_shown_again(ask_page, monkeypatch):
    html = stage.bill(ask_page("/bill/", GOOD)).content.decode()
    seal = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
    typed_other = stage.bill(
        ask_page("/bill/", {**GOOD, "amount_won": "13만원", "confirmed": seal})
    )
    assert "130,000원" in typed_other.content.decode() and not stage.CALLS
    monkeypatch.setattr(stage, "PEOPLE", 22)
    other_effect = stage.bill(ask_page("/bill/", {**GOOD, "confirmed": seal}))
    assert "22명에게" in other_effect.content.decode() and not stage.CALLS


def test_an_effect_may_be_said_by_lazy_words(ask_page, monkeypatch):
    monkeypatch.setattr(stage, "bill", lambda request: stage.form_page(
        request, form=stage.TakeMoney, template="stage/form.html", call=stage._call, done=lambda n: "/done/",
        preview=lambda act, given: format_lazy("{}원", given["amount_won"]),
    ))  # fmt: skip
    html = stage.bill(ask_page("/bill/", GOOD)).content.decode()
    seal = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
    assert stage.bill(ask_page("/bill/", {**GOOD, "confirmed": seal})).status_code == 302


def test_a_button_acts_or_is_told_why_not(ask_page):
    assert stage.approve(ask_page("/approve/")).status_code == 405
    assert stage.approve(ask_page("/approve/", {"text": "x"})).status_code == 302
    page = stage.approve(ask_page("/approve/", {"text": "closed"}))
    assert page.status_code == 409 and 'href="/members/"' in page.content.decode()


def test_typed_html_is_shown_as_text(ask_page):
    page = stage.take_money(
        ask_page("/take/", {**GOOD, "amount_won": "<script>x</script>"}, "treasurer")
    )
    assert "<script>x" not in page.content.decode()


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [
        ("http://testserver/members/?q=1", True),
        ("https://evil.example/", False),
        ("http://testserver/take/", False),
        ("", False),
    ],
)
def test_a_refused_page_leads_back_to_where_one_came_from(ask_page, came_from, leads_back):
    request = ask_page("/take/")
    request.META["HTTP_REFERER"] = came_from
    html = stage.take_money(request).content.decode()
    assert (f'href="{came_from}"' in html) == leads_back if came_from else True
    assert "ask the secretariat" in html


def test_htmx_shows_a_refused_page_as_the_content(ask_page):
    page = stage.take_money(ask_page("/take/", htmx=True))
    assert (page["HX-Retarget"], page["HX-Reselect"], page["HX-Reswap"]) == (
        "#main",
        "#main",
        "outerHTML",
    )
    assert "HX-Retarget" not in stage.take_money(ask_page("/take/"))


def test_a_refusal_with_checks_shows_the_articles(ask_page):
    refusal = stage.TillClosed(day="x")
    refusal.checks = [
        {"article": "정관 제10조", "asked": "3년 이하", "found": "4년", "passed": False}
    ]
    html = refused(ask_page("/x/"), refusal).content.decode()
    assert "정관 제10조" in html and "4년" in html and "not met" in html


def test_a_cli_call_derives_the_keys_of_its_further_acts():
    first = system_act(NOW, via="cli")
    set_cli_act(first)
    keys = [cli_act().key for _ in range(3)]
    set_cli_act(first)
    assert keys == [cli_act().key for _ in range(3)]
    assert keys[0] == first.key and len(set(keys)) == 3
