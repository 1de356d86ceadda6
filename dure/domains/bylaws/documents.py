"""The rules in force on a day as PDF: article on the left, provisions on the right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext as _

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.ui import pdf

from .queries import ArticleShown, RuleShown, RulesShown


def rules_pdf(shown: RulesShown, network: str, made_at: datetime) -> bytes:
    """Every rule of a day beside its article, numbered, with what a reader must know."""
    made = format_date(day_of(made_at))
    numbers = iter(range(1, 100_000))
    parts = [
        {
            "title": document.title,
            "origin": document.origin,
            "articles": [_article(one, numbers) for one in document.articles],
        }
        for document in shown.documents
    ]
    data = {
        "title": _("Rules in force"),
        "network": network,
        "subtitle": _("as of %(date)s") % {"date": format_date(shown.on)}
        + (f" · {shown.form_title}" if shown.form_title else ""),
        "unit": _("%(count)d rules") % {"count": shown.count},
        "made": _("Made %(date)s") % {"date": made},
        "lang": get_language() or "ko",
        "heads": [_("Article"), _("Rules read from it")],
        "parts": parts,
        "notes_title": _("What a reader must know"),
        "notes": [f"{title}: {note}" for title, note in shown.notes],
    }
    return pdf.render("domains/bylaws/documents.typ", data, made_at=made_at)


def _article(one: ArticleShown, numbers: Any) -> dict[str, Any]:
    return {
        "citation": one.article + (f" ({one.heading})" if one.heading else ""),
        "text": one.text,
        "gist": "" if one.quoted or not one.text else _("gist, not the words"),
        "rules": [{"no": str(next(numbers)), **_rule(rule)} for rule in one.rules],
    }


def _rule(shown: RuleShown) -> dict[str, Any]:
    rule = shown.rule
    marks = [shown.origin]
    if rule.mandatory:
        marks.append(_("mandatory"))
    if shown.read_later:
        marks.append(_("read in the text of %(date)s") % {"date": rule.from_date.isoformat()})
    else:
        marks.append(_("from %(date)s") % {"date": rule.from_date.isoformat()})
    if shown.instead:
        marks.append(
            _("%(citation)s holds instead: %(asks)s")
            % {"citation": shown.instead.citation, "asks": shown.instead.asks}
        )
    return {
        "label": rule.label,
        "asks": rule.asks,
        "marks": " · ".join(marks),
        "note": rule.note,
        "holds": shown.instead is None,
        "key": rule.key,
    }
