"""Money that came in: entered, from bank files, matched."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.refusals import Refusal
from dure.ui.doors import act_of, action, away, form_page, page, refused
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import dues as forms

ROWS_SHOWN = 100


class Filters(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("waiting")), ("used", _("used up"))],
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


def unmatched_receipts(request: HttpRequest) -> HttpResponse:
    """What waits in suspense, each with whose it probably is: one click to accept."""
    act = act_of(request)
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
    context: dict[str, Any] = {"card": card, "search": search}
    if request.method == "POST":
        chosen = tuple(_numbers(request.POST.getlist("charge")))
        member = next(iter(_numbers(request.POST.getlist("membership"))), None)
        try:
            commands.match_receipt(
                act, receipt_id=receipt_id, membership_id=member, charge_ids=chosen
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
            request.POST.get("next") == "waiting"
            and "memberships:unmatched_receipts"
            or ("memberships:receipt", receipt_id),
            _("The receipt was matched."),
        )
    return page(request, "memberships/match_receipt.html", context | _choices(act, card, search))


def _choices(act: Act, card: queries.ReceiptCard, search: str) -> dict[str, Any]:
    proposal = None
    if card.open_won and not search:
        proposal = queries.proposals_for([(card.payer, card.open_won)], act.today)[0]
    members = queries.members_owing(act, search) if search.strip() else []
    charges: list[Any] = []
    picked = ""
    if proposal is not None:
        mine = queries.member_card(act, proposal.membership_id)
        picked = f"{mine.name} ({mine.number})"
        charges = list(queries.charges_of(act, proposal.membership_id, only_open=True)[:50])
    return {"proposal": proposal, "picked": picked, "charges": charges, "members": members}


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
        done=lambda count: "memberships:unmatched_receipts",
        said=lambda count: _now("%(count)d receipts were matched.") % {"count": count},
        back="memberships:unmatched_receipts",
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


def upload_receipts(request: HttpRequest) -> HttpResponse:
    """Step 1 of taking over a bank file."""
    act = act_of(request)
    return form_page(
        request,
        form=forms.UploadReceipts,
        template="memberships/upload_receipts.html",
        call=lambda act, given: commands.upload_receipts(
            act, filename=given["file"].name, content=given["file"].read(), fund=given["fund"]
        ),
        done=lambda staged: ("memberships:accept_receipts", staged.pk),
        may=policies.can_upload_receipts,
        context=lambda: {"files": list(queries.staged_files(act)[:10])},
    )


def accept_receipts(request: HttpRequest, import_id: int) -> HttpResponse:
    """Step 2: look over the rows and what they will be matched with; step 3: done."""
    act = act_of(request)
    staged = queries.staged_file(act, import_id)
    context: dict[str, Any] = {"staged": staged}
    if staged.state != "staged":
        return page(request, "memberships/receipts_accepted.html", context)
    look, rows = queries.preview_staged(act, staged, limit=ROWS_SHOWN)
    context |= {"look": look, "rows": rows, "shown": ROWS_SHOWN}
    if request.method == "POST":
        chosen = None
        if len(look.new) <= ROWS_SHOWN:
            chosen = tuple(_numbers(request.POST.getlist("row")))
        try:
            done = commands.accept_receipts(
                act, import_id=import_id, rows=chosen, match_sure="match" in request.POST
            )
        except Refusal as refusal:
            return refused(request, refusal, "memberships/accept_receipts.html", context)
        return away(
            request,
            ("memberships:accept_receipts", import_id),
            _now("%(new)d receipts were entered, %(matched)d of them matched.")
            % {"new": done.new_count, "matched": done.matched_count},
        )
    return page(request, "memberships/accept_receipts.html", context)


def discard_receipts(request: HttpRequest, import_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.discard_receipts(act, import_id=import_id),
        done=lambda made: "memberships:upload_receipts",
        said=_("The file was put away."),
        back=("memberships:accept_receipts", import_id),
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
    path("receipts/import/", upload_receipts, name="upload_receipts"),
    path("receipts/import/<int:import_id>/", accept_receipts, name="accept_receipts"),
    path("receipts/import/<int:import_id>/discard/", discard_receipts, name="discard_receipts"),
]
