"""Entries: the list, one of them down to its cause, a new one, drafts and reversals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, forms, policies, queries
from ..queries import EntryFilter, EntryRow
from .paged import Paged
from .sources import source_url, source_words

STATES = {
    "posted": (_("posted"), "ok"),
    "draft": (_("draft"), "warn"),
    "withdrawn": (_("taken back"), "plain"),
}


def _state(row: EntryRow) -> str:
    if row.is_reversed:
        return _now("reversed")
    if row.is_reversal:
        return _now("reversal")
    return str(STATES[row.state][0])


def _tone(row: EntryRow) -> str:
    return "plain" if row.is_reversed or row.is_reversal else STATES[row.state][1]


def _url(row: EntryRow) -> str:
    return reverse("ledger:entry", args=[row.id])


ENTRIES = Table(
    id="entries",
    title=_("Entries"),
    columns=(
        Column("text", _("What for"), link=_url),
        Column("number", _("No."), kind="id", link=_url),
        Column("booked_date", _("Date"), kind="day"),
        Column("funds", _("Fund"), lambda row: ", ".join(row.funds)),
        Column("amount_won", _("Amount (won)"), kind="won"),
        Column(
            "source",
            _("Cause"),
            lambda row: source_words(row.source_kind, row.source_id) or _now("by hand"),
            link=lambda row: source_url(row.source_kind, row.source_id),
        ),
        Column("state", _("State"), _state, tone=_tone),
    ),
    filters=forms.EntriesAsked,
    empty_title=_("No entry yet."),
    empty_text=_("Entries are made by billing, receipts and by hand."),
)


def entries(request: HttpRequest) -> HttpResponseBase:
    """All entries, the latest first."""
    act = act_of(request)
    policies.can_read_entries(act).enforce()
    asked = ask(request, ENTRIES)
    start, end = asked.given.get("start"), asked.given.get("end")
    wanted = EntryFilter(
        text=asked.search,
        from_date=start.first_date if start else None,
        until_date=end.end_date if end else None,
        fund=asked.given.get("fund") or "",
        account=asked.given.get("account") or "",
        party_id=asked.given.get("party"),
    )
    rows = Paged(lambda number, size: queries.entries(act, wanted, number, size), asked.page)
    return show(
        request,
        ENTRIES,
        asked,
        rows,
        "ledger/entries.html",
        {"drafts": queries.drafts_waiting(), "writes": bool(policies.can_draft_entry(act))},
    )


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its lines, what caused it, who wrote it, what became of it."""
    act = act_of(request)
    return page(request, "ledger/entry.html", _card(act, pk))


def _card(act: Act, pk: int) -> dict[str, Any]:
    card = queries.entry_card(act, pk)
    label, tone = STATES[card.state]
    approves = Denied(_("It is no draft.")) if card.state != "draft" else None
    own = card.written_by_id is not None and card.written_by_id == act.actor_id
    return {
        "card": card,
        "state": label,
        "tone": tone,
        "source": source_words(card.source_kind, card.source_id),
        "source_url": source_url(card.source_kind, card.source_id),
        "funds": {line.fund: line.fund_name for line in card.lines},
        "keeps": bool(policies.can_draft_entry(act)),
        "may_approve": approves is None and not own,
        "own": own,
        "why_not_reversed": _why_not_reversed(card),
    }


def _why_not_reversed(card: queries.EntryCard) -> str:
    """Why this entry cannot be reversed by hand; empty when it can."""
    if card.state != "posted":
        return _now("A draft is withdrawn instead.")
    if card.reversed_by_id is not None:
        return _now("It was reversed already.")
    if card.reverses_id is not None:
        return _now("A reversal is not reversed; write the entry anew.")
    if card.source_id is not None:
        return _now("It is undone where it was made.")
    return ""


def post_entry(request: HttpRequest) -> HttpResponse:
    """Write an entry of several lines: posted at once, or as a draft for a second person."""
    act = act_of(request)

    def call(act: Act, given: dict[str, Any]) -> Any:
        as_draft = given.pop("as_draft")
        if as_draft:
            return commands.draft_entry(act, **given)
        return commands.post_entry(act, **given)

    def said(entry: Any) -> str:
        if entry.number is None:
            return _now("The draft is kept. A second person approves it.")
        return _now("Entry no. %(number)d is posted.") % {"number": entry.number}

    return form_page(
        request,
        form=forms.EntryForm,
        template="ledger/post_entry.html",
        call=call,
        done=lambda entry: ("ledger:entry", entry.pk),
        said=said,
        may=policies.can_draft_entry,
        initial={"date": act.today, "lines": _lines_of(request, act)},
    )


def _lines_of(request: HttpRequest, act: Act) -> list[dict[str, Any]]:
    """The first lines of the form: of the entry that is written anew, or of the fund asked for."""
    given = request.GET.get("like", "")
    if given.isascii() and given.isdigit() and len(given) < 19:
        card = queries.entry_card(act, int(given))
        return [
            {
                "account": line.account,
                "fund": line.fund,
                "debit_won": line.debit_won or None,
                "credit_won": line.credit_won or None,
                "party": line.party_name and f"{line.party_id} {line.party_name}",
            }
            for line in card.lines
        ]
    fund = request.GET.get("fund", "")
    return [{"fund": fund}] * forms.LINES_SHOWN if fund else []


DRAFTS = Table(
    id="drafts",
    title=_("Drafts"),
    columns=(
        Column("text", _("What for"), "row.text", link=lambda draft: _url(draft["row"])),
        Column("booked_date", _("Date"), "row.booked_date", kind="day"),
        Column("funds", _("Fund"), lambda draft: ", ".join(draft["row"].funds)),
        Column("amount_won", _("Amount (won)"), "row.amount_won", kind="won"),
        Column("who", _("Written by"), "who"),
        Column("why", _("What can be done"), "next"),
    ),
    searchable=False,
    empty_title=_("No draft waits."),
    empty_text=_("A draft is an entry that counts only when a second person has approved it."),
)


def draft_entries(request: HttpRequest) -> HttpResponseBase:
    """The drafts that wait for a second person."""
    act = act_of(request)
    asked = ask(request, DRAFTS)
    rows = queries.drafts(act)
    names = parties.names_of({row.written_by_id for row in rows})
    shown = [
        {
            "row": row,
            "who": names.get(row.written_by_id or 0, _now("the system")),
            "next": _now("your own: somebody else approves it")
            if row.written_by_id == act.actor_id
            else _now("open and approve"),
        }
        for row in rows
    ]
    return show(request, DRAFTS, asked, shown, "ledger/drafts.html")


def approve_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a draft of somebody else; it is posted."""
    return action(
        request,
        call=lambda act: commands.approve_entry(act, entry_id=pk),
        done=lambda entry: ("ledger:entry", entry.pk),
        said=lambda entry: _now("Entry no. %(number)d is posted.") % {"number": entry.number},
        back=("ledger:entry", pk),
    )


def withdraw_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft back; it stays readable and never counts."""
    return form_page(
        request,
        form=forms.WithReason,
        template="ledger/withdraw_draft.html",
        call=lambda act, given: commands.withdraw_draft(act, entry_id=pk, **given),
        done=lambda entry: "ledger:draft_entries",
        said=_("The draft is withdrawn."),
        may=policies.can_draft_entry,
        context=lambda: _card(act_of(request), pk),
    )


def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an entry by its mirror image, with a reason."""
    return form_page(
        request,
        form=forms.ReverseEntry,
        template="ledger/reverse_entry.html",
        call=lambda act, given: commands.reverse_entry(act, entry_id=pk, **given),
        done=lambda reversal: ("ledger:entry", reversal.pk),
        said=_("The entry is reversed."),
        may=policies.can_reverse_entry,
        initial={"date": act_of(request).today},
        context=lambda: _card(act_of(request), pk),
    )
