"""Funds: what each holds, what it is for, what the articles ask of it, and money between them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.money import format_won
from dure.ui import charts
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, taken_along

from .. import commands, documents, forms, policies, queries, rules

MONTHS_SHOWN = 24


FUNDS = Table(
    id="funds",
    title=_("Funds"),
    columns=(
        Column("code", _("Code"), kind="id"),
        Column("name", _("Name")),
        Column("purpose", _("Purpose")),
        Column(
            "restriction", _("Restriction"), lambda held: restriction(held.restriction)["label"]
        ),
        Column("money_won", _("Money (won)"), kind="won"),
        Column("net_won", _("Net assets (won)"), kind="won"),
    ),
)


def funds(request: HttpRequest) -> HttpResponseBase:
    """All funds with what they hold."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    try:
        found = queries.fund_balances().values()
        balances = tuple(one for one in found if policies.can_read_books(act, one))
    except queries.BooksNotOpen:
        return HttpResponseRedirect(reverse("ledger:open_books"))
    if file := taken_along(request, FUNDS, balances):
        return file
    cards = [{"held": held, "restriction": restriction(held.restriction)} for held in balances]
    return page(
        request,
        "ledger/funds.html",
        {
            "cards": cards,
            "net_won": sum(held.net_won for held in balances if held.is_own),
            "money_won": sum(held.money_won for held in balances if held.is_own),
            "growth": growth(act, {held.code: held.name for held in balances if held.is_own}),
            "writes": bool(policies.can_draft_entry(act)),
            "heads": bool(policies.can_open_fund(act)),
        },
    )


RESTRICTIONS = {
    rules.UNRESTRICTED: (_("unrestricted"), "plain"),
    rules.EARMARKED: (_("earmarked by the network"), "info"),
    rules.RESTRICTED: (_("restricted by its givers or by law"), "warn"),
    rules.ENTRUSTED: (_("held for others"), "warn"),
}


def restriction(code: str) -> dict[str, object]:
    label, tone = RESTRICTIONS[code]
    return {"label": label, "tone": tone}


def growth(act: Act, names: dict[str, str], months: int = MONTHS_SHOWN) -> charts.Picture | None:
    """Net assets of each fund at the end of each month, as a picture; None while there is nothing."""
    found = queries.net_by_month(Month.of(act.today), months)
    drawn = {code: found.won[code] for code in names if any(found.won.get(code, ()))}
    if not drawn:
        return None
    first = min(next(i for i, won in enumerate(row) if won) for row in drawn.values())
    labels = [f"{month.year % 100:02}.{month.month}" for month in found.months[first:]]
    series = [charts.Series(names[code], row[first:]) for code, row in drawn.items()]
    return charts.line(
        _("Fund growth"), labels, series, about=_("Net assets at the end of each month.")
    )


def fund(request: HttpRequest, code: str) -> HttpResponse:
    """One fund: this year's statement, its growth, what the articles ask of it."""
    act = act_of(request)
    found = queries.books_for(act, code).fund(code)
    start, end = _year_start(act), Month.of(act.today)
    built = queries.statement(found.code, start, end)
    sheet = documents.fund_sheet(built, found.name)
    return page(
        request,
        "ledger/fund.html",
        {
            "fund": found,
            "held": queries.fund_balances()[found.code],
            "restriction": restriction(found.restriction),
            "sheet": sheet,
            "in_won": built.in_won,
            "out_won": built.out_won,
            "click_query": f"fund={found.code}&start={start}&end={end}",
            "query": f"fund={found.code}&start={start}&end={end}",
            "clicks": bool(policies.can_read_entries(act)),
            "growth": growth(act, {found.code: found.name}),
            "provisions": _provisions(act, found.code),
            "writes": bool(policies.can_draft_entry(act)),
            "heads": bool(policies.can_set_fund_rule(act)),
            "retires": found.is_active
            and found.code != rules.GENERAL.code
            and bool(policies.can_retire_fund(act)),
        },
    )


def _year_start(act: Act) -> Month:
    books = queries.chart()
    return Month.of(rules.fiscal_year_start(act.today, books.fiscal_year_start_month))


RULE_WORDS = {
    rules.SECOND_PERSON_ABOVE_WON: _("Entries above %(amount)s need a second person."),
    rules.MONEY_FLOOR_WON: _("The money may not fall below %(amount)s."),
}


def _provisions(act: Act, fund_code: str) -> list[dict[str, object]]:
    """What the articles ask of the fund, those in force first; its own and those of all funds."""
    provisions = queries.chart().provisions
    found = [
        {
            "provision": provision,
            "words": str(RULE_WORDS[provision.kind]) % {"amount": format_won(provision.amount_won)},
            "holds": provision.holds_on(act.today)
            and rules.provision_for(
                queries.chart().provisions, provision.kind, fund_code, act.today
            )
            == provision,
        }
        for provision in provisions
        if provision.fund in (fund_code, None)
    ]
    return sorted(found, key=lambda row: not row["holds"])


def open_books(request: HttpRequest) -> HttpResponse:
    """Open the books with the standard chart of accounts."""
    act = act_of(request)
    return form_page(
        request,
        form=forms.OpenBooks,
        template="ledger/open_books.html",
        call=lambda act, given: commands.open_books(act, **given),
        done=lambda books: "ledger:funds",
        said=_("The books are open."),
        may=policies.can_open_books,
        initial={"first_date": act.today.replace(month=1, day=1), "fiscal_year_start_month": 1},
    )


def open_fund(request: HttpRequest) -> HttpResponse:
    """Open a fund of its own books."""
    return form_page(
        request,
        form=forms.OpenFund,
        template="ledger/open_fund.html",
        call=lambda act, given: commands.open_fund(act, **given),
        done=lambda fund: ("ledger:fund", fund.code),
        said=_("The fund is open."),
        may=policies.can_open_fund,
        context=lambda: {"standard": _standard_left()},
    )


def retire_fund(request: HttpRequest, code: str) -> HttpResponse:
    """No longer use a fund."""
    return form_page(
        request,
        form=forms.Retire,
        template="ledger/retire_fund.html",
        call=lambda act, given: commands.retire_fund(act, fund=code),
        done=lambda fund: ("ledger:fund", fund.code),
        said=lambda fund: _now("%(name)s is no longer used.") % {"name": fund.name},
        may=policies.can_retire_fund,
        context=lambda: {"fund": queries.chart().fund(code)},
    )


def revive_fund(request: HttpRequest, code: str) -> HttpResponse:
    """Take a retired fund into use again."""
    return action(
        request,
        call=lambda act: commands.revive_fund(act, fund=code),
        done=lambda fund: ("ledger:fund", fund.code),
        said=lambda fund: _now("%(name)s is used again.") % {"name": fund.name},
        back=("ledger:fund", code),
    )


def _standard_left() -> list[rules.ChartFund]:
    """The usual funds that this network has not opened."""
    opened = {fund.code for fund in queries.funds()}
    return [fund for fund in rules.STANDARD_FUNDS if fund.code not in opened]


def set_fund_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Set what an article asks of a fund; `all` stands for every fund without its own rule."""
    every = code == "all"
    return form_page(
        request,
        form=forms.SetFundRule,
        template="ledger/set_fund_rule.html",
        call=lambda act, given: commands.set_fund_rule(act, fund="" if every else code, **given),
        done=lambda rule: "ledger:funds" if every else ("ledger:fund", code),
        said=_("The rule is set."),
        may=policies.can_set_fund_rule,
        initial={"from_date": act_of(request).today},
        context=lambda: {"fund": None if every else queries.chart().fund(code)},
    )


def move_between_funds(request: HttpRequest) -> HttpResponse:
    """Move money from one fund to another, with its paired lines."""
    return form_page(
        request,
        form=forms.MoveBetweenFunds,
        template="ledger/move_between_funds.html",
        call=lambda act, given: commands.move_between_funds(act, **given),
        done=lambda entry: ("ledger:entry", entry.pk),
        said=_("The money was moved."),
        may=policies.can_move_between_funds,
        initial={"date": act_of(request).today, "from_fund": request.GET.get("from", "")},
        preview=_effect_of_move,
    )


def _effect_of_move(act: Act, given: dict[str, object]) -> str:
    """What the two funds will hold in money afterwards."""
    books = queries.chart()
    giver, taker = books.fund(str(given["from_fund"])), books.fund(str(given["to_fund"]))
    won = given["amount_won"]
    assert isinstance(won, int)
    if giver == taker:
        raise commands.SameFund
    return str(
        _(
            "%(amount)s leaves %(giver)s, which then has %(left)s in money; %(taker)s then has %(has)s."
        )
    ) % {
        "amount": format_won(won),
        "giver": giver.name,
        "taker": taker.name,
        "left": format_won(queries.fund_money(giver.code) - won),
        "has": format_won(queries.fund_money(taker.code) + won),
    }
