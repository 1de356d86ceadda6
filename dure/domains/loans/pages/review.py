"""The review of one loan: papers, notes, conditions, guarantors."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.files import as_it_came
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries


def hand_in_loan_paper(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Hand in a paper; on a phone its camera opens."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    review = queries.review_card(act, loan_id)
    titles = [*review.missing, *(one.title for one in review.papers if one.file)]

    def call(act: Act, given: dict[str, Any]) -> Any:
        sent = given["file"]
        return commands.hand_in_loan_paper(
            act, loan_id=loan_id, title=given["title"], name=sent.name, content=content_of(sent)
        )

    return form_about(
        request, ("loans:loan", loan_id), title=_now("Hand in a paper"), name=card.product,
        form=partial(forms.HandInForm, titles=list(dict.fromkeys(titles))),
        may=lambda act: policies.can_hand_in_loan_paper(act, card), call=call,
        said=_("The paper is kept, encrypted. Only those who review the loan can open it."),
    )  # fmt: skip


def loan_paper(request: HttpRequest, loan_paper_id: int) -> HttpResponse:
    """A paper as it came: saved, never shown inside a page of ours."""
    opened = queries.loan_paper(act_of(request), loan_paper_id)
    return as_it_came(opened.content, opened.name)


def note_loan(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Note an interview or an opinion."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    return form_about(
        request, ("loans:loan", loan_id), title=_now("Note an interview or opinion"),
        name=f"{card.name} · {format_won(card.asked_won)}", form=forms.NoteForm,
        may=lambda act: policies.can_note_loan(act, card),
        call=lambda act, given: commands.note_loan(act, loan_id=loan_id, **given),
        said=_("It is noted, encrypted, for the reviewers and the borrower."),
        initial={"on_date": act.today},
    )  # fmt: skip


def meet_loan_condition(request: HttpRequest, loan_id: int, condition_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.meet_loan_condition(act, condition_id=condition_id),
        said=_("The condition is met."),
        back=("loans:loan", loan_id),
    )


def name_guarantor(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Name a member by number and name, so that nobody has to be looked up."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)

    def call(act: Act, given: dict[str, Any]) -> Any:
        number, name = given.pop("number"), given.pop("name")
        membership_id = memberships.membership_named(number, name)
        return commands.name_guarantor(act, loan_id=loan_id, membership_id=membership_id, **given)

    return form_about(
        request, ("loans:loan", loan_id), title=_now("Name a guarantor"),
        name=f"{card.product} · {format_won(card.won)}", form=forms.GuarantorForm,
        may=lambda act: policies.can_name_guarantor(act, card), call=call,
        said=_("The guarantor is asked, and answers in person on the own page."),
        initial={"most_won": card.won},
    )  # fmt: skip


def guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """One guarantee, with its one next step."""
    act = act_of(request)
    line = queries.guarantee_line(act, guarantee_id)
    may = {
        "answer": line.state == "asked" and bool(policies.can_answer_guarantee(act, line)),
        "sign": line.state == "agreed" and bool(policies.can_sign_guarantee(act, line)),
        "call": line.state == "signed" and line.loan_state == "running" and not line.called_date
        and bool(policies.can_call_guarantor(act, line)),
        "pay": bool(line.called_date) and line.loan_state == "running"
        and bool(policies.can_pay_as_guarantor(act, line)),
        "loan": line.borrower_id in act.own or bool(policies.can_see_loans(act)),
    }  # fmt: skip
    return page(request, "loans/guarantee.html", {"line": line, "may": may})


def answer_guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    agrees = request.POST.get("agrees") == "1"
    return action(
        request,
        call=lambda act: commands.answer_guarantee(act, guarantee_id=guarantee_id, agrees=agrees),
        done=lambda made: "loans:my_loans",
        said=_("Your answer is noted."),
        back=("loans:guarantee", guarantee_id),
    )


def sign_guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.sign_guarantee(act, guarantee_id=guarantee_id),
        said=_("The signed paper is noted."),
        back=("loans:guarantee", guarantee_id),
    )


def call_guarantor(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.call_guarantor(act, guarantee_id=guarantee_id),
        said=_("The guarantor is called."),
        back=("loans:guarantee", guarantee_id),
    )


def pay_as_guarantor(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    act = act_of(request)
    line = queries.guarantee_line(act, guarantee_id)
    return form_about(
        request, ("loans:guarantee", guarantee_id), title=_now("Take the guarantor's payment in"),
        name=f"{line.name} · {format_won(line.most_won)}", form=forms.RepayForm,
        may=lambda act: policies.can_pay_as_guarantor(act, line),
        call=lambda act, given: commands.pay_as_guarantor(
            act, guarantee_id=guarantee_id, won=given["won"], paid_date=given["paid_date"]
        ),
        said=_("It is booked; the borrower owes it to the guarantor now."),
        initial={"paid_date": act.today},
    )  # fmt: skip


urlpatterns = [
    path("<int:loan_id>/hand-in/", hand_in_loan_paper, name="hand_in_loan_paper"),
    path("papers/<int:loan_paper_id>/", loan_paper, name="loan_paper"),
    path("<int:loan_id>/note/", note_loan, name="note_loan"),
    path(
        "<int:loan_id>/conditions/<int:condition_id>/met/",
        meet_loan_condition,
        name="meet_loan_condition",
    ),
    path("<int:loan_id>/guarantor/", name_guarantor, name="name_guarantor"),
    path("guarantees/<int:guarantee_id>/", guarantee, name="guarantee"),
    path("guarantees/<int:guarantee_id>/answer/", answer_guarantee, name="answer_guarantee"),
    path("guarantees/<int:guarantee_id>/sign/", sign_guarantee, name="sign_guarantee"),
    path("guarantees/<int:guarantee_id>/call/", call_guarantor, name="call_guarantor"),
    path("guarantees/<int:guarantee_id>/pay/", pay_as_guarantor, name="pay_as_guarantor"),
]
