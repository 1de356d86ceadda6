"""What is typed about issues and agendas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import queries
from ..queries import plans
from ..rules.agenda import SOURCES
from . import PartyField


class RaiseIssue(forms.Form):
    """What a member brings before a body, for oneself or an organisation one speaks for."""

    title = forms.CharField(
        label=_("What it is about"), max_length=200,
        help_text=_("One sentence, as you would say it to a neighbour."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Why it matters, and what you wish for"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    body_id = forms.TypedChoiceField(label=_("Who should deal with it"), coerce=int)
    party_id = forms.TypedChoiceField(
        label=_("In whose name"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *given: Any, parties: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["body_id"].choices = queries.body_choices()  # type: ignore[attr-defined]
        self.fields["party_id"].choices = parties  # type: ignore[attr-defined]
        if len(parties) < 2:
            del self.fields["party_id"]


class NoteIssue(RaiseIssue):
    """What the office notes for others."""

    field_order = ("title", "text", "body_id", "source", "party_id", "source_text", "from_body_id")
    source = forms.ChoiceField(label=_("Raised by"), choices=SOURCES)
    party_id = PartyField("", label=_("Member"), required=False)  # type: ignore[assignment]
    source_text = forms.CharField(
        label=_("Survey"), required=False, max_length=200,
        help_text=_("For a survey of residents: which one, which question, how many said so."),
    )  # fmt: skip
    from_body_id = forms.TypedChoiceField(
        label=_("Body"), required=False, coerce=int, empty_value=None,
        help_text=_("For an issue that a body raises."),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, parties=(), **named)
        self.fields["party_id"] = self.base_fields["party_id"]
        self.order_fields(self.field_order)
        self.fields["from_body_id"].choices = [("", "—"), *queries.body_choices()]  # type: ignore[attr-defined]


_WHY = _("Whoever raised the issue reads it.")


class PassOn(forms.Form):
    to_body_id = forms.TypedChoiceField(label=_("To which body"), coerce=int)
    reason = forms.CharField(
        label=_("What the body says about it"), required=False, max_length=1000, help_text=_WHY,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *given: Any, card: queries.IssueCard, **named: Any) -> None:
        super().__init__(*given, **named)
        others = [one for one in queries.body_choices() if one[0] != card.body_id]
        self.fields["to_body_id"].choices = others  # type: ignore[attr-defined]


class Return(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, help_text=_WHY, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *given: Any, card: queries.IssueCard, **named: Any) -> None:
        super().__init__(*given, **named)


class Conclude(Return):
    """What was reached, or why it goes no further."""


class Merge(forms.Form):
    into_id = forms.TypedChoiceField(
        label=_("Into which issue"), coerce=int,
        help_text=_("Issues that wait before the same body. This one points to it from then on."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *given: Any, card: queries.IssueCard, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["into_id"].choices = queries.issue_choices(card.body_id, but=card.id)  # type: ignore[attr-defined]


class Promote(forms.Form):
    part_id = forms.TypedChoiceField(
        label=_("As which project, or under which task"), coerce=int,
        help_text=_("Under a task a new project begins in the plan's draft; a resolution adopts it."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *given: Any, card: queries.IssueCard, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["part_id"].choices = plans.place_choices()  # type: ignore[attr-defined]


class Split(forms.Form):
    titles = forms.CharField(
        label=_("What it becomes"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("One title on each line, at least two. Each keeps the whole story."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *given: Any, card: queries.IssueCard, **named: Any) -> None:
        super().__init__(*given, **named)

    def clean_titles(self) -> list[str]:
        return [line for line in self.cleaned_data["titles"].splitlines() if line.strip()]


class GatherAgenda(forms.Form):
    """What waits for a meeting; all of it is chosen to begin with."""

    issue_ids = forms.TypedMultipleChoiceField(
        label=_("Issues before this body"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    item_ids = forms.TypedMultipleChoiceField(
        label=_("Left undecided by the meetings before"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self,
        *given: Any,
        waits: Mapping[str, Sequence[tuple[int, str]]],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        for name, choices in waits.items():
            field: Any = self.fields[name]
            field.choices, field.initial = choices, [pk for pk, _title in choices]
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {name: given.get(name, []) for name in ("issue_ids", "item_ids")}
