"""The end of a month, step by step: each shows what it found and what doing it would do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.domains.ledger import commands, documents, policies, queries
from dure.domains.parties import queries as parties
from dure.kernel.dates import Month, format_month, parse_month
from dure.kernel.refusals import NotFound
from dure.ui import pdf
from dure.ui.doors import act_of, action, away, page

from .. import month_end as run
from ..navigation import MONTH_END


def month_end(request: HttpRequest, month: str = "") -> HttpResponse:
    """The run of a month; without one, of the oldest month that is over and open."""
    act = act_of(request)
    policies.can_close_period(act).enforce()
    asked = month or request.GET.get("month", "")
    if asked and not month:
        return away(request, ("month_end", str(parse_month(asked))))
    if not asked:
        waiting = queries.period_to_close(act.today)
        wanted = parse_month(waiting.month) if waiting else Month.of(act.today).plus(-1)
    else:
        wanted = parse_month(asked)
    progress = run.look_at_month(act, wanted, request.GET.get("step", ""))
    if progress.is_closed:
        request.session.pop(MONTH_END, None)
    else:
        request.session[MONTH_END] = str(wanted)  # other pages lead back here
    return page(
        request,
        "site/month_end.html",
        {
            "progress": progress,
            "current": progress.current,
            "month": wanted,
            "earlier": wanted.plus(-1),
            "later": wanted.plus(1) if wanted < Month.of(act.today) else None,
        },
    )


def month_report(request: HttpRequest, month: str) -> HttpResponse:
    """What the committee is given: the closed month in words, then its kept statements."""
    wanted = parse_month(month)
    policies.can_read_books(act_of(request)).enforce()
    own = {"", *(fund.code for fund in queries.chart().own_funds)}
    kept = tuple(one for one in queries.kept_statements(str(wanted)) if one.fund in own)
    network = parties.network_profile()
    if not kept or network is None:
        raise NotFound
    title = _("Report of %(month)s to the committee") % {"month": format_month(wanted)}
    made = documents.report(
        title,
        documents.sheets_of_kept(kept),
        run.month_in_words(wanted).sentences,
        network.name,
        max(one.made_at for one in kept),
    )
    return pdf.answer(made, f"{title}.pdf")


def do_month_step(request: HttpRequest, month: str, step: str) -> HttpResponse:
    """Do a step by its room's own command."""
    wanted, chosen = parse_month(month), run.step_of(step)
    return action(
        request,
        call=lambda act: run.do_step(act, chosen, wanted),
        said=_("%(step)s: done.") % {"step": chosen.title},
        back=("month_end", str(wanted)),
    )


def undo_month_step(request: HttpRequest, month: str, step: str) -> HttpResponse:
    """Take a step back by its room's own counter-act, with a reason."""
    wanted, chosen = parse_month(month), run.step_of(step)
    reason = request.POST.get("reason", "")
    return action(
        request,
        call=lambda act: run.undo_step(act, chosen, wanted, reason),
        done=lambda made: reverse("month_end", args=[str(wanted)]) + f"?step={chosen.key}",
        said=_("%(month)s, %(step)s: taken back.")
        % {"month": format_month(wanted), "step": chosen.title},
        back=("month_end", str(wanted)),
    )


def mark_month_step(request: HttpRequest, month: str, step: str) -> HttpResponse:
    """A person calls a step done, where no fact can say so."""
    wanted, chosen = parse_month(month), run.step_to_mark(step)
    note = request.POST.get("note", "")
    return action(
        request,
        call=lambda act: commands.mark_period_step(
            act, month=str(wanted), step=chosen.key, note=note
        ),
        back=("month_end", str(wanted)),
    )


def unmark_month_step(request: HttpRequest, month: str, step: str) -> HttpResponse:
    """A step is taken up again."""
    wanted, chosen = parse_month(month), run.step_of(step)
    return action(
        request,
        call=lambda act: commands.unmark_period_step(act, month=str(wanted), step=chosen.key),
        done=lambda made: reverse("month_end", args=[str(wanted)]) + f"?step={chosen.key}",
        said=_("%(month)s, %(step)s: taken up again.")
        % {"month": format_month(wanted), "step": chosen.title},
        back=("month_end", str(wanted)),
    )
