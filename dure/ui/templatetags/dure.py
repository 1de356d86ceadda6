"""`{% load dure %}`: how Dure says money and days, and the parts pages are built from."""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dure.kernel import dates, money
from dure.kernel.acts import SEOUL, day_of
from dure.kernel.refusals import Refusal, type_text

register = template.Library()

# -- money and days --------------------------------------------------------------------------


@register.filter
def won(amount: int | str | None) -> str:
    """63,100,000: for tables and figures; nothing for None."""
    return "" if amount is None or amount == "" else money.format_number(int(amount))


@register.filter
def in_won(amount: int | str | None) -> str:
    """63,100,000원: for sentences."""
    return "" if amount is None or amount == "" else money.format_won(int(amount))


@register.filter
def short_won(amount: int | str | None) -> str:
    """6,310만 원: for headings."""
    return "" if amount is None or amount == "" else money.short_won(int(amount))


@register.filter
def number(count: int | str | None) -> str:
    """1,234."""
    return "" if count is None or count == "" else f"{int(count):,}"


@register.filter
def day(when: date | datetime | None) -> str:
    """2026-11-20 (금); a moment is first brought to Seoul."""
    if not when:
        return ""
    if isinstance(when, datetime):
        when = day_of(when)
    return dates.format_date(when)


@register.filter
def moment(when: datetime | None) -> str:
    """2026-11-20 (금) 14:05, in Seoul."""
    if not when:
        return ""
    local = when.astimezone(SEOUL)
    return f"{dates.format_date(local.date())} {local:%H:%M}"


@register.filter
def month(when: dates.Month | date | str | None) -> str:
    """2026년 11월."""
    if not when:
        return ""
    if isinstance(when, str):
        when = dates.parse_month(when)
    if isinstance(when, date):
        when = dates.Month.of(when)
    return dates.format_month(when)


@register.filter
def percent(share: tuple[int, int] | None, digits: int = 1) -> str:
    """12.4% of an exact (part, whole); a dash when there is no whole. No float on the way."""
    if share is None or not share[1]:
        return "–"
    part, whole = share
    scaled, places = abs(part) * 100 * 10**digits, abs(whole)
    rounded = (scaled * 2 + places) // (places * 2)
    sign = "-" if (part < 0) != (whole < 0) and rounded else ""
    head, tail = divmod(rounded, 10**digits)
    return f"{sign}{head:,}.{tail:0{digits}}%" if digits else f"{sign}{head:,}%"


# -- small parts -----------------------------------------------------------------------------


@register.simple_tag
def key() -> SafeString:
    """A fresh idempotency key for a form that posts: sent twice, it acts once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid4())


@register.simple_tag
def icon(name: str, label: type_text = "") -> SafeString:
    """An icon of the sprite; silent to screen readers unless it has a label."""
    return _icon(name, str(label)) if name else SafeString("")


@functools.lru_cache(maxsize=500)
def _icon(name: str, label: str) -> SafeString:
    """Drawn once: a page has thirty of them."""
    about = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>', about, static("ui/icons.svg"), name
    )


TONES = {"info", "ok", "warn", "bad", "plain"}


@register.simple_tag
def badge(text: type_text, tone: str = "plain") -> SafeString:
    """A state in a word: info (under way), ok (done), warn (soon), bad (overdue), plain (draft)."""
    assert tone in TONES, tone
    return format_html('<span class="bd {}">{}</span>', tone, text)


@register.inclusion_tag("ui/_kpi.html")
def kpi(
    label: type_text,
    value: Any,
    unit: type_text = "",
    note: type_text = "",
    tone: str = "",
    url: str = "",
    spark: Any = None,
) -> dict[str, Any]:
    """One figure of a page's head: what it is, how much, how it changes, what it is made of."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "tone": tone,
        "url": url,
        "spark": spark,
    }


@register.inclusion_tag("ui/_empty.html")
def empty(
    title: type_text, text: type_text = "", url: str = "", action: type_text = ""
) -> dict[str, Any]:
    """Said kindly when there is nothing, with what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/_crumbs.html")
def crumbs(*links: Any) -> dict[str, Any]:
    """`{% crumbs "/members/" "회원" "" "햇살돌봄" %}`: address and words, in turn; last one is here."""
    return {"links": [(links[i], links[i + 1]) for i in range(0, len(links) - 1, 2)]}


@register.inclusion_tag("ui/_steps.html")
def steps(current: int, *labels: Any) -> dict[str, Any]:
    """Where one is in a thing of several steps; `current` counts from 1."""
    return {
        "steps": [
            (i, label, "done" if i < current else "now" if i == current else "")
            for i, label in enumerate(labels, 1)
        ]
    }


@register.inclusion_tag("ui/_figure.html")
def figure(chart: Any, title: type_text = "", lead: type_text = "") -> dict[str, Any]:
    """A picture (`dure.ui.charts`) with its table one tap away."""
    return {
        "chart": chart,
        "title": title or chart.title,
        "lead": lead,
        "uid": f"f{uuid4().hex[:8]}",
    }


# -- forms -----------------------------------------------------------------------------------


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, wide: bool = False, hint: type_text = "") -> dict[str, Any]:
    """A field with its label, hint, errors and the marks screen readers need.

    What is missing is told by the page, above the form and at the field, in the page's language;
    so the browser's own `required` bubbles are left out and readers hear `aria-required`.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    bound.form.use_required_attribute = False
    asked = bound.field.required and not bound.is_hidden and not bound.use_fieldset
    return {
        "field": bound,
        "input": bound.as_widget(attrs={"aria-required": "true"} if asked else None),
        "wide": wide or isinstance(widget, forms.Textarea) or getattr(widget, "wide", False),
        "hint": hint,
        "group": bound.use_fieldset,
        "check": kind == "checkbox" and not bound.use_fieldset,
    }


@register.inclusion_tag("ui/_fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """Every field of a form in its order, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("ui/_errors.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What is to be put right, above the form, each a link to its field."""
    wrong = (
        [(bound, bound.errors) for bound in form.visible_fields() if bound.errors]
        if form.is_bound
        else []
    )
    hidden = (
        [(bound, bound.errors) for bound in form.hidden_fields() if bound.errors]
        if form.is_bound
        else []
    )
    common = list(form.non_field_errors()) if form.is_bound else []
    return {
        "wrong": wrong,
        "common": common + [str(e) for _bound, errors in hidden for e in errors],
        "count": len(wrong) + len(common) + len(hidden),
    }


@register.inclusion_tag("ui/_refusal.html")
def refusal_panel(refusal: Refusal | None) -> dict[str, Any]:
    """Why not: what was asked, which article asks what, what was found, what can be done next.

    A refusal may carry `checks`: objects with `article`, `asked`, `found`, `passed`. What does not
    hold stands first: on a phone the list is long.
    """
    return {
        "refusal": refusal,
        "checks": getattr(refusal, "checks", ()) or (),
        "advice": refusal.advice if refusal else "",
    }


@register.inclusion_tag("ui/_form.html", takes_context=True)
def form_body(
    context: Context,
    form: forms.BaseForm,
    submit: type_text = "",
    cancel: str = "",
    tone: str = "pri",
) -> dict[str, Any]:
    """All of a form between its tags: key, refusal, errors, fields, effect, buttons.

    With a `preview` in the context (see `doors.form_page`) it shows the effect and asks once more.
    """
    return {
        "form": form,
        "submit": submit or _("Save"),
        "cancel": cancel,
        "tone": tone,
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
        "refusal": context.get("refusal"),
        "preview": context.get("preview"),
        "confirmed": context.get("confirmed"),
    }


# -- errors ----------------------------------------------------------------------------------


@register.simple_tag
def status_title(status: int | str = 422) -> str:
    return {
        "400": _("This request cannot be understood"),
        "403": _("This is not open to you"),
        "404": _("There is nothing here"),
        "409": _("It cannot be done now"),
        "422": _("Something typed cannot be read"),
    }.get(str(status), _("It cannot be done now"))


@register.simple_tag
def status_reason(status: int | str = 422) -> str:
    return {
        "400": _("The address or the form is damaged. Go back, reload the page and try again."),
        "403": _("Your role does not include this page. If it should, ask the secretariat."),
        "404": _(
            "The page may have moved, or the address has a typing error. Start from the first page or use the search."
        ),
        "409": _("Something has changed in the meantime. Look at it again before you go on."),
    }.get(str(status), _("Look at what you typed and try again."))


# -- lists -----------------------------------------------------------------------------------


@register.inclusion_tag("ui/_listing.html", takes_context=True)
def listing(context: Context, shown: Any) -> dict[str, Any]:
    """A list as `dure.ui.tables` made it: search, filters, count, table, pages, export."""
    return {"listing": shown, "request": context.get("request")}
