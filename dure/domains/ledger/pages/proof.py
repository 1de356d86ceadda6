"""The proof that all is sound: the check of the books, and the seals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now

from dure.kernel import seals as kernel_seals
from dure.ui.doors import act_of, action, page

from .. import policies, queries


def check_books(request: HttpRequest) -> HttpResponse:
    """Every validation of the books, recomputed now: what was looked at and what is wrong.

    It reads every line, so it runs when asked (`?run=1`), not on opening the page.
    """
    act = act_of(request)
    policies.can_read_entries(act).enforce()
    runs = request.GET.get("run") == "1"
    findings = queries.check_books() if runs else []
    checks = [
        {"label": label, "found": sum(one.check == check.__name__ for one in findings)}
        for check, label in queries.CHECKS
    ]
    return page(
        request,
        "ledger/check_books.html",
        {"runs": runs, "findings": findings, "checks": checks, "at": act.at},
    )


def seals(request: HttpRequest) -> HttpResponse:
    """The chain of seals; with `?run=1` everything is recomputed from the rows as they stand."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    runs = request.GET.get("run") == "1" and bool(policies.can_read_entries(act))
    return page(
        request,
        "ledger/seals.html",
        {
            "seals": kernel_seals.latest(20),
            "waiting": kernel_seals.waiting(),
            "result": kernel_seals.verify() if runs else None,
            "may_verify": bool(policies.can_read_entries(act)),
            "keeps": bool(policies.can_close_period(act)),
            "at": act.at,
        },
    )


def seal_books(request: HttpRequest) -> HttpResponse:
    """Seal every row that is not sealed yet."""
    return action(
        request,
        call=kernel_seals.seal_books,
        done=lambda sealed: "ledger:seals",
        said=lambda sealed: _now("%(rows)d rows were sealed.") % {"rows": sealed.rows},
        back=("ledger:seals",),
    )
