"""Rounds of clearing: the list, one round, what is done in it, what is taken along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.parties import queries as parties
from dure.kernel.money import format_won
from dure.kernel.refusals import NotFound
from dure.ui import files, pdf
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.tables import Column, Table, ask, show

from .. import commands, documents, forms, policies, queries
from . import bars as barring, pools

CLEARINGS = Table(
    id="clearings",
    title=_("Rounds of clearing"),
    columns=(
        Column(
            "id",
            _("No."),
            kind="id",
            link=lambda one: reverse("trade:clearing", args=[one.id]),
        ),
        Column("cut_off_date", _("Due until"), kind="day"),
        Column("owed_won", _("Owed in all (won)"), kind="won"),
        Column("most_won", _("Can vanish (won)"), kind="won"),
        Column("agreed_won", _("Agreed (won)"), kind="won"),
        Column("settled_date", _("Settled on"), kind="day"),
        Column("state_label", pgettext_lazy("clearing", "State")),
    ),
    empty_title=_("No rounds yet"),
    empty_text=_(
        "A round shows what members could set off among themselves, before anyone agrees."
    ),
)


def clearings(request: HttpRequest) -> HttpResponseBase:
    """All rounds."""
    act = act_of(request)
    bars = queries.clearing_bars(act) if policies.can_see_clearing_bars(act) else ()
    rows = queries.clearings(act, bars)
    return show(
        request,
        CLEARINGS,
        ask(request, CLEARINGS),
        rows,
        "trade/clearings.html",
        {
            "may_open": bool(policies.can_open_clearing(act))
            and not any(one.state == "open" for one in rows),
            "may_bar": bool(policies.can_bar_from_clearing(act)),
            "bars": bars,
        },
    )


def open_clearing(request: HttpRequest) -> HttpResponse:
    """Reckon a dry run and ask the members."""
    pool = queries.liquidity_pool(act_of(request))
    return form_about(
        request,
        "trade:clearings",
        title=_now("Open a round of clearing"),
        form=forms.OpenClearingWithPoolForm if pool else forms.OpenClearingForm,
        may=policies.can_open_clearing,
        call=lambda act, given: commands.open_clearing(act, **given),
        done=lambda made: ("trade:clearing", made.pk),
        said=_(
            "The dry run is reckoned. Nothing is set off until members agree and it is settled."
        ),
        initial={"cut_off_date": act_of(request).today},
    )


def clearing(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: what would vanish for whom, who agreed, what can be done."""
    act = act_of(request)
    card = queries.clearing(act, round_id)
    office = bool(policies.can_settle_clearing(act))
    return page(
        request,
        "trade/clearing.html",
        {
            "card": card,
            "may": {
                "settle": office and card.is_open and card.row.agreed_won > 0,
                "give_up": office and card.is_open,
                "office": office and card.is_open,
                "undo": office and card.undo_until is not None and act.today <= card.undo_until,
                "money": bool(policies.can_use_cooperative_fund(act)),
            },
        },
    )


def agree_to_clearing(request: HttpRequest, round_id: int, party_id: int) -> HttpResponse:
    """One press; with the paper where the office types it in."""
    back = ("trade:clearing", round_id)
    said = _("Agreed. You can take it back until the round is settled.")
    if party_id in act_of(request).own:
        borrows = forms.BorrowsForm(request.POST)
        won = borrows.cleaned_data["borrows_won"] or 0 if borrows.is_valid() else 0
        return action(
            request,
            call=lambda act: commands.agree_to_clearing(
                act, round_id=round_id, party_id=party_id, borrows_won=won
            ),
            said=said,
            back=back,
        )
    card = queries.clearing(act_of(request), round_id)

    def agree(act: Any, given: dict[str, Any]) -> Any:
        given["borrows_won"] = given.get("borrows_won") or 0
        return commands.agree_to_clearing(act, round_id=round_id, party_id=party_id, **given)

    return form_about(
        request,
        back,
        title=_now("Agreed on paper"),
        name=_name(card, party_id),
        form=forms.AgreeWithPoolOnPaperForm if card.row.has_pool else forms.AgreeOnPaperForm,
        may=lambda act: policies.can_agree_to_clearing(act, party_id),
        call=agree,
        said=_("The member's consent is noted."),
    )


def withdraw_from_clearing(request: HttpRequest, round_id: int, party_id: int) -> HttpResponse:
    """Not, or no longer."""
    return form_about(
        request,
        ("trade:clearing", round_id),
        title=_now("Take no part"),
        name=_name(queries.clearing(act_of(request), round_id), party_id),
        form=forms.WhyNotForm,
        may=lambda act: policies.can_withdraw_from_clearing(act, party_id),
        call=lambda act, given: commands.withdraw_from_clearing(
            act, round_id=round_id, party_id=party_id, **given
        ),
        said=_("The round was reckoned without this member."),
    )


def exclude_from_clearing(request: HttpRequest, round_id: int, party_id: int) -> HttpResponse:
    """Seizure, insolvency."""
    return form_about(
        request,
        ("trade:clearing", round_id),
        title=_now("Exclude from the round"),
        name=_name(queries.clearing(act_of(request), round_id), party_id),
        form=forms.ExcludeForm,
        may=policies.can_exclude_from_clearing,
        call=lambda act, given: commands.exclude_from_clearing(
            act, round_id=round_id, party_id=party_id, **given
        ),
        said=_("The round was reckoned without this member."),
    )


def settle_clearing(request: HttpRequest, round_id: int) -> HttpResponse:
    """Set it off."""
    card = queries.clearing(act_of(request), round_id)
    return form_about(
        request,
        ("trade:clearing", round_id),
        title=_now("Settle the round"),
        name=_now("%(count)d members agreed: %(won)s of their debts and claims vanish.")
        % {"count": card.agreed, "won": format_won(card.row.agreed_won)},
        form=forms.SettleForm,
        may=policies.can_settle_clearing,
        call=lambda act, given: commands.settle_clearing(act, round_id=round_id),
        said=_("The round is settled. Each member finds its statement here."),
    )


def undo_clearing(request: HttpRequest, round_id: int) -> HttpResponse:
    """A settled round that was a mistake."""
    card = queries.clearing(act_of(request), round_id)
    return form_about(
        request,
        ("trade:clearing", round_id),
        title=_now("Undo the settled round"),
        name=_now("%(won)s of debts and claims are owed again.")
        % {"won": format_won(card.row.agreed_won)},
        form=forms.ReasonForm,
        may=policies.can_undo_clearing,
        call=lambda act, given: commands.undo_clearing(act, round_id=round_id, **given),
        said=_("The round is undone. Each member finds a statement of it here."),
    )


def give_up_clearing(request: HttpRequest, round_id: int) -> HttpResponse:
    """End it without setting anything off."""
    return form_about(
        request,
        ("trade:clearing", round_id),
        title=_now("Give the round up"),
        form=forms.ReasonForm,
        may=policies.can_give_up_clearing,
        call=lambda act, given: commands.give_up_clearing(act, round_id=round_id, **given),
        said=_("Nothing was set off."),
    )


def set_off_statement(request: HttpRequest, round_id: int, party_id: int) -> HttpResponse:
    """The statement of one member, as PDF."""
    act = act_of(request)
    found = queries.set_off_of(act, round_id, party_id)
    network = parties.network_profile()
    made = documents.set_off_pdf(found, network.name if network else "", act.at)
    title = f"{_now('Set-off statement')}_{round_id}_{found.name}".replace(" ", "_")
    return pdf.answer(made, f"{title}.pdf")


def clearing_certificate(request: HttpRequest, round_id: int) -> HttpResponse:
    """The proof, for `verify-clearing`."""
    found = queries.clearing_files(act_of(request), round_id)
    return files.as_it_came(found.certificate.encode(), f"certificate_{round_id}.json")


def clearing_set_off(request: HttpRequest, round_id: int) -> HttpResponse:
    """The set-offs of all invoices."""
    found = queries.clearing_files(act_of(request), round_id)
    return files.as_it_came(found.set_off.encode(), "set_off.csv")


def _name(card: queries.ClearingCard, party_id: int) -> str:
    """Whose answer it is. Raises NotFound."""
    for one in (*card.mine, *card.parties):
        if one.party_id == party_id:
            return one.name
    raise NotFound


urlpatterns = [
    *barring.urlpatterns,
    *pools.urlpatterns,
    path("clearing/<int:round_id>/undo/", undo_clearing, name="undo_clearing"),
    path("clearing/", clearings, name="clearings"),
    path("clearing/open/", open_clearing, name="open_clearing"),
    path("clearing/<int:round_id>/", clearing, name="clearing"),
    path("clearing/<int:round_id>/settle/", settle_clearing, name="settle_clearing"),
    path("clearing/<int:round_id>/give-up/", give_up_clearing, name="give_up_clearing"),
    path("clearing/<int:round_id>/certificate/", clearing_certificate, name="clearing_certificate"),
    path("clearing/<int:round_id>/set-off/", clearing_set_off, name="clearing_set_off"),
    path(
        "clearing/<int:round_id>/members/<int:party_id>/agree/",
        agree_to_clearing,
        name="agree_to_clearing",
    ),
    path(
        "clearing/<int:round_id>/members/<int:party_id>/withdraw/",
        withdraw_from_clearing,
        name="withdraw_from_clearing",
    ),
    path(
        "clearing/<int:round_id>/members/<int:party_id>/exclude/",
        exclude_from_clearing,
        name="exclude_from_clearing",
    ),
    path(
        "clearing/<int:round_id>/members/<int:party_id>/statement/",
        set_off_statement,
        name="set_off_statement",
    ),
]
