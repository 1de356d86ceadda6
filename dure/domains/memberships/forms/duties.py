"""What is typed about a duty or a benefit of a class."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.ui.fields import DateField

from ..rules.duties import TERM_KINDS, USES


class LayDownClassTerm(forms.Form):
    kind = forms.ChoiceField(label=_("Duty or benefit"), choices=TERM_KINDS)
    text = forms.CharField(
        label=_("Text"),
        max_length=300,
        help_text=_("In the words of the bylaws or the regulation."),
    )
    article = forms.CharField(
        label=_("Article"), max_length=120, help_text=_("Where it stands, such as 정관 제14조.")
    )
    from_date = DateField(label=_("From"))
    use = forms.ChoiceField(
        label=_("Asked for as"),
        choices=(("", _("nothing in particular")), *USES),
        required=False,
        help_text=_(
            "Only of a benefit: where Dure itself asks for it, it is refused while it rests."
        ),
    )
    rests = forms.BooleanField(
        label=_("A benefit rests while the membership is suspended"), required=False
    )


class EndClassTerm(forms.Form):
    until_date = DateField(
        label=_("Until"), help_text=_("The first day on which it no longer holds.")
    )
