"""A statement as PDF or Excel, as the address asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dure.domains.loans.queries import Lender
from dure.ui import files, pdf
from dure.ui.doors import act_of
from dure.ui.pdf import Statement
from dure.ui.sheets import of_statement, sheet_book


def paper_of(
    request: HttpRequest, make: Callable[[Any, str, datetime], Statement], view: Any, owner: str
) -> Statement:
    """What is shown of it, as a statement of this network, or of a fund run for others."""
    return make(view, Lender(owner).said, act_of(request).at)


def paper_answer(
    request: HttpRequest, make: Callable[[Any, str, datetime], Statement], view: Any, owner: str
) -> HttpResponseBase:
    """`?as=xlsx` in Excel, else PDF."""
    paper, at = paper_of(request, make, view, owner), act_of(request).at
    name = f"{paper.title}_{view.on}".replace(" ", "_")
    if request.GET.get("as") == "xlsx":
        return files.download(sheet_book(of_statement(paper), at), f"{name}.xlsx")
    return pdf.answer(pdf.statement(paper, made_at=at), f"{name}.pdf")
