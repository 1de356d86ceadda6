"""Bringing in a file, in three steps: the file, its columns, what would happen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid5

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.doors import act_of, action, away, form_page, page, refused
from dure.ui.files import Sheet, open_table

from .. import commands, policies, queries
from ..forms import UploadForm, mapping_form
from ..rules.codes import IMPORT_STATES, ImportState, label_of
from ..rules.imports import (
    Chunk,
    chunks,
    guess_kind,
    guess_mapping,
    guess_publish,
    label,
)

UPLOAD_BYTES_MAX = 20 << 20
CHUNKS_AT_ONCE = 5  # of 2,000 rows, in one request


class UploadTooLarge(InvalidInput):
    """The file is too large for the browser; the command line reads files of any size."""

    text = _("The file has %(size)d MB; the browser takes at most %(most)d.")
    remedy = _("Use `dure parties import FILE` on the machine.")


def import_parties(request: HttpRequest) -> HttpResponse:
    """Choose a file; below, the files so far."""

    def call(act: Act, given: dict[str, Any]) -> Any:
        upload = given["file"]
        if upload.size > UPLOAD_BYTES_MAX:
            raise UploadTooLarge(size=upload.size >> 20, most=UPLOAD_BYTES_MAX >> 20)
        content = upload.read()
        sheet = open_table(upload.name, content)
        mapping = guess_mapping(sheet.head)
        return commands.stage_import(
            act,
            file_name=upload.name,
            digest=hashlib.sha256(content).hexdigest(),
            mapping=_with_name(mapping),
            publish=guess_publish(mapping),
            kind=guess_kind(mapping),
            content=content,
        )

    return form_page(
        request,
        form=UploadForm,
        template="parties/import_parties.html",
        call=call,
        done=lambda staged: ("parties:import", staged.pk),
        may=policies.can_stage_import,
        context=lambda: {"imports": _told(queries.imports_so_far(act_of(request)))},
    )


def _with_name(mapping: tuple[str, ...]) -> tuple[str, ...]:
    """A file whose name column has an unknown head: the first free column is taken until chosen."""
    if "name" in mapping or not mapping:
        return mapping
    free = mapping.index("") if "" in mapping else 0
    return tuple("name" if at == free else field for at, field in enumerate(mapping))


def _told(found: list[queries.ImportCard]) -> list[tuple[queries.ImportCard, Any]]:
    return [(one, label_of(IMPORT_STATES, one.state)) for one in found]


def _sheet(act: Act, card: queries.ImportCard) -> Sheet:
    return open_table(card.file_name, queries.import_content(act, card.id))


def _chunks(sheet: Sheet, card: queries.ImportCard, skip: int = 0) -> Iterator[Chunk]:
    return chunks(sheet.rows, card.mapping, kind=card.kind, skip=skip)


def import_(request: HttpRequest, import_id: int) -> HttpResponse:
    """The columns and what accepting would do; or how far it is; or what came of it."""
    act = act_of(request)
    card = queries.import_card(act, import_id)
    about: dict[str, Any] = {"card": card, "state": label_of(IMPORT_STATES, card.state)}
    if card.state in (ImportState.ACCEPTED, ImportState.DISCARDED) or not card.has_content:
        about["rejected"] = queries.rejected_rows(act, import_id, 500)
        return page(request, "parties/import.html", about)
    sheet = _sheet(act, card)
    form = mapping_form(sheet.head)
    if card.state == ImportState.ACCEPTING:
        total = sum(1 for _row in sheet.rows)
        return page(
            request,
            "parties/import.html",
            {**about, "total": total, "percent": 100 * card.done_rows // max(1, total)},
        )
    given = {f"column_{at}": field for at, field in enumerate(card.mapping)}
    initial = {**given, "kind": card.kind, "publish": card.publish}
    if request.method == "POST":
        return _mapped(request, act, form, card, about, initial)
    return _previewed(request, act, sheet, card, about, form(initial=initial))


def _mapped(
    request: HttpRequest,
    act: Act,
    form: type[forms.Form],
    card: queries.ImportCard,
    about: dict[str, Any],
    initial: dict[str, Any],
) -> HttpResponse:
    bound = form(request.POST, initial=initial)
    if not bound.is_valid():
        return page(request, "parties/import.html", {**about, "form": bound}, status=422)
    width = len(card.mapping)
    mapping = tuple(bound.cleaned_data[f"column_{at}"] for at in range(width))
    try:
        commands.map_import(
            act,
            import_id=card.id,
            mapping=mapping,
            publish=bound.cleaned_data["publish"],
            kind=bound.cleaned_data["kind"],
        )
    except Refusal as refusal:
        return refused(request, refusal, "parties/import.html", {**about, "form": bound})
    return away(request, ("parties:import", card.id), _("The columns were set."))


def _previewed(
    request: HttpRequest,
    act: Act,
    sheet: Sheet,
    card: queries.ImportCard,
    about: dict[str, Any],
    form: forms.Form,
) -> HttpResponse:
    about["form"] = form
    try:
        preview = queries.preview_import(
            act,
            _chunks(sheet, card),
            has_region="region_code" in card.mapping,
            publish=card.publish,
        )
    except Refusal as refusal:
        return refused(request, refusal, "parties/import.html", about)
    fields = [field for field in card.mapping if field]
    about |= {
        "preview": preview,
        "heads": [label(field) for field in fields],
        "sample": [
            (line.row, line.given["name"], ", ".join(f"{label(_column(k))}: {v}" for k, v in line.values if k != "name"))
            for line in preview.new_lines
        ],
        "changes": [
            (row, name, [(label(_column(field)), before, after) for field, before, after in told])
            for row, name, told in preview.changes
        ],
    }  # fmt: skip
    return page(request, "parties/import.html", about)


def _column(name: str) -> str:
    return "region_code" if name in ("sido_code", "sigungu_code") else name


def accept_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Write the next rows; large files come back here until all are written."""
    if request.method != "POST":
        return redirect("parties:import", import_id)

    def call(act: Act) -> Any:
        card = queries.import_card(act, import_id)
        if not card.has_content:
            raise commands.ImportOver
        taken = None
        for number, chunk in enumerate(_chunks(_sheet(act, card), card, card.done_rows)):
            if number == CHUNKS_AT_ONCE:
                break
            key = uuid5(act.key, f"parties.import:{import_id}:{chunk.from_row}")
            taken = commands.accept_import(replace(act, key=key), import_id=import_id, chunk=chunk)
        return taken

    return action(
        request,
        call=call,
        said=lambda taken: (
            _("The file was taken in.")
            if taken is not None and taken.state == ImportState.ACCEPTED
            else _("A part of the file was taken in; go on with the rest.")
        ),
        back=("parties:import", import_id),
    )


def discard_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Drop a staged file."""
    return action(
        request,
        call=lambda act: commands.discard_import(act, import_id=import_id),
        done=lambda staged: "parties:import_parties",
        said=_("The file was discarded; nothing was written."),
        back=("parties:import", import_id),
    )


urlpatterns = [
    path("import/", import_parties, name="import_parties"),
    path("import/<int:import_id>/", import_, name="import"),
    path("import/<int:import_id>/accept/", accept_import, name="accept_import"),
    path("import/<int:import_id>/discard/", discard_import, name="discard_import"),
]
