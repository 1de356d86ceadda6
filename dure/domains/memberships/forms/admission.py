"""Forms of applying and deciding."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.ui.fields import BusinessNumberField, DateField, WonField

from .. import queries


class Apply(forms.Form):
    """The public application; `member_class` is chosen on the step before.

    The office types in applications that came on paper: the consents stand there.
    """

    name = forms.CharField(label=_("Name of the organisation"), max_length=120)
    registration_number = BusinessNumberField(
        label=_("Business registration number"),
        required=False,
        help_text=_("If there is one. Never type a resident registration number."),
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "We answer to this address. An e-mail address or a telephone number is enough."
        ),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    motivation = forms.CharField(
        label=_("Why you want to join"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you do, and what you would like to do together."),
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        on: date,
        own: tuple[tuple[int, str], ...] = (),
        asks_consent: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_consent:
            self.fields["applied_date"] = DateField(
                label=_("Received on"),
                required=False,
                help_text=_("When it came on paper before today: the procedure of that day holds."),
            )
        if kind == "person":
            self.fields["name"].label = _("Name")
            for unasked in ("registration_number", "contact_name"):
                del self.fields[unasked]
        self.texts = parties.consent_texts(on)
        for text in self.texts:
            self.fields[f"consent_{text.id}"] = forms.BooleanField(
                label=text.title,
                help_text=text.text,
                required=text.is_required and asks_consent,
                error_messages={
                    "required": _("Without this consent we cannot handle the application.")
                },
            )
        if own:
            self.fields["party_id"] = forms.TypedChoiceField(
                label=_("Apply for"),
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", _("someone not in the directory yet")), *own],
            )
            self.order_fields(["party_id"])
            self.fields["name"].required = False
            if "contact_name" in self.fields:
                self.fields["contact_name"].required = False

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["consents"] = tuple(t.id for t in self.texts if given.pop(f"consent_{t.id}", False))
        if not given.get("party_id") and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Type a name."))
        return given


class NoteInterview(forms.Form):
    visit_date = DateField(label=_("Date of the visit"))
    form = forms.ChoiceField(label=_("How"))
    interviewers = forms.CharField(label=_("Interviewers"), max_length=200)
    opinion = forms.ChoiceField(label=_("Opinion"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was found"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, questions: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
        how, opinions = queries.interview_choices()
        self.fields["form"].choices = how  # type: ignore[attr-defined]
        self.fields["opinion"].choices = opinions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["answers"] = tuple(
            (question, given.pop(f"answer_{number}", ""))
            for number, question in enumerate(self.questions)
        )
        return given


class AdmitMember(forms.Form):
    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        help_text=_(
            "The body, the meeting and the item of its minutes, such as “board, 5th meeting, item 2”."
        ),
    )
    decided_date = DateField(label=_("Date of the decision"))
    joined_date = DateField(label=_("Member from"))
    member_class = forms.ChoiceField(label=_("Kind of member"))
    party_id = forms.TypedChoiceField(
        label=_("Already in the directory?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Choose the entry if the applicant is known, so that there are not two."),
    )
    reason = forms.CharField(
        label=_("Reasons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def __init__(self, *args: Any, card: queries.ApplicationCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = [  # type: ignore[attr-defined]
            (c.code, c.name) for c in queries.member_classes() if c.who in ("any", card.kind)
        ]
        if card.party_id is not None or not card.alike:
            del self.fields["party_id"]
        else:
            self.fields["party_id"].choices = [  # type: ignore[attr-defined]
                ("", _("No, add a new one")),
                *((p.id, f"{p.name} {p.hint}".strip()) for p in card.alike),
            ]


class RefuseApplication(forms.Form):
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    decided_date = DateField(label=_("Date of the decision"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "It is sent to the applicant. Admission may not be refused without just cause."
        ),
    )


class EraseApplication(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For example: asked by the applicant")
    )


class EnrolMember(forms.Form):
    """`party_id` comes from the address, where the party was searched for."""

    member_class = forms.ChoiceField(label=_("Kind of member"))
    joined_date = DateField(label=_("Member from"))
    number = forms.IntegerField(
        label=_("Member number"),
        required=False,
        min_value=1,
        max_value=999_999_999,
        help_text=_("Leave it empty for the next number."),
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = _class_choices()  # type: ignore[attr-defined]


class ChangeMemberClass(forms.Form):
    member_class = forms.ChoiceField(label=_("New kind of member"))
    from_date = DateField(label=_("From"), help_text=_("Dues follow from the next month."))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].choices = _class_choices()  # type: ignore[attr-defined]


class LeaveMembership(forms.Form):
    left_date = DateField(label=_("Leaves on"), help_text=_("From this day on no longer a member."))
    notice_date = DateField(
        label=_("Notice given on"),
        required=False,
        help_text=_("If the notice came in earlier; empty: today."),
    )
    reason = forms.ChoiceField(label=_("Reason"))
    decided_by = forms.CharField(
        label=_("Decided by"),
        required=False,
        max_length=200,
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class MemberClassForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    who = forms.ChoiceField(
        label=_("Who may belong"),
        choices=[
            ("any", _("organisations and people")),
            ("organisation", _("organisations")),
            ("person", _("people")),
        ],
    )
    may_vote = forms.BooleanField(label=_("May vote"), required=False)
    interview_required = forms.BooleanField(
        label=_("An interview comes before the decision"), required=False
    )
    is_open = forms.BooleanField(label=_("One can apply on the public form"), required=False)
    holds_shares = forms.BooleanField(label=_("Holds shares"), required=False)
    share_minimum_won = WonField(label=_("Least shares"), zero=True, required=False)
    share_article = forms.CharField(
        label=_("Article for the shares"), max_length=120, required=False
    )
    description = forms.CharField(
        label=_("For the application page"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["share_minimum_won"] = given.get("share_minimum_won") or 0
        return given


def _class_choices() -> list[tuple[str, str]]:
    return [(c.code, c.name) for c in queries.member_classes()]
