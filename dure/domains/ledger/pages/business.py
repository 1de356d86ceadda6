"""The part of the main business, quarter by quarter."""

from __future__ import annotations

from datetime import date

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws.rules.choices import choice_label
from dure.kernel.dates import Month, format_month
from dure.ui.doors import act_of, form_about, page
from dure.ui.fields import DateField

from .. import commands, policies, queries
from ..rules import EXPENSE
from ..rules.business import IN_BOOKS


class DivisionForm(django_forms.Form):
    """Which spending is main business."""

    from_date = DateField(label=_("From"))
    article = django_forms.CharField(
        label=_("Article"), max_length=200, help_text=_("For example 정관 제55조제1항.")
    )
    decided_by = django_forms.CharField(label=_("Decided by"), max_length=200)
    funds = django_forms.MultipleChoiceField(
        label=_("Funds"), required=False, help_text=_("None chosen: every fund.")
    )
    accounts = django_forms.MultipleChoiceField(
        label=_("Expense accounts"), required=False, help_text=_("None chosen: every account.")
    )


class FigureForm(django_forms.Form):
    """A quarter that the books do not know."""

    quarter = DateField(label=_("A day of the quarter"))
    main = django_forms.IntegerField(label=_("Main business"), min_value=0)
    whole = django_forms.IntegerField(label=_("All business"), min_value=1)
    source = django_forms.CharField(
        label=_("Where the figures come from"), max_length=200, help_text=_("They can be checked.")
    )


def main_business(request: HttpRequest) -> HttpResponse:
    """Each quarter by the chosen measure, held against the law."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    measure = queries.measure_on(act.today)
    laid = queries.divisions()
    return page(
        request,
        "ledger/main_business.html",
        {
            "quarters": [
                (one, _quarter(one.from_date)) for one in queries.main_business(act.today)
            ],
            "measure": choice_label(measure),
            "in_books": measure in IN_BOOKS,
            "asked": queries.asks_main_business(act.today),
            "laid": laid[0] if laid else None,
            "lays": bool(policies.can_lay_down_main_business(act)),
            "notes": bool(policies.can_note_main_business_figure(act)),
        },
    )


def _quarter(first: date) -> str:
    """By its first month: fiscal years begin in any."""
    return _now("from %(month)s") % {"month": format_month(Month(first.year, first.month))}


def lay_down_main_business(request: HttpRequest) -> HttpResponse:
    """Say which spending is main business."""

    def form(*args: object, **given: object) -> django_forms.Form:
        made = DivisionForm(*args, **given)  # type: ignore[arg-type]
        if queries.books_are_open():
            books = queries.chart()
            made.fields["funds"].choices = [(one.code, one.name) for one in books.funds.values()]  # type: ignore[attr-defined]
            made.fields["accounts"].choices = [  # type: ignore[attr-defined]
                (one.code, f"{one.code} {one.name}")
                for one in books.accounts.values()
                if one.kind == EXPENSE
            ]
        return made

    return form_about(
        request,
        "ledger:main_business",
        title=_("Say what is main business"),
        form=form,
        may=policies.can_lay_down_main_business,
        call=lambda act, given: commands.lay_down_main_business(act, **given),
        said=_("It is laid down. The quarters are counted by it."),
        initial={"from_date": act_of(request).today.replace(month=1, day=1)},
    )


def note_main_business_figure(request: HttpRequest) -> HttpResponse:
    """Note a quarter that the books do not know."""
    measure = queries.measure_on(act_of(request).today)
    return form_about(
        request,
        "ledger:main_business",
        title=_("Note a quarter"),
        name=choice_label(measure),
        form=FigureForm,
        may=policies.can_note_main_business_figure,
        call=lambda act, given: commands.note_main_business_figure(act, measure=measure, **given),
        said=_("The quarter is noted."),
        initial={"quarter": act_of(request).today},
    )
