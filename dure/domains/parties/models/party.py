"""Parties: the people and organisations every other room points at, in one space of ids."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..rules.codes import DESIGNATION_KINDS, LEGAL_FORMS, OPENNESS, PartyKind
from .fields import OrdinalField


class Party(models.Model):
    """A person or an organisation. After a merge the duplicate stays and points to the one kept."""

    kind = models.CharField(
        max_length=12,
        choices=[
            (PartyKind.PERSON, "person"),
            (PartyKind.ORGANISATION, "organisation"),
        ],
    )
    name = OrdinalField(max_length=120)
    name_key = OrdinalField(
        max_length=120
    )  # the name without its legal form, for finding duplicates
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    origin = models.ForeignKey(
        "parties.PartyImport",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="party_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name", "id"], name="party_by_name"),
            models.Index(
                fields=["kind", "name_key"], condition=Q(merged_into=None), name="party_by_name_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


# Numbers are indexed where there is one; a question that does not say so reads the whole table.
NUMBERED = ~Q(business_number="")


class Organisation(models.Model):
    """What is known of an organisation. Region codes are 2 (시도) and 5 digits (시군구)."""

    party = models.OneToOneField(
        Party, primary_key=True, on_delete=models.PROTECT, related_name="organisation"
    )
    legal_form = models.CharField(max_length=24, choices=LEGAL_FORMS, blank=True)
    business_number = models.CharField(max_length=10, blank=True)  # 사업자등록번호, digits only
    corporate_number = models.CharField(max_length=13, blank=True)  # 법인등록번호, digits only
    industry_section = models.CharField(max_length=1, blank=True)  # KSIC section letter A–U
    industry_text = models.CharField(max_length=120, blank=True)
    sido_code = models.CharField(max_length=2, blank=True)
    sigungu_code = models.CharField(max_length=5, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=200, blank=True)
    workers = models.PositiveIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    founded_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    fax = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=1000, blank=True)
    offers = models.CharField(max_length=500, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    requirement = models.CharField(max_length=1000, blank=True)  # what it asks of new members
    openness = models.CharField(max_length=1, choices=OPENNESS, blank=True)
    is_published = models.BooleanField(default=False)
    section = OrdinalField(max_length=60, blank=True)  # the section of the directory it stands in
    section_number = models.PositiveIntegerField(null=True, blank=True)
    category = OrdinalField(
        max_length=30, blank=True
    )  # 광역, 기초, 업종 … as the directory prints it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_number"],
                condition=NUMBERED,
                name="organisation_business_number_once",
            ),
            models.CheckConstraint(
                condition=Q(openness__in=["O", "X", ""]),
                name="organisation_openness_known",
            ),
            models.CheckConstraint(
                condition=Q(sigungu_code="") | ~Q(sido_code=""),
                name="organisation_sigungu_in_sido",
            ),
        ]
        indexes = [
            models.Index(fields=["is_published", "sido_code"], name="organisation_by_region"),
            models.Index(
                fields=["is_published", "section", "section_number"],
                name="organisation_by_section",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Designation(models.Model):
    """A certification, designation or standing of an organisation. The end is exclusive."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="designations"
    )
    kind = models.CharField(max_length=24, choices=DESIGNATION_KINDS)
    number = models.CharField(max_length=40, blank=True)
    from_date = models.DateField(null=True, blank=True)  # null: since before anyone noted it
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(from_date=None) | Q(until_date__gt=F("from_date")),
                name="designation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(until_date=None),
                name="designation_open_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "organisation"], name="designation_by_kind")]


class Person(models.Model):
    """A human being: name, e-mail, phone, and the address where a register must name it.

    No birth date and no resident number, on purpose.
    """

    party = models.OneToOneField(
        Party, primary_key=True, on_delete=models.PROTECT, related_name="person"
    )
    email = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    # kept only because a law says so: the name stays for the books, and is in no list any more
    apart_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="person_by_email")]

    def __str__(self) -> str:
        return str(self.party)


class Representative(models.Model):
    """A person speaks for an organisation for a term (end exclusive), or deputises."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representations")
    role = models.CharField(max_length=40, blank=True)
    is_deputy = models.BooleanField(default=False)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")),
                name="representative_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["until_date"], name="representative_by_end")]


class SearchTerm(models.Model):
    """The inverted index of the directory: a term of an organisation and how much it says."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="terms")
    term = OrdinalField(max_length=24)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "organisation"], name="search_term_once"),
        ]


class BankAccount(models.Model):
    """An account of a party. The number is encrypted with the network's key; four digits show."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(max_length=40)
    number_sealed = models.TextField()
    last_digits = models.CharField(max_length=4)
    holder = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(ended_at=None),
                name="bank_account_one_in_use",
            )
        ]
