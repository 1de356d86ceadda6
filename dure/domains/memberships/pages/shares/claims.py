"""Shares asked back: on which day what is possible and why, the resolution, the money."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.verdict import Verdict, deny
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from ... import commands, policies
from ...forms import shares as forms
from ...queries import members as members_queries, shares as queries


def here(judge: Callable[[Act], Verdict]) -> Callable[[Act], Verdict]:
    """The policy, and whether this network has share capital at all: the reason if not."""

    def may(act: Act) -> Verdict:
        verdict = judge(act)
        if verdict and (why := queries.why_no_shares(bylaws.rules_on(act.today))):
            return deny(why)
        return verdict

    return may


def reduce_shares(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.holder_card(act, membership_id)
    return form_page(
        request,
        form=forms.ReduceShares,
        template="memberships/reduce_shares.html",
        call=lambda act, given: commands.reduce_shares(act, membership_id=membership_id, **given),
        done=lambda made: ("memberships:share_claim", made.pk),
        said=_("The claim was noted."),
        may=here(lambda act: policies.can_reduce_shares(act, card)),
        initial={"asked_date": act.today},
        context={"card": card},
    )


def ask_share_refund(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Withdraw and refund: on which day what is possible, and why; and asking, when it is."""
    act = act_of(request)
    card = queries.holder_card(act, membership_id)
    heir = card.left_reason == "died"
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.AskShareRefund(*args, heir=heir, **kwargs),
        template="memberships/ask_share_refund.html",
        call=lambda act, given: commands.ask_share_refund(
            act, membership_id=membership_id, **given
        ),
        done=lambda made: ("memberships:share_claim", made.pk),
        said=_("The claim was noted."),
        may=lambda act: policies.can_ask_share_refund(act, card),
        initial={"asked_date": act.today},
        context=lambda: {
            "card": card,
            "steps": (steps := queries.path_of(act, card)),
            "asked": any(one.name == _now(queries.ASK) and one.state == "done" for one in steps),
            "may_leave": card.left_date is None and bool(policies.can_leave_membership(act, card)),
            "office": bool(policies.can_transfer_shares(act)),
            "by_meeting": not policies.can_approve_share_refund(act),
            "claim": queries.latest_claim(membership_id),
        },
    )


def lapse_share_claim(request: HttpRequest, membership_id: int) -> HttpResponse:
    card = queries.holder_card(act_of(request), membership_id)
    return form_page(
        request,
        form=forms.LapseShareClaim,
        template="memberships/lapse_share_claim.html",
        call=lambda act, given: commands.lapse_share_claim(
            act, membership_id=membership_id, **given
        ),
        done=lambda made: ("memberships:share_claim", made.pk),
        said=_("The claim has lapsed."),
        may=policies.can_lapse_share_claim,
        context={"card": card},
    )


CLAIMS = Table(
    id="share_claims",
    title=_("Shares to be paid back"),
    columns=(
        Column("number", _("No."), "membership.number", kind="id"),
        Column(
            "name",
            _("Name"),
            "membership.party.name",
            link=lambda c: reverse("memberships:share_claim", args=[c.pk]),
        ),
        Column("kind", _("Why"), lambda c: c.get_kind_display()),
        Column("asked_date", _("Asked for on"), kind="day", sort="asked_date"),
        Column("claimable_date", _("From"), kind="day", sort="claimable_date"),
        Column("paid_in_won", _("Paid in (won)"), kind="won", sort="paid_in_won"),
        Column("amount_won", _("To be paid back (won)"), kind="won", sort="amount_won"),
        Column("open_won", _("Still to be paid (won)"), kind="won"),
        Column("state", _("State"), lambda c: c.get_state_display()),
    ),
    sort="claimable_date",
    searchable=False,
    empty_title=_("Nobody has asked for shares back"),
)


def share_claims(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    asked = ask(request, CLAIMS)
    context = {"lapsing": queries.claims_lapsing(act, act.today)}
    return show(
        request, CLAIMS, asked, queries.claims(act), "memberships/share_claims.html", context
    )


def remind_share_claims(request: HttpRequest) -> HttpResponse:
    """Letters to those whose claim lapses before long."""
    given = request.POST.getlist("membership")[:500]
    ids = tuple(int(pk) for pk in given if pk.isascii() and pk.isdigit() and len(pk) < 18)
    return action(
        request,
        call=lambda act: commands.remind_share_claims(act, membership_ids=ids),
        said=_("The letters are on their way."),
        back="memberships:share_claims",
    )


def share_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.claim_card(act, claim_id)
    return page(
        request,
        "memberships/share_claim.html",
        {
            "claim": card,
            "steps": card.steps,
            "keeps": policies.keeps_members(act),
            "office": bool(policies.can_transfer_shares(act)),
        },
    )


def approve_share_refund(request: HttpRequest, claim_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.claim_card(act, claim_id)
    return form_page(
        request,
        form=forms.ApproveShareRefund,
        template="memberships/approve_share_refund.html",
        call=lambda act, given: commands.approve_share_refund(act, claim_id=claim_id, **given),
        preview=lambda act, given: (
            _now("%(won)s become owed to %(name)s, of %(paid)s paid in.")
            % {
                "won": format_won(card.expected_won),
                "name": card.name,
                "paid": format_won(card.paid_in_won),
            }
        ),
        done=lambda made: ("memberships:share_claim", claim_id),
        said=_("The resolution was noted; the shares are to be paid back."),
        may=policies.can_approve_share_refund,
        initial={
            "decided_date": act.today,
            "members_total": members_queries.member_count(act.today),
        },
        context={"claim": card},
    )


def pay_share_refund(request: HttpRequest, claim_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.claim_card(act, claim_id)
    return form_page(
        request,
        form=forms.PayShareRefund,
        template="memberships/pay_share_refund.html",
        call=lambda act, given: commands.pay_share_refund(act, claim_id=claim_id, **given),
        done=lambda made: ("memberships:share_claim", claim_id),
        said=_("The shares were paid back."),
        may=policies.can_pay_share_refund,
        initial={"paid_date": act.today, "amount_won": card.open_won or None},
        context={"claim": card},
    )


urlpatterns = [
    path("shares/claims/", share_claims, name="share_claims"),
    path("shares/claims/remind/", remind_share_claims, name="remind_share_claims"),
    path("shares/claims/<int:claim_id>/", share_claim, name="share_claim"),
    path(
        "shares/claims/<int:claim_id>/approve/", approve_share_refund, name="approve_share_refund"
    ),
    path("shares/claims/<int:claim_id>/pay/", pay_share_refund, name="pay_share_refund"),
    path("<int:membership_id>/shares/reduce/", reduce_shares, name="reduce_shares"),
    path("<int:membership_id>/shares/refund/", ask_share_refund, name="ask_share_refund"),
    path("<int:membership_id>/shares/lapse/", lapse_share_claim, name="lapse_share_claim"),
]
