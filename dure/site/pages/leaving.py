"""Taking everything along: asked for with a reason, written by the worker, fetched, deleted."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.reads import note_read
from dure.ui.doors import act_of, form_page

from .. import commands, policies
from ..moving import fetching


class ExportNetwork(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_(
            "Such as: we move to another host, by decision of the board. It stands in the log."
        ),
    )
    form = forms.ChoiceField(
        label=_("Form of the tables"),
        choices=[("csv", _("CSV, for spreadsheets")), ("jsonl", _("JSON lines, for programs"))],
        initial="csv",
    )


def export_network(request: HttpRequest) -> HttpResponse:
    """Ask for everything, see how far it is, fetch it."""
    return form_page(
        request,
        form=ExportNetwork,
        template="site/export_network.html",
        may=policies.can_export_network,
        call=lambda act, given: commands.export_network(act, **given, waits=True),
        done=lambda made: "export_network",
        said=_("It is being written. You may leave this page."),
        context=lambda: {
            "exports": fetching.exports(act_of(request).at),
            "days": fetching.kept_for(act_of(request).at).days,
        },
    )


def download_export(request: HttpRequest, deed_id: int) -> HttpResponseBase:
    """The file; that it was fetched is logged."""
    act = act_of(request)
    policies.can_export_network(act).enforce()
    place = fetching.fetched(act, deed_id)
    note_read(act, None, "site.download_export", parties.people_count(), download=True)
    network = parties.network_profile()
    name = f"{network.name if network else 'dure'}-{act.today}.zip"
    return FileResponse(place.open("rb"), as_attachment=True, filename=name)
