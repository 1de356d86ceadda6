"""What is typed about minutes and templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TEMPLATE_MAX = 1 << 20


class WriteMinutes(forms.Form):
    text = forms.CharField(
        label=_("What was said"), required=False, max_length=50_000,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Attendance, votes and results are in the minutes already."),
    )  # fmt: skip


class CommentOnMinutes(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=4_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("It stays with the minutes as you wrote it."),
    )  # fmt: skip


class NoteSignature(forms.Form):
    """Who signed the minutes on paper."""

    person_id = forms.TypedChoiceField(label=_("Who signed"), coerce=int)

    def __init__(self, signers: tuple[tuple[int, str], ...], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person_id"].choices = signers  # type: ignore[attr-defined]


class ReplaceTemplate(forms.Form):
    text = forms.CharField(
        label=_("Template"), required=False, widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
        help_text=_("A little HTML with fields; see below which there are."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or as a file"), required=False,
        help_text=_("An .html file in UTF-8; it holds in place of the words above."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.pop("file", None)
        if file is not None:
            try:
                given["text"] = file.read(TEMPLATE_MAX).decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError({"file": _("This file is not text in UTF-8.")}) from error
        return given
