"""Pages about personal data: breaches, the log of reads of a month, the destruction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import uuid5

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month, parse_month
from dure.kernel.refusals import type_text
from dure.kernel.verdict import Verdict
from dure.ui import pdf
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.tables import Column, Table, ask, show

from . import commands, documents, forms, policies, queries

AT_ONCE = 10  # chunks in one click; the page then says how far it is
PEOPLE_SHOWN = 100

BREACHES = Table(
    id="breaches",
    title=_("Breaches of personal data"),
    columns=(
        Column("number", _("No."), "pk", kind="id", link=lambda one: reverse("privacy:breach", args=[one.pk])),
        Column("found_at", _("Found"), kind="moment", sort="found_at"),
        Column("what", _("What happened")),
        Column("people_count", _("People"), kind="number", sort="people_count"),
        Column("closed_at", _("Closed"), kind="moment", sort="closed_at"),
    ),
    sort="-found_at",
    empty_title=_("No breach is recorded"),
    empty_text=_("When personal data got out, or may have, record it at once: the clock runs."),
)  # fmt: skip


def breaches(request: HttpRequest) -> HttpResponseBase:
    """All breaches."""
    asked = ask(request, BREACHES)
    return show(
        request, BREACHES, asked, queries.breaches(act_of(request)), "privacy/breaches.html"
    )


def breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """One breach: the hours left, whom it concerns, what was done."""
    act = act_of(request)
    card = queries.breach_card(act, breach_id)
    return page(
        request,
        "privacy/breach.html",
        {
            "card": card,
            "kinds": documents.kinds_in_words(card.kinds),
            "duties": [(documents.DUTIES[duty.whom], duty) for duty in card.duties],
            "people": queries.breached_people(act, breach_id)[:PEOPLE_SHOWN],
        },
    )


def breach_report(request: HttpRequest, breach_id: int) -> HttpResponse:
    """What is known of a breach, as a paper."""
    act = act_of(request)
    card = queries.breach_card(act, breach_id)
    network = parties.network_profile()
    made = documents.breach_report(act, card, network.name if network else "")
    name = _now("Report of a breach of personal data")
    return pdf.answer(made, f"{name}_{card.id}.pdf")


def record_breach(request: HttpRequest) -> HttpResponse:
    """Record a breach."""
    return form_page(
        request,
        form=forms.RecordBreachForm,
        template="privacy/form.html",
        may=policies.can_record_breach,
        call=lambda act, given: commands.record_breach(act, **given),
        done=lambda made: ("privacy:breach", made.pk),
        said=_("The breach is recorded. Now name whom it concerns, and tell them."),
        initial={"found_at": act_of(request).at},
        context={
            "heading": _("Record a breach"),
            "submit": _("Record"),
            "back": reverse("privacy:breaches"),
        },
    )


def _about_breach(
    request: HttpRequest,
    breach_id: int,
    heading: type_text,
    form: Callable[..., django_forms.Form],
    may: Callable[[Act], Verdict],
    call: Callable[[Act, dict[str, Any]], Any],
    said: type_text,
    preview: Callable[[Act, dict[str, Any]], Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    queries.breach_card(act_of(request), breach_id)
    return form_page(
        request,
        form=form,
        template="privacy/form.html",
        may=may,
        call=call,
        done=lambda made: ("privacy:breach", breach_id),
        said=said,
        preview=preview,
        initial=initial,
        context={
            "heading": heading,
            "submit": heading,
            "back": reverse("privacy:breach", args=[breach_id]),
        },
    )


def change_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Complete what is known."""
    card = queries.breach_card(act_of(request), breach_id)
    return _about_breach(
        request,
        breach_id,
        _("Complete what is known"),
        forms.BreachForm,
        policies.can_change_breach,
        lambda act, given: commands.change_breach(act, breach_id=breach_id, **given),
        _("The changes were saved."),
        initial={
            "what": card.what,
            "kinds": card.kinds,
            "people_count": card.people_count,
            "from_outside": card.from_outside,
            "advice": card.advice,
        },
    )


def note_breach_measure(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Note what was done."""
    return _about_breach(
        request,
        breach_id,
        _("Note what was done"),
        forms.MeasureForm,
        policies.can_note_breach_measure,
        lambda act, given: commands.note_breach_measure(act, breach_id=breach_id, **given),
        _("It was noted."),
    )


def name_breached_people(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Name whom it concerns; how many it is is shown first."""
    act = act_of(request)
    readers = [(card.person_id, card.person_name) for card in parties.staff_on(act.today)]

    def count(act: Act, given: dict[str, Any]) -> str:
        found = queries.people_concerned(act, **given)
        return _now("%(count)d people are in this group.") % {"count": len(found)}

    return _about_breach(
        request,
        breach_id,
        _("Name whom it concerns"),
        lambda *args, **given: forms.ConcernedForm(
            *args, readers=sorted(dict(readers).items()), **given
        ),
        policies.can_name_breached_people,
        lambda act, given: commands.name_breached_people(act, breach_id=breach_id, **given),
        _("They were named."),
        preview=count,
    )


def tell_breached_people(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Send the letters; how many go out is shown first."""
    card = queries.breach_card(act_of(request), breach_id)
    effect = _("%(count)d people are told: a letter goes to everybody with an e-mail address.") % {
        "count": card.named - card.told
    }
    return _about_breach(
        request,
        breach_id,
        _("Tell those concerned"),
        forms.TellForm,
        policies.can_tell_breached_people,
        lambda act, given: commands.tell_breached_people(act, breach_id=breach_id, **given),
        _("The letters are on their way."),
        preview=lambda act, given: str(effect),
    )


def report_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Note that it was reported."""
    return _about_breach(
        request,
        breach_id,
        _("Note the report"),
        forms.ReportForm,
        policies.can_report_breach,
        lambda act, given: commands.report_breach(act, breach_id=breach_id, **given),
        _("The report was noted."),
        initial={"reported_at": act_of(request).at},
    )


def close_breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Close a breach."""
    return action(
        request,
        call=lambda act: commands.close_breach(act, breach_id=breach_id),
        done=lambda made: ("privacy:breach", breach_id),
        said=_("The breach is closed."),
        back=("privacy:breach", breach_id),
    )


# -- reads -----------------------------------------------------------------------------------------


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


# -- consents --------------------------------------------------------------------------------------


def consents(request: HttpRequest) -> HttpResponse:
    """Texts in force, who agrees, what was given to others, what waits after withdrawals."""
    act = act_of(request)
    return page(
        request,
        "privacy/consents.html",
        {
            "summaries": queries.consent_summaries(act),
            "handovers": queries.handovers(act)[:50],
            "waiting": queries.withdrawals_open(act),
        },
    )


def _people_of(columns: Iterable[str], title: type_text) -> Table:
    """A list of people that shows (and hands out) just these items."""
    known = {
        "name": Column("name", _("Name"), "party.name", sort="party__name"),
        "email": Column("email", _("E-mail")),
        "phone": Column("phone", _("Phone"), kind="id"),
        "organisation": Column(
            "organisation",
            _("Organisation"),
            lambda one: ", ".join(
                card.organisation_name for card in parties.representations_of(one.pk)
            ),
        ),
    }
    return Table(
        id="agreeing",
        title=title,
        columns=tuple(known[name] for name in columns),
        empty_title=_("Nobody agrees"),
    )


def agreeing(request: HttpRequest, text_id: int) -> HttpResponseBase:
    """Who agrees to what a text is for, now: the list to write to."""
    act = act_of(request)
    rows = queries.agreeing(act, text_id)
    text = parties.consent_text(text_id)
    table = _people_of(("name", "email", "phone"), text.title)
    asked = ask(request, table)
    parties.note_people_read(act, rows.count(), download=bool(asked.export))
    return show(request, table, asked, rows, "privacy/agreeing.html", {"text": text})


def hand_over_data(request: HttpRequest, text_id: int) -> HttpResponse:
    """Give the data of those who agree to the recipient; how many is shown first."""
    act = act_of(request)
    count = queries.agreeing(act, text_id).count()
    text = parties.consent_text(text_id)
    effect = _(
        "%(count)d people agreed that %(items)s go to %(recipient)s. A list of them is made."
    ) % {"count": count, "items": ", ".join(text.items_shown), "recipient": text.recipient}
    return form_page(
        request,
        form=forms.HandOverForm,
        template="privacy/form.html",
        may=policies.can_hand_over_data,
        call=lambda act, given: commands.hand_over_data(act, text_id=text_id, **given),
        done=lambda made: ("privacy:handover", made.pk),
        said=_("The list is made. Take it along as a file."),
        preview=lambda act, given: str(effect),
        context={
            "heading": _("Give to %(recipient)s") % {"recipient": text.recipient},
            "submit": _("Make the list"),
            "back": reverse("privacy:consents"),
        },
    )


def handover(request: HttpRequest, handover_id: int) -> HttpResponseBase:
    """The list that goes to a recipient: the items agreed to, of those who still agree."""
    given, rows = queries.handed_over(act_of(request), handover_id)
    table = _people_of(given.text.items, given.text.recipient)
    asked = ask(request, table)
    return show(request, table, asked, rows, "privacy/agreeing.html", {"text": given.text})


def settle_withdrawal(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Note what was done because a consent was withdrawn."""
    return form_page(
        request,
        form=forms.SettleForm,
        template="privacy/form.html",
        may=policies.can_settle_withdrawal,
        call=lambda act, given: commands.settle_withdrawal(
            act, withdrawal_id=withdrawal_id, **given
        ),
        done=lambda made: "privacy:consents",
        said=_("It was noted."),
        context={
            "heading": _("What was done after the withdrawal"),
            "submit": _("Note it"),
            "back": reverse("privacy:consents"),
        },
    )


# -- destruction -----------------------------------------------------------------------------------


def destruction(request: HttpRequest) -> HttpResponse:
    """What is due, what a law keeps apart, and the runs so far."""
    act = act_of(request)
    return page(
        request,
        "privacy/destruction.html",
        {
            "due": queries.due_to_destroy(act, act.today),
            "kept": queries.kept_by_law(act, act.today),
            "running": queries.run_under_way(),
            "runs": queries.destruction_runs(act)[:20],
            "may": policies.can_begin_destruction(act),
            "today": act.today,
        },
    )


def begin_destruction(request: HttpRequest) -> HttpResponse:
    """Begin a run; its effect was shown on the page before."""
    return action(
        request,
        call=commands.begin_destruction,
        done=lambda run: ("privacy:destruction_run", run.pk),
        back="privacy:destruction",
    )


def destruction_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far a run is."""
    act = act_of(request)
    card = queries.run_card(act, run_id)
    return page(
        request,
        "privacy/destruction_run.html",
        {
            "card": card,
            "rows": [(one, card.done.get(one["kind"], 0)) for one in card.planned],
            "may": policies.can_destroy_next(act),
        },
    )


def destroy_next(request: HttpRequest, run_id: int) -> HttpResponse:
    """Destroy the next chunks of a run."""

    def go_on(act: Act) -> Any:
        site_url = request.build_absolute_uri("/").rstrip("/")
        run = commands.destroy_next(act, run_id=run_id, site_url=site_url)
        for number in range(1, AT_ONCE):
            if run.state != "running":
                break
            part = replace(act, key=uuid5(act.key, str(number)))
            run = commands.destroy_next(part, run_id=run_id, site_url=site_url)
        return run

    return action(
        request,
        call=go_on,
        done=lambda run: ("privacy:destruction_run", run_id),
        said=lambda run: (
            _("Done; the certificate is issued.")
            if run.state == "done"
            else _("A part is done. Go on until everything is.")
        ),
        back=("privacy:destruction_run", run_id),
    )


urlpatterns = [
    path("breaches/", breaches, name="breaches"),
    path("breaches/record/", record_breach, name="record_breach"),
    path("breaches/<int:breach_id>/", breach, name="breach"),
    path("breaches/<int:breach_id>/report.pdf", breach_report, name="breach_report"),
    path("breaches/<int:breach_id>/change/", change_breach, name="change_breach"),
    path("breaches/<int:breach_id>/measures/", note_breach_measure, name="note_breach_measure"),
    path("breaches/<int:breach_id>/people/", name_breached_people, name="name_breached_people"),
    path("breaches/<int:breach_id>/tell/", tell_breached_people, name="tell_breached_people"),
    path("breaches/<int:breach_id>/report/", report_breach, name="report_breach"),
    path("breaches/<int:breach_id>/close/", close_breach, name="close_breach"),
    path("reads/", reads_of_month, name="reads_to_check"),
    path("reads/<str:month>/", reads_of_month, name="reads_of_month"),
    path("reads/<str:month>/confirm/", confirm_reads, name="confirm_reads"),
    path("downloads/", my_downloads, name="my_downloads"),
    path("downloads/<int:read_id>/reason/", explain_download, name="explain_download"),
    path("consents/", consents, name="consents"),
    path("consents/<int:text_id>/people/", agreeing, name="agreeing"),
    path("consents/<int:text_id>/hand-over/", hand_over_data, name="hand_over_data"),
    path("handovers/<int:handover_id>/", handover, name="handover"),
    path("withdrawals/<int:withdrawal_id>/", settle_withdrawal, name="settle_withdrawal"),
    path("destruction/", destruction, name="destruction"),
    path("destruction/begin/", begin_destruction, name="begin_destruction"),
    path("destruction/<int:run_id>/", destruction_run, name="destruction_run"),
    path("destruction/<int:run_id>/next/", destroy_next, name="destroy_next"),
]
