"""The log of reads of a month, and why files were taken along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import Month, format_month, parse_month
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, form_page, page

from .. import commands, forms, policies, queries


def reads_of_month(request: HttpRequest, month: str = "") -> HttpResponse:
    """The log of a month: who read how much, downloads and their reasons; without a month, the one
    that waits to be looked through."""
    act = act_of(request)
    wanted = (
        parse_month(month) if month else queries.month_to_check(act) or Month.of(act.today).plus(-1)
    )
    log = queries.reads_of_month(act, wanted)
    return page(
        request,
        "privacy/reads_of_month.html",
        {
            "log": log,
            "month": wanted,
            "earlier": wanted.plus(-1),
            "later": wanted.plus(1) if wanted < Month.of(act.today) else None,
            "is_over": wanted.end_date <= act.today,
        },
    )


def confirm_reads(request: HttpRequest, month: str) -> HttpResponse:
    """A person confirms a month's log."""
    wanted = parse_month(month)
    return form_page(
        request,
        form=forms.ConfirmReadsForm,
        template="privacy/form.html",
        may=policies.can_confirm_reads,
        call=lambda act, given: commands.confirm_reads(act, month=wanted, **given),
        done=lambda made: ("privacy:reads_of_month", str(wanted)),
        said=_("The log of %(month)s is confirmed.") % {"month": format_month(wanted)},
        context={
            "heading": _("Confirm the log of %(month)s") % {"month": format_month(wanted)},
            "submit": _("Confirm"),
            "back": reverse("privacy:reads_of_month", args=[str(wanted)]),
        },
    )


def my_downloads(request: HttpRequest) -> HttpResponse:
    """One's own downloads of personal data that wait for a reason."""
    act = act_of(request)
    if act.actor_id is None:
        raise Denied(_("Log in to see this page."))
    return page(
        request, "privacy/my_downloads.html", {"downloads": queries.downloads_to_explain(act)}
    )


def explain_download(request: HttpRequest, read_id: int) -> HttpResponse:
    """Say why a file was taken along."""
    act = act_of(request)
    mine = any(one.read_id == read_id for one in queries.downloads_to_explain(act))
    back = "privacy:my_downloads" if mine else "privacy:reads_to_check"
    return form_page(
        request,
        form=forms.ExplainForm,
        template="privacy/form.html",
        may=lambda act: policies.can_explain_download(act, act.actor_id if mine else None),
        call=lambda act, given: commands.explain_download(act, read_id=read_id, **given),
        done=lambda made: back,
        said=_("The reason was noted."),
        context={
            "heading": _("Why personal data was taken along"),
            "submit": _("Note the reason"),
            "back": reverse(back),
        },
    )


urlpatterns = [
    path("reads/", reads_of_month, name="reads_to_check"),
    path("reads/<str:month>/", reads_of_month, name="reads_of_month"),
    path("reads/<str:month>/confirm/", confirm_reads, name="confirm_reads"),
    path("downloads/", my_downloads, name="my_downloads"),
    path("downloads/<int:read_id>/reason/", explain_download, name="explain_download"),
]
