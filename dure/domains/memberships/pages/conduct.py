"""Cases about conduct: opened, noted step by step, decided; the member reads and appeals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound, type_text
from dure.kernel.verdict import Verdict
from dure.ui import pdf
from dure.ui.doors import act_of, form_page, page
from dure.ui.fields import DateField
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, policies, queries
from ..forms import conduct as forms

CASES = Table(
    id="conduct_cases",
    title=_("Conduct cases"),
    columns=(
        Column("opened_date", _("Opened"), kind="day", sort="opened_date"),
        Column(
            "name",
            _("Member"),
            "membership.party.name",
            link=lambda c: reverse("memberships:conduct_case", args=[c.pk]),
        ),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("article", _("Article")),
        Column("meeting_date", _("Meeting"), kind="day", sort="meeting_date"),
        Column("state", _("State"), "get_state_display"),
    ),
    sort="-opened_date",
    empty_title=_("No cases"),
    empty_text=_("Nobody's conduct is under review. That is how it should be."),
)


def conduct_cases(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, CASES)
    rows = queries.conduct_cases(act_of(request))
    return show(request, CASES, asked, rows, "memberships/conduct_cases.html")


def conduct_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case: what was noted, what is missing, and what can be done next."""
    act = act_of(request)
    card = queries.conduct_card(act, case_id)
    return page(
        request,
        "memberships/conduct_case.html",
        {
            "card": card,
            "effects": queries.effects_of(act, card) if card.is_open or card.from_date else None,
            "letters": [(kind, LETTERS[kind]) for kind in card.letters],
            "office": bool(policies.can_see_conduct_cases(act)),
            "by_meeting": not policies.can_decide_conduct_case(act, card),
        },
    )


LETTERS = {
    "notice": _("Notice of the hearing"),
    "decision": _("Decision"),
    "appeal": _("Decision on the appeal"),
}


class MeetingDay(django_forms.Form):
    """Of which meeting a notice tells that is printed before it is given."""

    meeting = DateField(label=_("Day of the meeting"), required=False)


def conduct_letter(request: HttpRequest, case_id: int, kind: str) -> HttpResponse:
    """A letter of the case on paper: for the post, or to hand over."""
    act = act_of(request)
    card = queries.conduct_card(act, case_id)
    asked = MeetingDay(request.GET)
    meeting = asked.cleaned_data["meeting"] if asked.is_valid() else None
    about = queries.case_letter(f"conduct_{kind}", case_id, meeting) if kind in LETTERS else None
    if about is None:
        raise NotFound
    made = documents.letter_pdf(f"conduct_{kind}", about, act.at)
    return pdf.answer(made, f"{LETTERS[kind]} {card.name}.pdf")


def effect_of_decision(act: Act, *, case_id: int, **typed: Any) -> str:
    """What will follow from a decision, in words. Raises what the rules do not carry."""
    judged = queries.preview_decision(act, case_id=case_id, **typed)
    card = queries.conduct_card(act, case_id)
    if typed["outcome"] != "upheld":
        return _now("The case is dismissed; nothing changes for %(name)s.") % {"name": card.name}
    if card.kind_code == "review":
        return _now("The review finds something to decide on; it has no effect of its own.")
    effects = queries.effects_of(act, replace(card, from_date=judged.from_date))
    values = {
        "name": card.name,
        "from": format_date(judged.from_date),
        "until": format_date(judged.until_date) if judged.until_date else "",
        "open": format_won(effects.open_won),
        "shares": format_won(effects.shares_won),
        "offices": len(effects.offices),
    }
    if effects.ends:
        return (
            _now(
                "%(name)s is no longer a member from %(from)s: no dues are billed from then on, open dues of %(open)s stay owed, shares of %(shares)s can be claimed back. Offices held by them: %(offices)d."
            )
            % values
        )
    if card.kind_code == "suspension":
        return _now("%(name)s is suspended from %(from)s until %(until)s; dues go on.") % values
    return _now("%(name)s is warned; the warning lapses on %(until)s.") % values


def open_conduct_case(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A new case; with `follows` in the address, what a review found is filled in."""
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    given = request.GET.get("follows", "")
    review = queries.conduct_card(act, int(given)) if given.isascii() and given.isdigit() else None
    return form_page(
        request,
        form=forms.OpenConductCase,
        template="memberships/conduct_form.html",
        may=lambda act: policies.can_open_conduct_case(act, card),
        call=lambda act, given: commands.open_conduct_case(
            act,
            membership_id=membership_id,
            follows_id=review.id if review else None,
            **given,
        ),
        done=lambda case: ("memberships:conduct_case", case.pk),
        said=_("The case is open. Next the member is told the reason."),
        initial={
            "kind": "warning",
            "ground": review.ground_code,
            "article": review.article,
            "reason": review.reason,
        }
        if review
        else {"ground": "bylaw_reason"},
        context={
            "title": _now("Open a case"),
            "name": card.name,
            "back": reverse("memberships:member", args=[membership_id]),
            "submit": _now("Open the case"),
        },
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A deed done to a case by one form: where, by whom, and what is said on its page."""

    route: str
    call: Callable[..., Any]
    may: Callable[[Act, Any], Verdict]
    form: type[django_forms.Form]
    title: type_text
    said: type_text = _("Noted.")
    preview: Callable[..., Any] | None = None

    def url(self) -> URLPattern:
        return path(f"conduct/<int:case_id>/{self.route}/", self.show, name=self.call.__name__)

    def show(self, request: HttpRequest, case_id: int) -> HttpResponse:
        card = queries.conduct_card(act_of(request), case_id)
        preview = self.preview
        return form_page(
            request,
            form=self.form,
            template="memberships/conduct_form.html",
            may=lambda act: self.may(act, card),
            preview=preview and (lambda act, given: preview(act, case_id=case_id, **given)),
            call=lambda act, given: self.call(act, case_id=case_id, **given),
            done=lambda case: ("memberships:conduct_case", case_id),
            said=self.said,
            context={
                "title": self.title,
                "name": card.name,
                "card": card,
                "back": reverse("memberships:conduct_case", args=[case_id]),
                "submit": self.title,
            },
        )


STEPS = (
    Step(
        "notice",
        commands.note_conduct_notice,
        policies.can_note_conduct_notice,
        forms.NoteNotice,
        _("Note how the member was told"),
    ),
    Step(
        "hearing",
        commands.note_conduct_hearing,
        policies.can_note_conduct_hearing,
        forms.NoteHearing,
        _("Note the hearing"),
    ),
    Step(
        "recommend",
        commands.note_conduct_recommendation,
        policies.can_note_conduct_recommendation,
        forms.NoteRecommendation,
        _("Note a recommendation"),
        _("Noted. A recommendation has no effect of its own."),
    ),
    Step(
        "decide",
        commands.decide_conduct_case,
        policies.can_decide_conduct_case,
        forms.DecideCase,
        _("Note the decision"),
        _("The decision is noted."),
        effect_of_decision,
    ),
    Step(
        "withdraw",
        commands.withdraw_conduct_case,
        policies.can_withdraw_conduct_case,
        forms.WithdrawCase,
        _("Withdraw the case"),
        _("The case is withdrawn."),
    ),
    Step(
        "appeal",
        commands.appeal_conduct_decision,
        policies.can_appeal_conduct_decision,
        forms.Appeal,
        _("Appeal"),
        _("The appeal is noted. Another body decides on it."),
    ),
    Step(
        "appeal/decide",
        commands.decide_conduct_appeal,
        policies.can_decide_conduct_appeal,
        forms.DecideAppeal,
        _("Note the decision on the appeal"),
        _("The decision on the appeal is noted."),
    ),
)
urlpatterns = [
    path("conduct/", conduct_cases, name="conduct_cases"),
    path("<int:membership_id>/conduct/open/", open_conduct_case, name="open_conduct_case"),
    path("conduct/<int:case_id>/", conduct_case, name="conduct_case"),
    path("conduct/<int:case_id>/letter/<slug:kind>/", conduct_letter, name="conduct_letter"),
    *(step.url() for step in STEPS),
]
