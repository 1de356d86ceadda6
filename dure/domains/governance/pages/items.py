"""An item of an agenda with its papers, minutes and what follows; what has to be done, by whom."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.kernel.acts import Act
from dure.ui.doors import act_of, form_about, page
from dure.ui.files import as_it_came
from dure.ui.tables import Column, Table, ask, show

from .. import policies, queries
from ..commands import actions as duties, items as commands
from ..forms import items as forms
from ..queries import actions as reads

ACTION_STATES = (
    ("open", _("to do")), ("all", _("all")), ("done", _("done")), ("dropped", _("dropped")),
)  # fmt: skip


def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item: what it is about, its papers, what was said, what has to be done after it."""
    act = act_of(request)
    row = queries.item_row(act, item_id)
    card = queries.meeting_card(act, row.meeting_id)
    line = next((one for one in card.items if one.id == item_id), None)
    return page(
        request,
        "governance/item.html",
        {
            "item": row,
            "line": line,
            "papers": queries.papers_of(item_id),
            "card": card,
            "actions": reads.actions(act, state="").filter(item=item_id),
            "runs": bool(policies.can_withdraw_item(act, row.meeting)),
            "may_take": card.state in ("planned", "convened", "open") and not row.withdrawn_at,
            "may_write": bool(card.opened_at)
            and bool(policies.can_write_item_minutes(act, row.meeting)),
        },
    )


def withdraw_item(request: HttpRequest, item_id: int) -> HttpResponse:
    row = queries.item_row(act_of(request), item_id)
    return form_about(
        request,
        ("governance:item", item_id),
        title=_now("Withdraw the item"),
        name=row.title,
        form=forms.WithdrawItem,
        may=lambda act: policies.can_withdraw_item(act, row.meeting),
        call=lambda act, given: commands.withdraw_item(act, item_id=item_id, **given),
        said=_("The item is withdrawn."),
    )


def write_item_minutes(request: HttpRequest, item_id: int) -> HttpResponse:
    row = queries.item_row(act_of(request), item_id)
    return form_about(
        request,
        ("governance:item", item_id),
        title=_now("Write what was said"),
        name=row.title,
        form=forms.WriteItemMinutes,
        may=lambda act: policies.can_write_item_minutes(act, row.meeting),
        call=lambda act, given: commands.write_item_minutes(act, item_id=item_id, **given),
        said=_("It is written down."),
        initial={"minutes": row.minutes, "is_settled": row.settled_at is not None},
    )


def add_item_paper(request: HttpRequest, item_id: int) -> HttpResponse:
    row = queries.item_row(act_of(request), item_id)

    def call(act: Act, given: dict[str, Any]) -> Any:
        upload = given["file"]
        if upload.size > commands.PAPER_BYTES:
            raise commands.PaperUnfit(name=upload.name, most=commands.PAPER_BYTES >> 20)
        return commands.add_item_paper(
            act, item_id=item_id, name=upload.name, content=upload.read()
        )

    return form_about(
        request,
        ("governance:item", item_id),
        title=_now("Add a paper"),
        name=row.title,
        form=forms.AddItemPaper,
        may=lambda act: policies.can_add_item_paper(act, row.meeting),
        call=call,
        said=_("The paper is with the item."),
    )


def item_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A paper as it came: saved, never shown inside a page of ours."""
    paper = queries.item_paper(act_of(request), paper_id)
    return as_it_came(bytes(paper.content), paper.name)


def arrange_agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    card = queries.meeting_card(act_of(request), meeting_id)
    return form_about(
        request,
        ("governance:meeting", meeting_id),
        title=_now("Put in order"),
        name=card.title,
        template="governance/arrange_agenda.html",
        form=partial(forms.ArrangeAgenda, lines=card.items),
        may=lambda act: policies.can_arrange_agenda(act, card),
        call=lambda act, given: commands.arrange_agenda(
            act, meeting_id=meeting_id, places=given["places"]
        ),
        said=_("The agenda is in order."),
    )


# -- what has to be done -----------------------------------------------------------------------


class Filters(django_forms.Form):
    state = django_forms.ChoiceField(label=_("State"), choices=ACTION_STATES, required=False)
    body = django_forms.TypedChoiceField(
        label=_("Body"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["body"].choices = [("", _("all")), *queries.body_choices()]  # type: ignore[attr-defined]


def _actions_table(act: Act) -> Table:
    def link(one: Any) -> str:
        open_ = one.state == "open" and policies.can_finish_action(act, one)
        return reverse("governance:finish_action", args=[one.pk]) if open_ else ""

    return Table(
        id="actions",
        title=pgettext_lazy("governance", "To do"),
        columns=(
            Column("text", _("What has to be done"), link=link),
            Column("owner", _("By whom"), "owner.name", sort="owner__name"),
            Column(
                "due_date", _("Until when"), kind="day", sort="due_date",
                tone=lambda one: "minus" if reads.is_late(one, act.today) else "",
            ),
            Column("body", _("Body"), "body.name", sort="body__name"),
            Column("state", _("State"), "get_state_display"),
            Column("note", _("What came of it")),
        ),
        filters=Filters,
        searchable=False,
        empty_title=_("Nothing has to be done"),
        empty_text=_("What a meeting asks somebody to do stands here until it is done."),
    )  # fmt: skip


def actions(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    asked = ask(request, _actions_table(act))
    state = asked.given.get("state") or "open"
    rows = reads.actions(
        act, body_id=asked.given.get("body"), state="" if state == "all" else state
    )
    return show(request, asked.table, asked, rows, "governance/actions.html")


def add_action(request: HttpRequest, item_id: int) -> HttpResponse:
    row = queries.item_row(act_of(request), item_id)
    return form_about(
        request,
        ("governance:item", item_id),
        title=_now("Give something to do"),
        name=row.title,
        form=forms.AddAction,
        may=lambda act: policies.can_add_action(act, row.meeting),
        call=lambda act, given: duties.add_action(
            act,
            meeting_id=row.meeting_id,
            item_id=item_id,
            resolution_id=queries.resolution_of_item(item_id),
            **given,
        ),
        said=_("It stands on the desk of whoever does it, until it is done."),
    )


def finish_action(request: HttpRequest, action_id: int) -> HttpResponse:
    act = act_of(request)
    row = reads.action_row(act, action_id)
    return form_about(
        request,
        "governance:actions",
        title=_now("It is done"),
        name=row.text,
        template="governance/finish_action.html",
        form=forms.FinishAction,
        may=lambda act: policies.can_finish_action(act, row),
        call=lambda act, given: duties.finish_action(act, action_id=action_id, **given),
        said=_("Done. Thank you."),
        action=row,
        may_drop=bool(policies.can_drop_action(act, row)),
        may_postpone=bool(policies.can_postpone_action(act, row)),
    )


def postpone_action(request: HttpRequest, action_id: int) -> HttpResponse:
    row = reads.action_row(act_of(request), action_id)
    return form_about(
        request,
        "governance:actions",
        title=_now("Put it off"),
        name=row.text,
        form=forms.PostponeAction,
        may=lambda act: policies.can_postpone_action(act, row),
        call=lambda act, given: duties.postpone_action(act, action_id=action_id, **given),
        said=_("It has time until the new day."),
        initial={"due_date": row.due_date},
    )


def drop_action(request: HttpRequest, action_id: int) -> HttpResponse:
    row = reads.action_row(act_of(request), action_id)
    return form_about(
        request,
        "governance:actions",
        title=_now("Drop it"),
        name=row.text,
        form=forms.DropAction,
        may=lambda act: policies.can_drop_action(act, row),
        call=lambda act, given: duties.drop_action(act, action_id=action_id, **given),
        said=_("It is dropped; the reason stands beside it."),
    )


urlpatterns = [
    path("items/<int:item_id>/", item, name="item"),
    path("items/<int:item_id>/withdraw/", withdraw_item, name="withdraw_item"),
    path("items/<int:item_id>/minutes/", write_item_minutes, name="write_item_minutes"),
    path("items/<int:item_id>/papers/add/", add_item_paper, name="add_item_paper"),
    path("items/<int:item_id>/actions/add/", add_action, name="add_action"),
    path("items/papers/<int:paper_id>/", item_paper, name="item_paper"),
    path("meetings/<int:meeting_id>/order/", arrange_agenda, name="arrange_agenda"),
    path("actions/", actions, name="actions"),
    path("actions/<int:action_id>/finish/", finish_action, name="finish_action"),
    path("actions/<int:action_id>/postpone/", postpone_action, name="postpone_action"),
    path("actions/<int:action_id>/drop/", drop_action, name="drop_action"),
]
