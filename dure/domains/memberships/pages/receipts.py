"""Money that came in: entered, from bank files, matched."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal
from dure.ui.doors import act_of, action, away, form_page, onward, page, refused
from dure.ui.tables import Column, Table, ask, show, taken_along

from .. import commands, policies, queries
from ..forms import dues as forms

SURE_AT_ONCE = 5_000
AWAITED_SHOWN = 5


class Filters(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("still waiting")), ("used", _("used up"))],
    )


RECEIPTS = Table(
    id="receipts",
    title=_("Receipts"),
    columns=(
        Column(
            "receipt_date",
            _("Date"),
            kind="day",
            sort=("receipt_date",),
            link=lambda r: reverse("memberships:receipt", args=[r.pk]),
        ),
        Column("payer_text", _("Payer"), sort="payer_text"),
        Column("memo", _("Memo")),
        Column("amount_won", _("Amount (won)"), kind="won", sort="amount_won"),
        Column("matched_won", _("Matched (won)"), kind="won", sort="matched_won"),
        Column("open_won", _("In suspense (won)"), "open_won", kind="won"),
    ),
    sort="-receipt_date",
    filters=Filters,
    empty_title=_("No receipts"),
    empty_text=_("Enter money that came in, or take over a file from the bank."),
)


def receipts(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, RECEIPTS)
    rows = queries.receipts_visible_to(
        act_of(request), state=asked.given.get("state") or "", search=asked.search
    )
    return show(request, RECEIPTS, asked, rows, "memberships/receipts.html")


UNMATCHED = Table(
    id="unmatched",
    title=_("Waiting to be matched"),
    columns=(
        Column("receipt_date", _("Date"), kind="day"),
        Column("payer", _("Payer")),
        Column("amount_won", _("Amount (won)"), kind="won"),
        Column("open_won", _("In suspense (won)"), kind="won"),
        Column("member", _("Probably from")),
    ),
)
TAKEN_MAX = 5_000


def unmatched_receipts(request: HttpRequest) -> HttpResponseBase:
    """What waits in suspense, each with whose it probably is: one click to accept."""
    act = act_of(request)
    if "as" in request.GET:
        rows = queries.unmatched_receipts(act, start=0, limit=TAKEN_MAX)
        if file := taken_along(request, UNMATCHED, rows):
            return file
    count, won = queries.unmatched_count()
    given = request.GET.get("from", "0")
    start = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    rows = queries.unmatched_receipts(act, start=start, limit=50)
    return page(
        request,
        "memberships/unmatched_receipts.html",
        {
            "rows": rows,
            "count": count,
            "won": won,
            "sure": sum(r.is_sure for r in rows),
            "after": next(iter(_numbers([request.GET.get("after", "")])), None),
            "ahead": queries.usable_credits(),
            "next_start": start + 50 if start + 50 < count else None,
        },
    )


def enter_receipt(request: HttpRequest) -> HttpResponse:
    act = act_of(request)
    return form_page(
        request,
        form=forms.EnterReceipt,
        template="memberships/enter_receipt.html",
        call=lambda act, given: commands.enter_receipt(act, **given),
        done=lambda receipt: ("memberships:match_receipt", receipt.pk),
        said=lambda receipt: (
            _now("%(amount)s were entered. Now say whose it is.")
            % {"amount": format_won(receipt.amount_won)}
        ),
        may=policies.can_enter_receipt,
        initial={"receipt_date": act.today},
    )


def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    card = queries.receipt_card(act_of(request), receipt_id)
    return page(request, "memberships/receipt.html", {"card": card})


def match_receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Choose the member (the proposal first), or single charges of it."""
    act = act_of(request)
    card = queries.receipt_card(act, receipt_id)
    search = request.GET.get("q", "")
    context: dict[str, Any] = {"card": card, "search": search, "next": onward(request, "")}
    if request.method == "POST":
        chosen = tuple(_numbers(request.POST.getlist("charge")))
        member = next(iter(_numbers(request.POST.getlist("membership"))), None)
        try:
            commands.match_receipt(
                act,
                receipt_id=receipt_id,
                membership_id=member,
                charge_ids=chosen,
                keep_rest="keep" in request.POST,
                payable=request.POST.get("payable", "")[:60],
            )
        except Refusal as refusal:
            return refused(
                request,
                refusal,
                "memberships/match_receipt.html",
                context | _choices(act, card, search),
            )
        return away(
            request,
            onward(request, ("memberships:receipt", receipt_id)),
            _("The receipt was matched."),
        )
    return page(request, "memberships/match_receipt.html", context | _choices(act, card, search))


def _choices(act: Act, card: queries.ReceiptCard, search: str) -> dict[str, Any]:
    proposal = None
    if card.open_won and not search:
        proposal = queries.proposals_for([queries.money_of_card(card)], act.today)[0]
    members = queries.members_owing(act, search) if search.strip() else []
    others = queries.payable_lines([pk for pk, _name, _won in members], card.receipt_date)
    found: dict[str, Any] = {
        "proposal": proposal,
        "members": [(*member, others.get(member[0], ())) for member in members],
        "strangers": queries.strangers_owing(card.receipt_date, search=search)
        if search.strip()
        else [],
    }
    if policies.can_see_applications(act):
        awaited = queries.payments_awaited(act)
        found["awaited"] = [one for one in awaited if one.won <= card.open_won][:AWAITED_SHOWN]
    if proposal is not None and proposal.membership_id is None:
        for one in queries.strangers_owing(card.receipt_date, party_id=proposal.party_id):
            found |= {
                "picked": one.name, "because": queries.because(proposal), "payables": one.payables
            }  # fmt: skip
    elif proposal is not None:
        assert proposal.membership_id is not None
        mine = queries.member_card(act, proposal.membership_id)
        charges = list(queries.charges_of(act, proposal.membership_id, only_open=True)[:50])
        owed = sum(charge.open_won for charge in charges)
        found |= {
            "picked": f"{mine.name} ({mine.number})",
            "because": queries.because(proposal),
            "charges": charges,
            "payables": queries.payable_lines([mine.id], card.receipt_date).get(mine.id, ()),
            "wanted": set(proposal.charge_ids) if proposal.exact else set(),
            "rest_won": proposal.rest_won or max(0, card.open_won - owed),
        }
    return found


def match_receipts(request: HttpRequest) -> HttpResponse:
    """Accept the chosen proposals, or all sure ones on the page."""
    pairs = []
    for given in request.POST.getlist("pair"):
        numbers = list(_numbers(given.split("-")))
        if len(numbers) == 2:
            pairs.append((numbers[0], numbers[1]))
    return action(
        request,
        call=lambda act: commands.match_receipts(act, pairs=tuple(pairs)),
        said=lambda count: _now("%(count)d receipts were matched.") % {"count": count},
        back="memberships:unmatched_receipts",
    )


def match_sure_receipts(request: HttpRequest) -> HttpResponse:
    """Match every sure one of all that wait; after so many it goes on by itself."""
    after = next(iter(_numbers([request.POST.get("after", "0")])), 0)
    return action(
        request,
        call=lambda act: commands.match_sure_receipts(act, after_id=after, most=SURE_AT_ONCE),
        done=lambda found: (
            f"{reverse('memberships:unmatched_receipts')}?after={found.after_id}"
            if found.left
            else "memberships:unmatched_receipts"
        ),
        said=lambda found: (
            _now("%(count)d receipts of %(amount)s were matched.")
            % {"count": found.count, "amount": format_won(found.won)}
        ),
        back="memberships:unmatched_receipts",
    )


def use_credits(request: HttpRequest) -> HttpResponse:
    """Pay what is owed now with what members paid ahead."""
    return action(
        request,
        call=lambda act: commands.use_credits(act),
        said=lambda won: (
            _now("Dues of %(amount)s were paid by what was paid ahead.")
            % {"amount": format_won(won)}
        ),
        back="memberships:unmatched_receipts",
    )


def keep_credit(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Keep all that is free for a member's dues to come."""
    policies.can_see_receipts(act_of(request)).enforce()
    member = next(iter(_numbers(request.POST.getlist("membership"))), None)
    if member is None:
        return away(request, ("memberships:match_receipt", receipt_id))
    return action(
        request,
        call=lambda act: commands.keep_credit(act, receipt_id=receipt_id, membership_id=member),
        done=lambda made: ("memberships:receipt", receipt_id),
        said=_("The money is kept for dues to come."),
        back=("memberships:match_receipt", receipt_id),
    )


def book_receipt_as(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """A way out of suspense for money that is nobody's dues; `?q=` looks for who gave it."""
    act = act_of(request)
    card = queries.receipt_card(act, receipt_id)
    search = request.GET.get("q", "")
    donors = [(one.id, one.name) for one in parties.search_parties(search or card.payer)]
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.BookReceiptAs(*args, donors=donors, **kwargs),
        template="memberships/book_receipt_as.html",
        call=lambda act, given: commands.book_receipt_as(act, receipt_id=receipt_id, **given),
        preview=lambda act, given: (
            _now("%(amount)s leave suspense as %(purpose)s.")
            % {
                "amount": format_won(given["amount_won"]),
                "purpose": dict(queries.purpose_choices())[given["purpose"]],
            }
        ),
        done=lambda made: ("memberships:receipt", receipt_id),
        said=_("The money was booked."),
        may=policies.can_see_receipts,
        initial={"amount_won": card.open_won or None},
        context={"card": card, "search": search},
    )


def note_payer(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Under which names and accounts a member's money comes: seen, added, forgotten."""
    act = act_of(request)
    policies.can_see_receipts(act).enforce()
    card = queries.member_card(act, membership_id)
    return form_page(
        request,
        form=forms.NotePayer,
        template="memberships/note_payer.html",
        call=lambda act, given: commands.note_payer(act, membership_id=membership_id, **given),
        done=lambda made: ("memberships:note_payer", membership_id),
        said=_("Noted."),
        may=policies.can_see_receipts,
        context=lambda: {"card": card, "payers": list(queries.payers_of(act, membership_id)[:200])},
    )


def forget_payer(request: HttpRequest, alias_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.forget_payer(act, alias_id=alias_id),
        done=lambda membership_id: ("memberships:note_payer", membership_id),
        said=_("Forgotten."),
        back="memberships:receipts",
    )


def unmatch_receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.receipt_card(act, receipt_id)
    return form_page(
        request,
        form=forms.UnmatchReceipt,
        template="memberships/unmatch_receipt.html",
        call=lambda act, given: commands.unmatch_receipt(act, receipt_id=receipt_id, **given),
        preview=lambda act, given: (
            _now("%(amount)s go back into suspense and are owed again.")
            % {"amount": format_won(card.matched_won)}
        ),
        done=lambda made: ("memberships:receipt", receipt_id),
        said=_("The matching was undone."),
        may=policies.can_see_receipts,
        context={"card": card},
    )


def refund_receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.receipt_card(act, receipt_id)
    return form_page(
        request,
        form=forms.RefundReceipt,
        template="memberships/refund_receipt.html",
        call=lambda act, given: commands.refund_receipt(act, receipt_id=receipt_id, **given),
        done=lambda made: ("memberships:receipt", receipt_id),
        said=_("The money was paid back."),
        may=policies.can_see_receipts,
        initial={"amount_won": card.open_won or None, "refund_date": act.today},
        context={"card": card},
    )


def _numbers(given: list[str]) -> list[int]:
    return [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19]


urlpatterns = [
    path("receipts/", receipts, name="receipts"),
    path("receipts/waiting/", unmatched_receipts, name="unmatched_receipts"),
    path("receipts/enter/", enter_receipt, name="enter_receipt"),
    path("receipts/match/", match_receipts, name="match_receipts"),
    path("receipts/<int:receipt_id>/", receipt, name="receipt"),
    path("receipts/<int:receipt_id>/match/", match_receipt, name="match_receipt"),
    path("receipts/<int:receipt_id>/unmatch/", unmatch_receipt, name="unmatch_receipt"),
    path("receipts/<int:receipt_id>/refund/", refund_receipt, name="refund_receipt"),
    path("receipts/match-sure/", match_sure_receipts, name="match_sure_receipts"),
    path("receipts/use-credits/", use_credits, name="use_credits"),
    path("receipts/<int:receipt_id>/book/", book_receipt_as, name="book_receipt_as"),
    path("receipts/<int:receipt_id>/keep/", keep_credit, name="keep_credit"),
    path("members/<int:membership_id>/payers/", note_payer, name="note_payer"),
    path("payers/<int:alias_id>/forget/", forget_payer, name="forget_payer"),
]
