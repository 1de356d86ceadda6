"""Forms of procedures and their steps; what a step asks shapes its form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Kind
from dure.domains.parties.rules.codes import DESIGNATION_KINDS
from dure.ui.fields import DateField, WonField

from .. import queries
from ..rules.procedures import SPONSORS, Step, StepKind
from .shares import PayShares

FILE_MAX = 64 * 1024
OPINIONS = [("favourable", _("in favour")), ("neutral", _("no opinion")), ("against", _("against"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class LoadProcedure(forms.Form):
    member_class = forms.ChoiceField(label=_("Kind of member"))
    from_date = DateField(
        label=_("From"),
        help_text=_("Applications that came before keep the procedure they began with."),
    )
    profile = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        help_text=_("How real networks do it. Afterwards you can change it step by step."),
    )
    file = forms.FileField(
        label=_("Or a file of your own"),
        required=False,
        help_text=_("A procedure as a TOML file, as this page hands it out."),
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in queries.member_classes()
        ]
        self.fields["profile"].choices = [  # type: ignore[attr-defined]
            ("", _("(nothing)")),
            *((name, one.procedure.title) for name, one in queries.profiles().items()),
        ]

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if not given:
            return ""
        if given.size > FILE_MAX:
            raise forms.ValidationError(_("The file is too large for a procedure."))
        try:
            text: str = given.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not UTF-8 text.")) from error
        return text


class NoteStep(forms.Form):
    """What is noted for one step, by its kind; `clean` gives what the command takes."""

    def __init__(self, *args: Any, step: Step, kind: Kind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        for name, field in _fields(step, kind).items():
            self.fields[name] = field
        self.fields["text"] = forms.CharField(
            label=_("Note"),
            max_length=2000,
            required=step.kind == StepKind.HEARING,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("What it was seen from, or why it is not needed."),
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        plain = ("item", "waived", "text")
        values = tuple(
            (name, _plain(value))
            for name, value in sorted(given.items())
            if name not in plain and value not in (None, "")
        )
        found = {name: given[name] for name in plain if name in given}
        return {**found, "values": values}


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _fields(step: Step, kind: Kind | None) -> dict[str, forms.Field]:
    match step.kind:
        case StepKind.PAPERS:
            return {
                "item": forms.ChoiceField(
                    label=_("Paper"), choices=[(paper, paper) for paper in step.items]
                ),
                "waived": forms.BooleanField(label=_("It is not needed (say why)"), required=False),
            }
        case StepKind.FACT if kind == Kind.YES_NO:
            return {"found": forms.ChoiceField(label=step.title, choices=YES_NO)}
        case StepKind.FACT if kind == Kind.RATIO:
            return {
                "found": forms.IntegerField(label=step.title, min_value=0, max_value=10**9),
                "of": forms.IntegerField(
                    label=step.of or _("of all"), min_value=1, max_value=10**9
                ),
            }
        case StepKind.FACT:
            return {"found": forms.CharField(label=step.title, max_length=40)}
        case StepKind.PLACE:
            return {
                "offices": forms.CharField(
                    label=_("Regions of head and branch offices"),
                    max_length=200,
                    help_text=_("Such as 경기 수원시, 서울 광진구; separated by commas."),
                )
            }
        case StepKind.TERRITORY:
            return {
                "region": forms.CharField(label=_("Region"), max_length=60),
                "ward": forms.CharField(
                    label=_("Ward, where the city has wards"), max_length=40, required=False
                ),
            }
        case StepKind.DESIGNATION:
            labels = dict(DESIGNATION_KINDS)
            return {
                "designation": forms.ChoiceField(
                    label=_("Designation"),
                    choices=[(item, labels.get(item, item)) for item in step.items],
                ),
                "number": forms.CharField(label=_("Number"), max_length=40, required=False),
            }
        case StepKind.HEARING:
            return {
                "opinion": forms.ChoiceField(
                    label=_("Opinion"), choices=OPINIONS, widget=forms.RadioSelect
                ),
                "date": DateField(label=_("Heard on")),
            }
        case _:
            return {"amount": WonField(label=_("Amount")), "date": DateField(label=_("Paid on"))}


class SignPledge(forms.Form):
    name = forms.CharField(label=_("Name of whoever signs"), max_length=60)


class SponsorApplication(forms.Form):
    """The office notes a sponsor."""

    by = forms.ChoiceField(label=_("Sponsored by"))
    party_id = forms.TypedChoiceField(
        label=_("Sponsor"), coerce=int, empty_value=None, required=False
    )
    text = forms.CharField(label=_("Note"), max_length=2000, required=False)

    def __init__(self, *args: Any, step: Step, found: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [(way.by, SPONSORS[way.by]) for way in step.ways]  # type: ignore[attr-defined]
        self.fields["party_id"].choices = [("", _("the office itself")), *found]  # type: ignore[attr-defined]


class OwnSponsor(forms.Form):
    """A member sponsors in its own name."""

    party_id = forms.TypedChoiceField(label=_("In whose name"), coerce=int)

    def __init__(self, *args: Any, own: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party_id"].choices = own  # type: ignore[attr-defined]


def _count(label: Any, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=required)


class DecideApplication(forms.Form):
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=120,
        help_text=_("Where the decision is found, such as “5th meeting, item 2”."),
    )
    decided_date = DateField(label=_("Decided on"))
    seats = _count(_("Seats of the body"))
    present = _count(_("Present"))
    in_favour = _count(_("In favour"))
    against = _count(_("Against"))
    abstaining = _count(_("Abstaining"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the votes do not suffice; it is told to the applicant."),
    )
    party_id = forms.TypedChoiceField(
        label=_("In the directory"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, card: queries.ApplicationCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if card.party_id is not None or not card.alike:
            del self.fields["party_id"]
        else:
            self.fields["party_id"].choices = [  # type: ignore[attr-defined]
                ("", _("someone not in the directory yet")),
                *((one.id, f"{one.name} {one.hint}".strip()) for one in card.alike),
            ]


class CompleteAdmission(PayShares):
    paid_date = DateField(
        label=_("Paid on"),
        required=False,
        help_text=_("From this day on the applicant is a member."),
    )


class AppealRefusal(forms.Form):
    text = forms.CharField(
        label=_("Why the decision should be changed"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecideAppeal(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("the appeal is granted")), ("no", _("the appeal is rejected"))],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )
    minutes = forms.CharField(label=_("Minutes"), max_length=120)
    decided_date = DateField(label=_("Decided on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
