"""Bank files: taken in, their columns told, looked over, accepted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.refusals import Refusal
from dure.ui.doors import act_of, action, away, form_page, page, refused

from .. import commands, policies, queries
from ..forms import dues as forms

ROWS_SHOWN = 100
ROWS_AT_ONCE = 5_000


def upload_receipts(request: HttpRequest) -> HttpResponse:
    """Step 1 of taking over a bank file."""
    act = act_of(request)
    return form_page(
        request,
        form=forms.UploadReceipts,
        template="memberships/upload_receipts.html",
        call=lambda act, given: commands.upload_receipts(
            act,
            filename=given["file"].name,
            content=given["file"].read(),
            fund=given["fund"],
            month=given["month"],
        ),
        done=lambda staged: ("memberships:accept_receipts", staged.pk),
        may=policies.can_upload_receipts,
        context=lambda: {"files": list(queries.staged_files(act)[:10])},
    )


def map_receipts(request: HttpRequest, import_id: int) -> HttpResponse:
    """Which column is what, where Dure does not see it."""
    act = act_of(request)
    staged = queries.staged_file(act, import_id, whole=True)
    if staged.state != "unmapped":
        return away(request, ("memberships:accept_receipts", import_id))
    shown = queries.unmapped(act, staged)
    guess = {name: str(at) for name, at in shown.guess.columns.items()}
    head = dict(enumerate(number for number, _cells in staged.grid)).get(shown.guess.head)

    def call(act: Any, given: dict[str, Any]) -> Any:
        columns = tuple((name, at) for name, at in given["columns"].items())
        return commands.map_receipts(
            act,
            import_id=import_id,
            columns=columns,
            head_row=given["head_row"],
            signed=given["signed"],
        )

    return form_page(
        request,
        form=lambda *args, **kwargs: forms.MapReceipts(*args, letters=shown.letters, **kwargs),
        template="memberships/map_receipts.html",
        call=call,
        done=lambda made: ("memberships:accept_receipts", import_id),
        said=_("The columns are known now, also for the next file like this one."),
        may=policies.can_upload_receipts,
        initial={**guess, "head_row": head, "signed": shown.guess.signed},
        context={"staged": staged, "shown": shown},
    )


def accept_receipts(request: HttpRequest, import_id: int) -> HttpResponse:
    """Step 2: look over the rows and what they will be matched with; step 3: done.

    A long file is entered in pieces; it may be left and gone on with.
    """
    act = act_of(request)
    staged = queries.staged_file(act, import_id)
    context: dict[str, Any] = {"staged": staged}
    if staged.state == "unmapped":
        return away(request, ("memberships:map_receipts", import_id))
    if staged.state != "staged":
        return page(request, "memberships/receipts_accepted.html", context)
    rows = queries.staged_rows(act, staged, limit=ROWS_SHOWN)
    left = staged.new_count - staged.entered_count
    context |= {"rows": rows, "shown": ROWS_SHOWN, "left": left}
    context["match_at_first"] = queries.sure_ones_at_once(act)
    if request.method == "POST":
        chosen = None
        if left <= ROWS_SHOWN and not staged.entered_count:
            chosen = tuple(
                int(n) for n in request.POST.getlist("row") if n.isascii() and n.isdigit()
            )
        try:
            done = commands.accept_receipts(
                act,
                import_id=import_id,
                rows=chosen,
                match_sure="match" in request.POST,
                most=ROWS_AT_ONCE,
            )
        except Refusal as refusal:
            return refused(request, refusal, "memberships/accept_receipts.html", context)
        going_on = "&match=1" if "match" in request.POST else ""
        if done.state == "staged":
            return away(request, f"{request.path}?on=1{going_on}")
        return away(
            request,
            ("memberships:accept_receipts", import_id),
            _now("%(new)d receipts were entered, %(matched)d of them matched.")
            % {"new": done.entered_count, "matched": done.matched_count},
        )
    context["going_on"] = bool(staged.entered_count)
    context["by_itself"] = "on" in request.GET
    context["match"] = "match" in request.GET
    return page(request, "memberships/accept_receipts.html", context)


def discard_receipts(request: HttpRequest, import_id: int) -> HttpResponse:
    return action(
        request,
        call=lambda act: commands.discard_receipts(act, import_id=import_id),
        done=lambda made: "memberships:upload_receipts",
        said=_("The file was put away."),
        back=("memberships:accept_receipts", import_id),
    )


urlpatterns = [
    path("receipts/import/", upload_receipts, name="upload_receipts"),
    path("receipts/import/<int:import_id>/columns/", map_receipts, name="map_receipts"),
    path("receipts/import/<int:import_id>/", accept_receipts, name="accept_receipts"),
    path("receipts/import/<int:import_id>/discard/", discard_receipts, name="discard_receipts"),
]
