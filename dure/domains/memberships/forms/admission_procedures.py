"""The form of one step of a procedure, by its kind: a reader of bylaws fills it in, no programmer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import COMPARISONS, KINDS, Comparison, Kind, write_value
from dure.domains.parties.rules.codes import DESIGNATION_KINDS
from dure.ui.fields import DateField

from ..rules import procedures as rules
from ..rules.procedures import Limit, Procedure, Sheet, Step, StepKind

LIST_LABELS = {
    StepKind.PAPERS: _("Papers, one on each line"),
    StepKind.INTERVIEW: _("Questions, one on each line"),
    StepKind.PLACE: _("Regions, one code on each line"),
}
LIMIT_LABELS = {
    "asks": _("Asked"),
    "majority": _("Needed in favour"),
    "quorum": _("Needed to be present"),
    "within": _("Within"),
}
TEXTS: dict[str, Any] = {
    "wording": _("Text to be signed"),
    "version": _("Version of the text"),
    "body": _("Who"),
    "of": _("Share of what"),
}
_OF_CHOICES = (Comparison.ONE_OF, Comparison.ALL_OF)
COMPARED = [(c.value, label) for c, label in COMPARISONS if c not in _OF_CHOICES]


class AddStep(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of step"), choices=[(k.value, label) for k, label in rules.STEP_KINDS.items()]
    )


class SetStep(forms.Form):
    """One step; `step_of` makes it of what was typed."""

    title = forms.CharField(label=_("Title"), max_length=120)

    def __init__(
        self, *args: Any, procedure: Procedure, kind: StepKind, step: Step | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.procedure, self.kind, self.step = procedure, kind, step
        shape = rules.SHAPES[kind]
        if kind == StepKind.DESIGNATION:
            self.fields["items"] = forms.MultipleChoiceField(
                label=_("Designations"),
                choices=DESIGNATION_KINDS,
                widget=forms.CheckboxSelectMultiple,
            )
        elif shape.items:
            self.fields["items"] = forms.CharField(
                label=LIST_LABELS[kind], widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
            )
        for name in shape.texts:
            if name == "base":
                self.fields["base"] = forms.ChoiceField(
                    label=_("Votes are counted against"), choices=list(rules.BASES.items())
                )
                continue
            area: dict[str, Any] = (
                {"widget": forms.Textarea(attrs={"rows": 4})} if name == "wording" else {}
            )
            self.fields[name] = forms.CharField(
                label=TEXTS[name],
                max_length=4000 if area else 120,
                required=name in shape.needed,
                **area,
            )
        if kind == StepKind.SPONSORS:
            for by, label in rules.SPONSORS.items():
                self.fields[f"way_{by}"] = forms.IntegerField(
                    label=str(label), min_value=0, max_value=1000, help_text=_("0: not this way")
                )
        for name, kinds in rules.limits_of(kind).items():
            self._limit_fields(name, kinds)
        self.fields["article"] = forms.CharField(
            label=_("Article"),
            max_length=120,
            required=False,
            help_text=_("Where it stands; empty: where the procedure stands."),
        )
        self.fields["from_date"] = DateField(label=_("From"))

    def _limit_fields(self, name: str, kinds: tuple[Kind, ...]) -> None:
        rule = rules.RULES.get((self.kind, name))
        if len(kinds) > 1:
            labels = dict(KINDS)
            self.fields[f"{name}_kind"] = forms.ChoiceField(
                label=_("Kind of value"),
                choices=[(k.value, labels[k]) for k in kinds],
                required=False,
            )
        self.fields[f"{name}_comparison"] = forms.ChoiceField(
            label=_("Compared"), choices=[("", _("as usual")), *COMPARED], required=False
        )
        self.fields[f"{name}_value"] = forms.CharField(
            label=LIMIT_LABELS[name],
            max_length=60,
            required=rule is None,
            help_text=_("Empty: the rule of the network holds.")
            if rule
            else _("Such as 50, 1/2 or 30,000; yes for a yes."),
        )
        if name == "quorum":
            self.fields["quorum_free"] = forms.BooleanField(
                label=_("Nobody has to be present (no quorum)"), required=False
            )

    def step_of(self) -> Step:
        """The step as typed. Raises ValueUnreadable, ComparisonUnfit."""
        given = self.cleaned_data
        base = self.procedure.sheet
        sheet = Sheet(base.document, given["article"]) if given["article"] else base
        items = given.get("items", ())
        if isinstance(items, str):
            items = (line.strip() for line in items.splitlines())
        return Step(
            key=self.step.key if self.step else rules.free_key(self.procedure, self.kind),
            kind=self.kind,
            title=given["title"],
            sheet=sheet,
            items=tuple(dict.fromkeys(item for item in items if item)),
            ways=tuple(
                rules.new_way(by, given[f"way_{by}"], sheet, given["title"])
                for by in rules.SPONSORS
                if given.get(f"way_{by}")
            ),
            wording=given.get("wording", ""),
            version=given.get("version", ""),
            body=given.get("body", ""),
            base=given.get("base") or "seats",
            of=given.get("of", ""),
            limits=tuple(self._limits(sheet)),
        )

    def _limits(self, sheet: Sheet) -> list[tuple[str, Limit]]:
        given, found = self.cleaned_data, []
        for name, kinds in rules.limits_of(self.kind).items():
            if given.get(f"{name}_free"):
                continue
            text, rule = given[f"{name}_value"].strip(), rules.RULES.get((self.kind, name), "")
            if not text:
                found.append((name, Limit(rule=rule)))
                continue
            kind = Kind(given.get(f"{name}_kind") or kinds[0])
            compared = given[f"{name}_comparison"]
            found.append((name, rules.new_limit(kind, text, sheet, given["title"], compared)))
        return found


def initial_of(step: Step, procedure: Procedure) -> dict[str, Any]:
    """What the form of a step begins with."""
    found: dict[str, Any] = {
        name: getattr(step, name) for name in ("title", "wording", "version", "body", "base", "of")
    }
    found["items"] = (
        list(step.items) if step.kind == StepKind.DESIGNATION else "\n".join(step.items)
    )
    found["article"] = step.sheet.article if step.sheet != procedure.sheet else ""
    for by in rules.SPONSORS:
        found[f"way_{by}"] = next((way.limit.value for way in step.ways if way.by == by), 0)
    for name in rules.limits_of(step.kind):
        limit = step.limit(name)
        found[f"{name}_free"] = limit is None
        if limit is not None and not limit.rule:
            found[f"{name}_kind"] = limit.kind.value
            found[f"{name}_comparison"] = limit.comparison.value
            found[f"{name}_value"] = write_value(limit.kind, limit.value)
    return found
