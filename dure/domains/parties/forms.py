"""What people type about people and organisations. The rules read it; here it only gets its shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.refusals import InvalidInput
from dure.ui.fields import DateField, PickField, TypedInput

from . import queries
from .rules.codes import DESIGNATION_KINDS, LEGAL_FORMS, OFFICES, OPENNESS, RELATIONS
from .rules.fields import LABELS, LENGTHS, read_field
from .rules.imports import FIELDS
from .rules.industries import industry_sections
from .rules.names import NAME_MAX
from .rules.purposes import ITEMS
from .rules.regions import region_choices, region_name, sidos

NOTHING = ("", "—")


class RuleField(forms.CharField):
    """Text read by the room's own rules, so that a form refuses with the same words as a file."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        self.rule = field
        kwargs.setdefault("label", LABELS[field])
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            read_field(self.rule, text)
        except InvalidInput as refusal:
            raise ValidationError(
                f"{refusal} {refusal.advice}".strip(), code=refusal.code
            ) from refusal
        return text


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class OrganisationForm(forms.Form):
    """All that is kept about an organisation."""

    name = RuleField("name", required=True, max_length=NAME_MAX)
    legal_form = forms.ChoiceField(
        label=LABELS["legal_form"], choices=[NOTHING, *LEGAL_FORMS], required=False
    )
    business_number = RuleField(
        "business_number", widget=TypedInput("123-45-67890", {"inputmode": "numeric"}),
        help_text=_("10 digits; the last one is checked."),
    )  # fmt: skip
    corporate_number = RuleField(
        "corporate_number", widget=TypedInput("110111-0000000"),
        help_text=_("Of the corporation, never of a person."),
    )  # fmt: skip
    designations = forms.MultipleChoiceField(
        label=LABELS["designations"], choices=DESIGNATION_KINDS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    region_code = forms.ChoiceField(
        label=LABELS["region_code"], choices=region_choices, required=False
    )
    postcode = RuleField("postcode", widget=TypedInput("05029", {"inputmode": "numeric"}))
    address = RuleField("address", max_length=LENGTHS["address"])
    industry_section = forms.ChoiceField(
        label=LABELS["industry_section"], required=False,
        choices=lambda: [NOTHING, *industry_sections()],
    )  # fmt: skip
    industry_text = RuleField("industry_text", max_length=LENGTHS["industry_text"])
    founded_date = DateField(label=LABELS["founded_date"], required=False)
    workers = RuleField("workers", widget=TypedInput("12", {"inputmode": "numeric"}))
    members = RuleField("members", widget=TypedInput("30", {"inputmode": "numeric"}))
    phone = RuleField("phone", widget=TypedInput("02-123-4567", {"inputmode": "tel"}))
    fax = RuleField("fax", widget=TypedInput("02-123-4568", {"inputmode": "tel"}))
    email = RuleField("email", widget=TypedInput("name@example.kr", {"inputmode": "email"}))
    website = RuleField("website", widget=TypedInput("https://example.kr", {"inputmode": "url"}))
    description = RuleField("description", max_length=LENGTHS["description"], widget=area())
    offers = RuleField(
        "offers", max_length=LENGTHS["offers"], widget=area(2),
        help_text=_("What others can find you by: products, services, rooms."),
    )  # fmt: skip
    needs = RuleField("needs", max_length=LENGTHS["needs"], widget=area(2))
    requirement = RuleField("requirement", max_length=LENGTHS["requirement"], widget=area(2))
    openness = forms.ChoiceField(label=LABELS["openness"], choices=OPENNESS, required=False)
    is_published = forms.BooleanField(
        label=LABELS["is_published"], required=False,
        help_text=_("Anyone may then find it. Mobile numbers are masked."),
    )  # fmt: skip


class ChangeOrganisationForm(OrganisationForm):
    """The same without designations, which have a life of their own."""

    designations = None  # type: ignore[assignment]


class OwnOrganisationForm(ChangeOrganisationForm):
    """What a representative may change of the own organisation."""

    name = None  # type: ignore[assignment]
    legal_form = None  # type: ignore[assignment]
    business_number = None  # type: ignore[assignment]
    corporate_number = None  # type: ignore[assignment]
    is_published = None  # type: ignore[assignment]


class PersonForm(forms.Form):
    """A person: no birth date, no resident number."""

    name = RuleField("name", required=True, max_length=NAME_MAX)
    email = RuleField("email", widget=TypedInput("name@example.kr", {"inputmode": "email"}))
    phone = RuleField("phone", widget=TypedInput("010-1234-5678", {"inputmode": "tel"}))
    address = RuleField(
        "address", max_length=LENGTHS["address"],
        help_text=_("Only where a register of members must name it; otherwise leave it empty."),
    )  # fmt: skip


class DesignationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Designation"), choices=DESIGNATION_KINDS)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    from_date = DateField(label=_("From"), required=False)
    until_date = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which it no longer holds."),
    )


class EndForm(forms.Form):
    """When something ends: the first day on which it no longer holds."""

    until_date = DateField(
        label=_("Ends on"), help_text=_("The first day on which it no longer holds.")
    )


class PartyField(PickField):
    """A party by name, e-mail or number (#12)."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(
            find=lambda text: queries.search_parties(text, kind=kind),
            exists=lambda party_id: queries.party_exists(party_id, kind),
            **kwargs,
        )


class RelationForm(forms.Form):
    """By the whole name: whoever declares need not look through the register."""

    other_id = PickField(
        label=_("Name of the other"),
        find=lambda text: [
            one for one in queries.search_parties(text, kind="person") if one.name == text
        ],
        exists=lambda party_id: queries.party_exists(party_id, "person"),
        help_text=_("The whole name, or a number like #12."),
    )
    kind = forms.ChoiceField(label=_("Relation"), choices=RELATIONS)
    from_date = DateField(label=_("From"))


class RepresentativeForm(forms.Form):
    person_id = PartyField("person", label=_("Person"))
    role = forms.CharField(
        label=_("Role"), max_length=40, required=False, help_text=_("For example 이사장.")
    )
    is_deputy = forms.BooleanField(label=_("Deputy"), required=False)
    from_date = DateField(label=_("From"))
    until_date = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which it no longer holds."),
    )


class AppointmentForm(forms.Form):
    person_id = PartyField("person", label=_("Person"))
    office = forms.ChoiceField(label=_("Office"), choices=OFFICES)
    from_date = DateField(label=_("From"))
    until_date = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which it no longer holds."),
    )
    decision = forms.CharField(
        label=_("Decision"), max_length=200, required=False,
        help_text=_("By which decision, for example 2026년 제3차 이사회."),
    )  # fmt: skip


class BankAccountForm(forms.Form):
    bank = forms.CharField(label=_("Bank"), max_length=40)
    number = forms.CharField(
        label=_("Account number"), max_length=40, widget=TypedInput("", {"inputmode": "numeric"}),
        help_text=_("It is stored encrypted; only the last four digits are shown."),
    )  # fmt: skip
    holder = forms.CharField(label=_("Holder"), max_length=60, required=False)


class ConsentTextForm(forms.Form):
    purpose = forms.RegexField(
        r"[a-z][a-z0-9_]{1,39}", label=_("Purpose"),
        help_text=_("A short code, for example privacy or newsletter."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), widget=area(10), max_length=20_000)
    from_date = DateField(label=_("From"))
    is_required = forms.BooleanField(
        label=_("Required for joining"), required=False,
        help_text=_("Optional consents may never block joining (Personal Information Protection Act 22)."),
    )  # fmt: skip
    recipient = forms.CharField(
        label=_("Given to"), max_length=120, required=False,
        help_text=_("Only where others are given the data: the city, a support centre. Such a text stands alone and may be refused."),
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label=_("Which data"), choices=tuple(ITEMS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kept_text = forms.CharField(
        label=_("How long it is kept there"), max_length=120, required=False,
        help_text=_("For example: 사업이 끝난 날부터 1년"),
    )  # fmt: skip

    def clean_items(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["items"])


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For example: 본인 요청, 2026-11-20")
    )


class NetworkForm(forms.Form):
    name = RuleField("name", required=True, max_length=NAME_MAX)
    legal_form = forms.ChoiceField(
        label=LABELS["legal_form"], choices=[NOTHING, *LEGAL_FORMS], required=False
    )
    business_number = RuleField("business_number", widget=TypedInput("123-45-67890"))
    fiscal_year_start_month = forms.IntegerField(
        label=_("First month of the fiscal year"), min_value=1, max_value=12
    )
    region_code = forms.ChoiceField(
        label=LABELS["region_code"], choices=region_choices, required=False
    )
    founded_date = DateField(label=LABELS["founded_date"], required=False)
    authorised_date = DateField(
        label=_("Authorised on"),
        required=False,
        help_text=_(
            "The day the founding was authorised or registered, where the legal form needs it. "
            "Kinds of membership that wait for it open then."
        ),
    )
    address = RuleField("address", max_length=LENGTHS["address"])
    phone = RuleField("phone", widget=TypedInput("02-123-4567", {"inputmode": "tel"}))
    email = RuleField("email", widget=TypedInput("name@example.kr", {"inputmode": "email"}))
    website = RuleField("website", widget=TypedInput("https://example.kr", {"inputmode": "url"}))
    privacy_officer = forms.CharField(label=_("Privacy officer"), max_length=60, required=False)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel, at most 20 MB; one row for each organisation.")
    )


def mapping_form(head: tuple[str, ...]) -> type[forms.Form]:
    """A form with one choice per column of the file, and what else an import asks."""
    choices = [("", _("(left out)")), *((name, LABELS[name]) for name in FIELDS)]
    fields: dict[str, forms.Field] = {
        f"column_{at}": forms.ChoiceField(
            label=text or _("column %(number)d") % {"number": at + 1},
            choices=choices,
            required=False,
        )
        for at, text in enumerate(head)
    }
    fields["kind"] = forms.ChoiceField(
        label=_("Rows without designation are"),
        choices=[NOTHING, *DESIGNATION_KINDS],
        required=False,
    )
    fields["publish"] = forms.BooleanField(
        label=_("Show them in the public directory"), required=False
    )
    return type("MappingForm", (forms.Form,), fields)


class RegisterFilters(forms.Form):
    """The filters of the list of organisations."""

    region = forms.ChoiceField(
        label=LABELS["region_code"], required=False,
        choices=lambda: [NOTHING, *((one.code, one.name) for one in sidos())],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=LABELS["designations"], choices=[NOTHING, *DESIGNATION_KINDS], required=False
    )
    published = forms.ChoiceField(
        label=LABELS["is_published"], required=False,
        choices=[NOTHING, ("yes", pgettext_lazy("published", "yes")), ("no", pgettext_lazy("published", "no"))],
    )  # fmt: skip


def directory_filters(facets: queries.Facets, region: str) -> type[forms.Form]:
    """The filters of the public directory; each choice says how many answers it leaves."""

    def choices(found: tuple[queries.Choice, ...]) -> list[tuple[str, str]]:
        offered = [
            (one.value, f"{one.label} ({one.count:,})") for one in found if one.count or one.chosen
        ]
        return [("", str(_("all"))), *offered]

    regions = choices(facets.regions)
    if len(region) == 5 and region_name(region) != region:
        regions.append((region, region_name(region)))
    fields: dict[str, forms.Field] = {
        "region": forms.ChoiceField(label=LABELS["region_code"], choices=regions, required=False),
        "category": forms.ChoiceField(
            label=LABELS["category"], choices=choices(facets.categories), required=False
        ),
        "kind": forms.ChoiceField(
            label=LABELS["designations"], choices=choices(facets.kinds), required=False
        ),
        "section": forms.CharField(widget=forms.HiddenInput, required=False),
        "openness": forms.CharField(widget=forms.HiddenInput, required=False),
    }
    return type("DirectoryFilters", (forms.Form,), fields)
