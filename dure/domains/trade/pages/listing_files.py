"""Files of offers and wants, looked at before they are taken in; the words that mean the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.ui.doors import act_of, action, form_about, page
from dure.ui.files import open_table
from dure.ui.uploads import content_of

from .. import commands, forms, policies, queries
from .listings import may_list


def import_listings(request: HttpRequest) -> HttpResponse:
    """Choose a file."""

    def call(act: Act, given: dict[str, Any]) -> Any:
        file = given.pop("file")
        sheet = open_table(file.name, content_of(file))
        rows = tuple((row.number, row.cells) for row in sheet.rows)
        return commands.stage_listings(
            act, file_name=file.name, head=sheet.head, rows=rows, **given
        )

    return form_about(
        request,
        "trade:catalogue",
        title=_now("List from a file"),
        form=lambda *args, **given: forms.ListingsFileForm(
            *args, sides=queries.listers_of(act_of(request)), **given
        ),
        may=may_list,
        call=call,
        done=lambda staged: ("trade:staged_listings", staged.pk),
    )


def staged_listings(request: HttpRequest, staged_id: int) -> HttpResponse:
    """Every row as it would be listed, or why it is left out."""
    look = queries.staged_listings(act_of(request), staged_id)
    return page(request, "trade/staged_listings.html", {"look": look})


def accept_listings(request: HttpRequest, staged_id: int) -> HttpResponse:
    """Take it in."""
    return action(
        request,
        call=lambda act: commands.accept_listings(act, import_id=staged_id),
        done=lambda staged: ("trade:staged_listings", staged_id),
        said=_("The rows that fit are listed."),
        back=("trade:staged_listings", staged_id),
    )


def discard_listings(request: HttpRequest, staged_id: int) -> HttpResponse:
    """Drop it."""
    return action(
        request,
        call=lambda act: commands.discard_listings(act, import_id=staged_id),
        done=lambda staged: "trade:import_listings",
        said=_("The file is discarded; nothing was listed."),
        back=("trade:staged_listings", staged_id),
    )


def change_synonyms(request: HttpRequest) -> HttpResponse:
    """Which words mean the same."""
    return form_about(
        request,
        "trade:catalogue",
        title=_now("Words that mean the same"),
        form=forms.SynonymsForm,
        may=policies.can_change_synonyms,
        call=lambda act, given: commands.change_synonyms(act, **given),
        said=_("From now on these words find each other."),
        initial={"text": queries.synonym_text()},
    )


urlpatterns = [
    path("catalogue/import/", import_listings, name="import_listings"),
    path("catalogue/import/<int:staged_id>/", staged_listings, name="staged_listings"),
    path("catalogue/import/<int:staged_id>/accept/", accept_listings, name="accept_listings"),
    path("catalogue/import/<int:staged_id>/discard/", discard_listings, name="discard_listings"),
    path("catalogue/words/", change_synonyms, name="change_synonyms"),
]
