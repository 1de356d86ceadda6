"""A claim from the phone to the money, and the desk of those who review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws.rules import enforce
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.verdict import Verdict
from dure.ui.doors import act_of, action, form_about, form_page, page
from dure.ui.files import as_it_came
from dure.ui.tables import Column, Table, ask, show
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries

CLAIMS = Table(
    id="aid_claims",
    title=_("Claims of mutual aid"),
    columns=(
        Column(
            "id", _("No."), kind="id",
            link=lambda one: reverse("mutual_aid:aid_claim", args=[one.id]),
        ),
        Column("name", _("Member")),
        Column("event_label", pgettext_lazy("mutual aid", "What happened")),
        Column("state_label", pgettext_lazy("mutual aid", "State")),
        Column("won", _("Amount (won)"), kind="won"),
        Column("filed_date", pgettext_lazy("mutual aid", "Claimed on"), kind="day"),
    ),
    filters=forms.OwnerAsked,
    empty_title=_("There is no claim yet"),
    empty_text=_("Members claim under “My mutual aid”."),
)  # fmt: skip


def aid_claims(request: HttpRequest) -> HttpResponseBase:
    """The claims of all; what they are about, for those who review them."""
    act = act_of(request)
    asked = ask(request, CLAIMS)
    rows = queries.aid_claims(act, fund=asked.given.get("fund") or "")
    return show(request, CLAIMS, asked, rows, "mutual_aid/aid_claims.html", {})


def file_aid_claim(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Claim: first the answer of each rule, then it is sent; the evidence comes next."""
    act = act_of(request)
    card = queries.aid_enrolment(act, enrolment_id)

    def answer(act: Act, given: dict[str, Any]) -> queries.ClaimAnswer:
        asked = {name: given[name] for name in ("event", "relation", "event_date")}
        told = queries.claim_answer(act, enrolment_id=enrolment_id, **asked)
        enforce(told.findings)
        return told

    return form_page(
        request,
        form=forms.ClaimForm,
        template="mutual_aid/file_aid_claim.html",
        may=lambda act: policies.can_file_aid_claim(act, card.party_id),
        preview=answer,
        call=lambda act, given: commands.file_aid_claim(act, enrolment_id=enrolment_id, **given),
        done=lambda made: ("mutual_aid:add_aid_evidence", made.pk),
        said=_("Your claim is sent. Add a photograph of the evidence now, or later."),
        initial={"event_date": act.today},
        context={
            "card": card,
            "plan": queries.aid_plan(act, card.plan_id),
            "back": reverse("mutual_aid:aid_enrolment", args=[enrolment_id]),
        },
    )


def aid_claim(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """One claim: where it stands, and for those who review what it is about."""
    act = act_of(request)
    card = queries.aid_claim(act, aid_claim_id)
    own = card.party_id in act.own
    asks = bool(policies.can_withdraw_aid_claim(act, card))
    decides = bool(policies.can_approve_aid_claim(act, card))
    keeps = bool(policies.can_lay_down_aid_plan(act))
    may = {
        "bring": keeps and card.state == "filed",
        "bring_appeal": keeps and card.state == "appealed",
        "decide": decides and card.state == "filed",
        "decide_appeal": decides and card.state == "appealed",
        "pay": card.state == "approved" and bool(policies.can_pay_aid_benefit(act, card)),
        "add": asks and card.state in ("filed", "refused", "appealed"),
        "withdraw": asks and card.state in ("filed", "approved"),
        "appeal": asks
        and card.state == "refused"
        and card.appeal_until is not None
        and act.today <= card.appeal_until,
    }
    return page(
        request,
        "mutual_aid/aid_claim.html",
        {"card": card, "may": may, "own": own, "lists": bool(policies.can_see_aid_claims(act))},
    )


def withdraw_aid_claim(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Take a claim back."""
    at = ("mutual_aid:aid_claim", aid_claim_id)
    return action(
        request,
        call=lambda act: commands.withdraw_aid_claim(act, claim_id=aid_claim_id),
        said=_("The claim was taken back."),
        back=at,
    )


def aid_evidence(request: HttpRequest, aid_claim_id: int, aid_file_id: int) -> HttpResponse:
    """A piece of evidence as it came: saved, never shown inside a page of ours."""
    opened = queries.open_aid_evidence(act_of(request), aid_claim_id, aid_file_id)
    return as_it_came(opened.content, opened.name)


def _about(
    request: HttpRequest,
    aid_claim_id: int,
    title: str,
    form: type[django_forms.Form],
    may: Callable[[Act, policies.OfTaker], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    said: Any,
    day: str = "decided_date",
    effect: Callable[[queries.AidClaimCard], str] | None = None,
) -> HttpResponse:
    act = act_of(request)
    card = queries.aid_claim(act, aid_claim_id)
    return form_about(
        request,
        ("mutual_aid:aid_claim", aid_claim_id),
        title=title,
        name=f"{card.name} · {format_won(card.won)}",
        form=form,
        may=lambda act: may(act, card),
        call=call,
        said=said,
        preview=None if effect is None else lambda act, given: effect(card),
        initial={day: act.today},
    )


def add_aid_evidence(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Add a photograph."""

    def call(act: Act, given: dict[str, Any]) -> Any:
        upload = given["file"]
        return commands.add_aid_evidence(
            act, claim_id=aid_claim_id, name=upload.name, content=content_of(upload)
        )

    return _about(
        request,
        aid_claim_id,
        _now("Add evidence"),
        forms.EvidenceForm,
        policies.can_add_aid_evidence,
        call,
        _("The evidence is with the claim, sealed."),
    )


def appeal_aid_refusal(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Appeal against a refusal."""
    return _about(
        request,
        aid_claim_id,
        _now("Appeal"),
        forms.AppealForm,
        policies.can_appeal_aid_refusal,
        lambda act, given: commands.appeal_aid_refusal(act, claim_id=aid_claim_id, **given),
        _("The appeal is lodged. Another body looks at it."),
    )


def approve_aid_claim(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Approve a claim."""
    return _about(
        request,
        aid_claim_id,
        _now("Approve the claim"),
        forms.ApprovedForm,
        policies.can_approve_aid_claim,
        lambda act, given: commands.approve_aid_claim(act, claim_id=aid_claim_id, **given),
        _("The claim is approved. Now it is paid."),
    )


def refuse_aid_claim(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Refuse a claim."""
    return _about(
        request,
        aid_claim_id,
        _now("Refuse the claim"),
        forms.RefusedForm,
        policies.can_refuse_aid_claim,
        lambda act, given: commands.refuse_aid_claim(act, claim_id=aid_claim_id, **given),
        _("The member sees the reason, and until when to appeal."),
    )


def decide_aid_appeal(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Decide on an appeal."""
    return _about(
        request,
        aid_claim_id,
        _now("Decide on the appeal"),
        forms.AppealDecidedForm,
        policies.can_decide_aid_appeal,
        lambda act, given: commands.decide_aid_appeal(act, claim_id=aid_claim_id, **given),
        _("The decision on the appeal is entered."),
    )


def pay_aid_benefit(request: HttpRequest, aid_claim_id: int) -> HttpResponse:
    """Pay a benefit."""
    return _about(
        request,
        aid_claim_id,
        _now("Pay the aid"),
        forms.PaidForm,
        policies.can_pay_aid_benefit,
        lambda act, given: commands.pay_aid_benefit(act, claim_id=aid_claim_id, **given),
        _("The aid is paid and entered."),
        "paid_date",
        lambda card: (
            _now("%(won)s go to %(name)s.") % {"won": format_won(card.won), "name": card.name}
        ),
    )


urlpatterns = [
    path("claims/", aid_claims, name="aid_claims"),
    path("<int:enrolment_id>/claim/", file_aid_claim, name="file_aid_claim"),
    path("claims/<int:aid_claim_id>/", aid_claim, name="aid_claim"),
    path("claims/<int:aid_claim_id>/withdraw/", withdraw_aid_claim, name="withdraw_aid_claim"),
    path("claims/<int:aid_claim_id>/evidence/", add_aid_evidence, name="add_aid_evidence"),
    path(
        "claims/<int:aid_claim_id>/evidence/<int:aid_file_id>/", aid_evidence, name="aid_evidence"
    ),
    path("claims/<int:aid_claim_id>/appeal/", appeal_aid_refusal, name="appeal_aid_refusal"),
    path("claims/<int:aid_claim_id>/approve/", approve_aid_claim, name="approve_aid_claim"),
    path("claims/<int:aid_claim_id>/refuse/", refuse_aid_claim, name="refuse_aid_claim"),
    path("claims/<int:aid_claim_id>/decide-appeal/", decide_aid_appeal, name="decide_aid_appeal"),
    path("claims/<int:aid_claim_id>/pay/", pay_aid_benefit, name="pay_aid_benefit"),
]
