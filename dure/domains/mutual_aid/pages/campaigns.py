"""Campaigns: what runs, a campaign with its applications and gifts, and what everybody is told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.kernel.verdict import ALLOW, deny
from dure.ui import charts, pdf
from dure.ui.doors import act_of, action, form_about, form_page, page
from dure.ui.files import as_it_came
from dure.ui.uploads import content_of

from .. import commands, documents, forms, policies, queries


def aid_campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, and what waits for the reader."""
    act = act_of(request)
    cards = queries.aid_campaigns(act)
    return page(
        request,
        "mutual_aid/aid_campaigns.html",
        {
            "campaigns": [(one, one.is_open(act.today)) for one in cards],
            "waiting": queries.aid_grants_waiting(act),
            "opens": bool(policies.can_open_aid_campaign(act)),
        },
    )


def open_aid_campaign(request: HttpRequest) -> HttpResponse:
    """Open a campaign with its fund."""
    funds = [(one.code, one.name) for one in ledger.funds() if one.is_active]
    return form_about(
        request,
        "mutual_aid:aid_campaigns",
        title=_("Open a campaign"),
        form=lambda *args, **given: forms.CampaignForm(*args, funds=funds, **given),
        may=policies.can_open_aid_campaign,
        call=lambda act, given: commands.open_aid_campaign(act, **given),
        done=lambda made: ("mutual_aid:aid_campaign", made.pk),
        said=_("The campaign is open, with a fund of its own."),
        initial={"from_date": act_of(request).today},
    )


def aid_campaign(request: HttpRequest, aid_campaign_id: int) -> HttpResponse:
    """One campaign: what it is for, its applications and gifts as far as the reader sees them."""
    act = act_of(request)
    card, grants, gifts = queries.aid_campaign(act, aid_campaign_id)
    is_open = card.is_open(act.today)
    return page(
        request,
        "mutual_aid/aid_campaign.html",
        {
            "card": card,
            "grants": grants,
            "gifts": gifts,
            "asks": is_open and bool(_mine(request)),
            "receives": card.closed_date is None and bool(policies.can_receive_aid_gift(act)),
            "closes": card.closed_date is None and bool(policies.can_close_aid_campaign(act)),
        },
    )


def _mine(request: HttpRequest) -> list[tuple[int, str]]:
    act = act_of(request)
    found = memberships.my_membership(act)
    return [(one.id, one.name) for one in found if one.left_date is None]


def ask_for_aid_grant(request: HttpRequest, aid_campaign_id: int) -> HttpResponse:
    """Ask for help, in a few questions."""
    mine = _mine(request)
    card, _grants, _gifts = queries.aid_campaign(act_of(request), aid_campaign_id)
    return form_page(
        request,
        may=lambda act: ALLOW if mine else deny(_("Members ask for themselves.")),
        form=lambda *args, **given: forms.GrantForm(*args, mine=mine, **given),
        template="ui/form.html",
        call=lambda act, given: commands.ask_for_aid_grant(
            act, campaign_id=aid_campaign_id, **given
        ),
        done=lambda made: ("mutual_aid:aid_grant", made.pk),
        said=_("Your application is sent. You see here what becomes of it."),
        initial={"membership_id": mine[0][0] if mine else None},
        context={
            "title": _("Ask for help"),
            "name": card.name,
            "back": reverse("mutual_aid:aid_campaign", args=[aid_campaign_id]),
        },
    )


def aid_grant(request: HttpRequest, aid_grant_id: int) -> HttpResponse:
    """One application."""
    act = act_of(request)
    card = queries.aid_grant(act, aid_grant_id)
    asked = card.state == "asked"
    may = {
        "decide": asked and bool(policies.can_decide_aid_grant(act, card)),
        "bring": asked and bool(policies.can_bring_aid_grant(act, card)),
        "add": card.state in ("asked", "granted")
        and bool(policies.can_add_aid_grant_evidence(act, card)),
        "pay": card.state == "granted" and bool(policies.can_pay_aid_grant(act, card)),
        "withdraw": card.state in ("asked", "granted")
        and bool(policies.can_withdraw_aid_grant(act, card)),
    }
    return page(request, "mutual_aid/aid_grant.html", {"card": card, "may": may})


def decide_aid_grant(request: HttpRequest, aid_grant_id: int) -> HttpResponse:
    """Say how much is given."""
    return _about_grant(
        request,
        aid_grant_id,
        title=_("Decide"),
        form=forms.GrantDecisionForm,
        may=policies.can_decide_aid_grant,
        call=commands.decide_aid_grant,
        said=_("What you said is entered."),
        initial=lambda card: {"won": card.asked_won},
    )


def add_aid_grant_evidence(request: HttpRequest, aid_grant_id: int) -> HttpResponse:
    """Add a photograph."""

    def call(act: Act, *, grant_id: int, file: Any) -> Any:
        return commands.add_aid_grant_evidence(
            act, grant_id=grant_id, name=file.name, content=content_of(file)
        )

    return _about_grant(
        request,
        aid_grant_id,
        title=_("Add evidence"),
        form=forms.EvidenceForm,
        may=policies.can_add_aid_grant_evidence,
        call=call,
        said=_("The evidence is with the application, sealed."),
        initial=lambda card: None,
    )


def aid_grant_evidence(request: HttpRequest, aid_grant_id: int, grant_file_id: int) -> HttpResponse:
    """A piece of evidence as it came: saved, never shown inside a page of ours."""
    opened = queries.open_aid_grant_evidence(act_of(request), aid_grant_id, grant_file_id)
    return as_it_came(opened.content, opened.name)


def pay_aid_grant(request: HttpRequest, aid_grant_id: int) -> HttpResponse:
    """Pay what was granted."""
    return _about_grant(
        request,
        aid_grant_id,
        title=_("Pay the help"),
        form=forms.PaidForm,
        may=policies.can_pay_aid_grant,
        call=commands.pay_aid_grant,
        said=_("It is paid and entered."),
        initial=lambda card: {"paid_date": act_of(request).today},
    )


def _about_grant(
    request: HttpRequest, aid_grant_id: int, *, may: Any, call: Any, initial: Any, **about: Any
) -> HttpResponse:
    card = queries.aid_grant(act_of(request), aid_grant_id)
    won = card.won or card.asked_won
    return form_about(
        request,
        ("mutual_aid:aid_grant", aid_grant_id),
        name=f"{card.name} · {format_won(won)}",
        may=lambda act: may(act, card),
        call=lambda act, given: call(act, grant_id=aid_grant_id, **given),
        initial=initial(card),
        **about,
    )


def withdraw_aid_grant(request: HttpRequest, aid_grant_id: int) -> HttpResponse:
    """Take an application back."""
    return action(
        request,
        call=lambda act: commands.withdraw_aid_grant(act, grant_id=aid_grant_id),
        said=_("The application was taken back."),
        back=("mutual_aid:aid_grant", aid_grant_id),
    )


def receive_aid_gift(request: HttpRequest, aid_campaign_id: int) -> HttpResponse:
    """Take a gift in."""
    card, _grants, _gifts = queries.aid_campaign(act_of(request), aid_campaign_id)
    return form_about(
        request,
        ("mutual_aid:aid_campaign", aid_campaign_id),
        title=_("Take a gift in"),
        name=card.name,
        form=forms.GiftForm,
        may=policies.can_receive_aid_gift,
        call=lambda act, given: commands.receive_aid_gift(
            act, campaign_id=aid_campaign_id, **given
        ),
        said=_("The gift is entered. Its receipt is in the list."),
        initial={"given_date": act_of(request).today},
    )


def undo_aid_gift(request: HttpRequest, aid_gift_id: int) -> HttpResponse:
    """Take back a gift that was entered wrongly."""
    act = act_of(request)
    gift = queries.aid_gift(act, aid_gift_id)
    return form_about(
        request,
        ("mutual_aid:aid_campaign", gift.campaign_id),
        title=_("Take the gift back"),
        name=format_won(gift.won),
        form=forms.UndoForm,
        may=policies.can_undo_aid_gift,
        call=lambda act, given: commands.undo_aid_gift(act, gift_id=aid_gift_id, **given),
        said=_("The gift was taken back."),
    )


def aid_gift_receipt(request: HttpRequest, aid_gift_id: int) -> HttpResponse:
    """The receipt of a gift."""
    act = act_of(request)
    gift, network = queries.aid_gift(act, aid_gift_id), parties.network_profile()
    made = documents.gift_receipt_pdf(gift, network.name if network else "", act.at)
    return pdf.answer(made, f"{_now('Receipt of a gift')}_{gift.id}.pdf".replace(" ", "_"))


def close_aid_campaign(request: HttpRequest, aid_campaign_id: int) -> HttpResponse:
    """Close a campaign."""
    act = act_of(request)
    card, _grants, _gifts = queries.aid_campaign(act, aid_campaign_id)
    return form_about(
        request,
        ("mutual_aid:aid_campaign", aid_campaign_id),
        title=_("Close the campaign"),
        name=card.name,
        form=forms.CloseCampaignForm,
        may=policies.can_close_aid_campaign,
        call=lambda act, given: commands.close_aid_campaign(
            act, campaign_id=aid_campaign_id, **given
        ),
        preview=lambda act, given: _now("What is left goes to %(fund)s.") % {"fund": card.rest_to},
        said=_("The campaign is closed."),
        initial={"closed_date": act.today},
    )


def aid_campaign_report(request: HttpRequest, aid_campaign_id: int) -> HttpResponse:
    """What everybody is told: no names, and nothing by which anybody could be known."""
    report = queries.aid_campaign_report(act_of(request), aid_campaign_id)
    picture = None
    parts = [charts.Part(_now("Given to the campaign"), report.given_won)]
    if report.paid_won is not None and report.left_won is not None:
        parts.append(charts.Part(_now("Given as help"), report.paid_won))
        parts.append(charts.Part(pgettext("campaign", "Left"), report.left_won))
        picture = charts.rows(_now("The money of the campaign"), parts)
    return page(
        request, "mutual_aid/aid_campaign_report.html", {"report": report, "picture": picture}
    )


urlpatterns = [
    path("campaigns/", aid_campaigns, name="aid_campaigns"),
    path("campaigns/open/", open_aid_campaign, name="open_aid_campaign"),
    path("campaigns/<int:aid_campaign_id>/", aid_campaign, name="aid_campaign"),
    path("campaigns/<int:aid_campaign_id>/ask/", ask_for_aid_grant, name="ask_for_aid_grant"),
    path("campaigns/<int:aid_campaign_id>/give/", receive_aid_gift, name="receive_aid_gift"),
    path("campaigns/<int:aid_campaign_id>/close/", close_aid_campaign, name="close_aid_campaign"),
    path(
        "campaigns/<int:aid_campaign_id>/report/", aid_campaign_report, name="aid_campaign_report"
    ),
    path("gifts/<int:aid_gift_id>/receipt/", aid_gift_receipt, name="aid_gift_receipt"),
    path("gifts/<int:aid_gift_id>/undo/", undo_aid_gift, name="undo_aid_gift"),
    path("grants/<int:aid_grant_id>/", aid_grant, name="aid_grant"),
    path("grants/<int:aid_grant_id>/decide/", decide_aid_grant, name="decide_aid_grant"),
    path(
        "grants/<int:aid_grant_id>/evidence/", add_aid_grant_evidence, name="add_aid_grant_evidence"
    ),
    path(
        "grants/<int:aid_grant_id>/evidence/<int:grant_file_id>/",
        aid_grant_evidence,
        name="aid_grant_evidence",
    ),  # fmt: skip
    path("grants/<int:aid_grant_id>/pay/", pay_aid_grant, name="pay_aid_grant"),
    path("grants/<int:aid_grant_id>/withdraw/", withdraw_aid_grant, name="withdraw_aid_grant"),
]
