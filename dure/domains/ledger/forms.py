"""What people type into the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.dates import Month
from dure.ui.fields import DateField, MonthField, WonField

from . import queries, rules

LINES_SHOWN = 4
LINES_MAX = 60


def fund_choices(books: queries.Chart | None = None) -> list[tuple[str, str]]:
    """The funds in use, to write by."""
    books = books or queries.chart()
    return [(fund.code, fund.name) for fund in books.funds.values() if fund.is_active]


def funds_to_read(every: str, books: queries.Chart) -> list[tuple[str, str]]:
    """All funds, the retired ones too, to read by; the first choice means all of them."""
    return [("", every), *((fund.code, fund.name) for fund in books.funds.values())]


KIND_NAMES = {
    rules.ASSET: _("Assets"),
    rules.LIABILITY: _("Liabilities"),
    rules.NET_ASSET: _("Net assets"),
    rules.INCOME: _("Income"),
    rules.EXPENSE: _("Expense"),
}


def account_choices(first: str, books: queries.Chart, *, retired: bool = False) -> list[Any]:
    """The accounts in use, to write by, in order of their nature; `retired`: these too, to read."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in rules.KINDS}
    for account in books.accounts.values():
        if account.is_active or retired:
            groups[account.kind].append((account.code, f"{account.code} {account.name}"))
    return [("", first), *((str(KIND_NAMES[kind]), rows) for kind, rows in groups.items() if rows)]


class PartyField(forms.CharField):
    """A person or organisation by name or number: 햇살돌봄, or 12. The value is its id."""

    default_error_messages = {
        "none": _("Nobody is called “%(given)s”. Type the name as in the register, or its number."),
        "several": _("“%(given)s” could be: %(names)s. Type the number."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        given = super().clean(value)
        if not given:
            return None
        if found := re.match(r"#?([0-9]{1,12})(?:$|\s)", given):
            party_id = parties.resolve(int(found[1]))
            if not parties.party_exists(party_id):
                raise forms.ValidationError(self.error_messages["none"], "none", {"given": given})
            return party_id
        hits = parties.search_parties(given, limit=6)
        same = [hit for hit in hits if hit.name == given]
        hits = same or hits
        if not hits:
            raise forms.ValidationError(self.error_messages["none"], "none", {"given": given})
        if len(hits) > 1:
            names = ", ".join(
                f"{hit.id} {hit.name}{f' ({hit.hint})' if hit.hint else ''}" for hit in hits
            )
            raise forms.ValidationError(
                self.error_messages["several"], "several", {"given": given, "names": names}
            )
        return hits[0].id


class LineForm(forms.Form):
    """One line of an entry: an account of a fund, and an amount on one of its two sides."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    fund = forms.ChoiceField(label=_("Fund"), required=False)
    debit_won = WonField(label=_("Debit"), required=False)
    credit_won = WonField(label=_("Credit"), required=False)
    party = PartyField(label=_("Whom it concerns"), required=False)

    def __init__(self, *args: Any, accounts: list[Any], funds: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]
        self.fields["fund"].choices = funds  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(field.label)
            if name in ("debit_won", "credit_won"):
                field.widget.attrs |= {"data-side": name[:-4], "placeholder": "0"}
        self.fields["fund"].widget.attrs["data-fund"] = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is chosen or typed here; the fund is always chosen and says nothing."""
        return not any(
            str(self.data.get(self.add_prefix(name), "")).strip()
            for name in ("account", "debit_won", "credit_won", "party")
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.is_empty or self.errors:
            return given
        debit, credit = given.get("debit_won"), given.get("credit_won")
        if not given.get("account"):
            self.add_error("account", _("Choose the account."))
        if bool(debit) == bool(credit):
            self.add_error("debit_won", _("Type the amount on one of the two sides."))
        return given

    def side(self, project: str) -> rules.Side | None:
        given = self.cleaned_data
        if self.is_empty:
            return None
        won = given["debit_won"] or -given["credit_won"]
        return rules.Side(given["account"], given["fund"], won, given["party"], project or None)


class EntryForm(forms.Form):
    """A whole entry with its lines. The button that sent it says whether it is a draft."""

    date = DateField(label=_("Date"))
    text = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("Everybody who reads the books sees this. Leave people's names to the note."),
    )
    project = forms.CharField(
        label=_("Project"),
        max_length=40,
        required=False,
        help_text=_("When it belongs to one: what projects brought in and cost is summed up."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        help_text=_("Kept apart from the books and erasable, so names may stand here."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, initial: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(data, files, initial=initial, **kwargs)
        self.as_draft = data is not None and data.get("how") == "draft"
        books = queries.chart()
        self._choices = {
            "accounts": account_choices(_now("Choose"), books),
            "funds": fund_choices(books),
        }
        first: Iterable[dict[str, Any]] = (initial or {}).get("lines") or ()
        self.lines = self._lines(data, list(first))

    def _lines(self, data: Any, first: list[dict[str, Any]]) -> list[LineForm]:
        if data is None:
            count = max(LINES_SHOWN, len(first))
            return [
                LineForm(
                    prefix=f"lines-{i}",
                    initial=first[i] if i < len(first) else None,
                    **self._choices,
                )
                for i in range(count)
            ]
        given = str(data.get("lines-TOTAL_FORMS", ""))
        count = min(int(given), LINES_MAX) if given.isascii() and given.isdigit() else LINES_SHOWN
        return [LineForm(data, prefix=f"lines-{i}", **self._choices) for i in range(count)]

    @property
    def blank_line(self) -> LineForm:
        """The line that a click adds."""
        return LineForm(prefix="lines-__prefix__", **self._choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wrong = False
        for at, line in enumerate(self.lines, 1):
            if not line.is_valid():
                wrong = True
                said = "; ".join(str(e) for errors in line.errors.values() for e in errors)
                self.add_error(
                    None, _now("Line %(number)d: %(error)s") % {"number": at, "error": said}
                )
        if not wrong:
            project = given.pop("project", "")
            given["sides"] = tuple(side for line in self.lines if (side := line.side(project)))
        given["as_draft"] = self.as_draft
        return given


class MoveBetweenFunds(forms.Form):
    date = DateField(label=_("Date"))
    from_fund = forms.ChoiceField(label=_("From the fund"))
    to_fund = forms.ChoiceField(label=_("To the fund"))
    amount_won = WonField(label=_("Amount"), help_text=_("Type it like 120,000 or 12만원."))
    text = forms.CharField(label=_("What for"), max_length=200)
    settle = forms.BooleanField(
        label=_("This pays back what the fund owed the other"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = fund_choices()
        for name in ("from_fund", "to_fund"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ReverseEntry(forms.Form):
    date = DateField(label=_("Date of the reversal"), help_text=_("A day in an open month."))
    reason = forms.CharField(
        label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithReason(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenBooks(forms.Form):
    first_date = DateField(
        label=_("First day of the books"),
        help_text=_("Nothing before this day can be booked."),
    )
    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("The fiscal year begins in"),
        coerce=int,
        choices=[(m, _("month %(month)d") % {"month": m}) for m in range(1, 13)],
    )


class OpenFund(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Small letters, for example cooperative.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(label=_("Purpose"), max_length=400)
    restriction = forms.ChoiceField(
        label=_("Restriction"),
        choices=(
            (rules.UNRESTRICTED, _("unrestricted")),
            (rules.EARMARKED, _("earmarked by the network")),
            (rules.RESTRICTED, _("restricted by its givers or by law")),
            (rules.ENTRUSTED, _("held for others")),
        ),
    )


class SetFundRule(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is asked"),
        choices=(
            (rules.SECOND_PERSON_ABOVE_WON, _("entries above this amount need a second person")),
            (rules.MONEY_FLOOR_WON, _("the fund's money may not fall below this amount")),
        ),
    )
    amount_won = WonField(label=_("Amount"), zero=True)
    article = forms.CharField(
        label=_("Article"),
        max_length=200,
        help_text=_("Where it is laid down, for example 회계 규정 제12조."),
    )
    from_date = DateField(label=_("In force from"))


class AddAccount(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=10, help_text=_("4 to 10 digits."))
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Nature"), choices=[(k, KIND_NAMES[k]) for k in rules.KINDS])
    is_control = forms.BooleanField(
        label=_("Each line names the member or organisation it concerns"), required=False
    )
    is_money = forms.BooleanField(label=_("Cash or bank"), required=False)


class Retire(forms.Form):
    """Nothing is asked: which one stands in the address."""


class SpanAsked(forms.Form):
    """A span of months, in the address."""

    start = MonthField(label=_("From month"), required=False)
    end = MonthField(label=_("To month"), required=False)


class FundAsked(forms.Form):
    """Which fund, in the address."""

    fund = forms.ChoiceField(label=_("Fund"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.books = queries.chart()
        self.fields["fund"].choices = funds_to_read(_now("All funds"), self.books)  # type: ignore[attr-defined]

    def offer(self, readable: Callable[[queries.FundRow], bool]) -> None:
        """Offer only the funds that the reader may read."""
        field: Any = self.fields["fund"]
        rows = self.books.funds
        field.choices = [
            (code, name) for code, name in field.choices if not code or readable(rows[code])
        ]


class StatementAsked(FundAsked, SpanAsked):
    """The span and fund of a statement, in the address."""

    field_order = ("fund", "start", "end")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if isinstance(start, Month) and isinstance(end, Month) and end < start:
            self.add_error("end", _("The end lies before the beginning."))
        return given


class EntriesAsked(FundAsked):
    """What narrows a list of entries or lines, in the address."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    start = MonthField(label=_("From month"), required=False)
    end = MonthField(label=_("To month"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = account_choices(_now("All accounts"), self.books, retired=True)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]
