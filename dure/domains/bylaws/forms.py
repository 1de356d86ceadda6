"""What the pages of the rules ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField, TypedInput

from . import queries, rules

OWN_ORIGINS = (("bylaws", _("network's bylaws")), ("regulation", _("network's regulation")))
EVERY = [("", _("all"))]


class RulesAsked(forms.Form):
    """Which rules the page shows."""

    on = DateField(label=_("On"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    origin = forms.ChoiceField(
        label=_("Laid down by"), required=False, choices=[*EVERY, *rules.ORIGINS]
    )

    def __init__(self, *args: Any, areas: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [*EVERY, *areas]  # type: ignore[attr-defined]


class TryValue(forms.Form):
    """A value to hold against a rule, and for a ratio the whole it is a part of."""

    value = forms.CharField(
        label=_("Value"), max_length=rules.LONGEST["value"], widget=TypedInput("10")
    )
    whole = forms.CharField(
        label=_("Of the whole"),
        required=False,
        max_length=20,
        widget=TypedInput("90,000,000"),
        help_text=_("Of a share: leave it empty to type the share itself, like 2/3."),
    )


class _Cited(forms.Form):
    origin = forms.ChoiceField(label=_("Laid down by"), choices=OWN_ORIGINS)
    document = forms.CharField(
        label=_("Document"),
        max_length=rules.LONGEST["document"],
        widget=TypedInput("정관"),
        help_text=_("The name of the bylaws or regulation."),
    )
    article = forms.CharField(
        label=_("Article"), max_length=rules.LONGEST["article"], widget=TypedInput("제8조제1항")
    )
    from_date = DateField(label=_("From"), help_text=_("The day from which it holds."))
    decided_by = forms.CharField(
        label=_("Decided by"),
        required=False,
        max_length=rules.LONGEST["title"],
        widget=TypedInput("2026 정기총회 제3호"),
    )


class AdoptProvision(_Cited):
    """One value of a rule that is known."""

    value = forms.CharField(
        label=_("Value"), max_length=rules.LONGEST["value"], widget=TypedInput("14")
    )
    text = forms.CharField(
        label=_("Words of the article"),
        required=False,
        max_length=rules.LONGEST["text"],
        widget=forms.Textarea,
        help_text=_("Copy the paragraph, so that everyone can read the rule beside its words."),
    )
    field_order: Sequence[str] = (
        "value",
        "origin",
        "document",
        "article",
        "from_date",
        "decided_by",
        "text",
    )


class AdoptNewProvision(AdoptProvision):
    """A rule that no law knows: what it is about, and how a value is held against it."""

    value = forms.CharField(
        label=_("Value"),
        max_length=rules.LONGEST["value"],
        widget=TypedInput("24개월 · 5천만원 이내 · 3분의 2"),
        help_text=_("As the article says it."),
    )
    area = forms.ChoiceField(label=_("Area"), choices=rules.areas, initial="other")
    rule_key = forms.CharField(
        label=_("Short name for programs"),
        required=False,
        max_length=60,
        widget=TypedInput("dues.full_member_won"),
        help_text=_("Leave it empty; it is numbered then. Only programs use it."),
    )
    label = forms.CharField(
        label=_("Rule"), max_length=rules.LONGEST["label"], widget=TypedInput("정회원 월 회비")
    )
    kind = forms.ChoiceField(label=_("Kind of value"), choices=rules.KINDS)
    comparison = forms.ChoiceField(label=_("Asks"), choices=rules.COMPARISONS)
    of = forms.CharField(
        label=_("A share of"), required=False, max_length=rules.LONGEST["of"],
        widget=TypedInput("납입 출자금 총액"),
    )  # fmt: skip
    field_order: Sequence[str] = (
        "label", "area", "kind", "comparison", "of", "value", "origin", "document", "article",
        "from_date", "decided_by", "text", "rule_key",
    )  # fmt: skip


class RepealProvision(_Cited):
    """The end of a rule of the network's own."""


class WriteArticle(forms.Form):
    """The words of an article of the network's own."""

    document = forms.CharField(
        label=_("Document"), max_length=rules.LONGEST["document"], widget=TypedInput("정관")
    )
    article = forms.CharField(
        label=_("Article"), max_length=rules.LONGEST["article"], widget=TypedInput("제8조제1항")
    )
    heading = forms.CharField(
        label=_("Heading"), required=False, max_length=rules.LONGEST["heading"],
        widget=TypedInput("회비"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Words of the article"), max_length=rules.LONGEST["text"], widget=forms.Textarea
    )
    from_date = DateField(label=_("From"), help_text=_("The day from which it reads so."))
    decided_by = forms.CharField(
        label=_("Decided by"), required=False, max_length=rules.LONGEST["title"],
        widget=TypedInput("2026 정기총회 제3호"),
    )  # fmt: skip


class ImportProvisions(forms.Form):
    """A file of rules, or its text."""

    upload = forms.FileField(label=_("File"), required=False, help_text=_("A TOML file in UTF-8."))
    file = forms.CharField(
        label=_("Or its text"), required=False, strip=False, widget=forms.Textarea
    )
    decided_by = forms.CharField(
        label=_("Decided by"), required=False, max_length=rules.LONGEST["title"],
        widget=TypedInput("2026 정기총회 제3호"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.pop("upload", None)  # the page has put its text into `file`
        if not given.get("file", "").strip():
            raise ValidationError(_("Choose a file or paste its text."))
        return given


class AdoptLegalForm(forms.Form):
    """The legal form whose law applies from a day."""

    form = forms.ChoiceField(label=_("Legal form"))
    from_date = DateField(label=_("From"), help_text=_("The day of registration or permission."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = ("other", _("another form: what every body must keep, and model rules"))
        self.fields["form"].choices = [*queries.forms(), other]  # type: ignore[attr-defined]
