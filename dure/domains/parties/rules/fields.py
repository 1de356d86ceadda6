"""The fields of an organisation as people name them, and how each is read from typed text.

Every door (form, API, CLI, file) hands over text or plain values; `read_organisation` makes them
clean or says what is wrong with which field.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dure.kernel.dates import parse_date
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _, pgettext_lazy

from . import texts
from .codes import DESIGNATION_KINDS, LEGAL_FORMS, Labels, Openness
from .industries import read_industry
from .names import clean_name
from .numbers import read_business_number, read_corporate_number
from .regions import read_region


class NotOnTheList(InvalidInput):
    """The value is none of those the field knows."""

    text = _("“%(given)s” is not a value of %(field)s.")


LABELS: Mapping[str, Any] = {  # lazily translated
    "name": _("Name"),
    "legal_form": _("Legal form"),
    "business_number": _("Business registration number"),
    "corporate_number": _("Corporate registration number"),
    "industry_section": _("Industry section"),
    "industry_text": _("Industry"),
    "region_code": _("Region"),
    "postcode": _("Postcode"),
    "address": _("Address"),
    "workers": _("Number of workers"),
    "members": _("Number of members"),
    "founded_date": _("Founded on"),
    "phone": _("Phone"),
    "fax": _("Fax"),
    "email": _("E-mail"),
    "website": _("Website"),
    "description": _("Description"),
    "offers": _("What it offers"),
    "needs": _("What it needs"),
    "requirement": _("Requirements for joining"),
    "openness": _("Open to new members"),
    "is_published": _("In the public directory"),
    "section": _("Section of the directory"),
    "section_number": _("Number in the section"),
    "category": pgettext_lazy("directory", "Category"),
    "designations": _("Designations"),
}

LENGTHS: Mapping[str, int] = {
    "industry_text": 120,
    "address": 200,
    "description": 1000,
    "offers": 500,
    "needs": 500,
    "requirement": 1000,
    "section": 60,
    "category": 30,
}


def _one_of(value: str, labels: Labels, field: str) -> str:
    if value == "" or any(value == code for code, _label in labels):
        return str(value)
    raise NotOnTheList(given=value[:40], field=LABELS[field])


_OPEN_WORDS = {"o", "○", "◯", "0pen", "open", "예", "가능", "y", "yes", "개방", "ㅇ"}
_CLOSED_WORDS = {"x", "×", "✕", "closed", "아니오", "불가", "불가능", "n", "no"}


def read_openness(given: str) -> str:
    """O, X or "" (nobody has said), from the many marks that files use. Raises NotOnTheList."""
    word = given.strip().lower()
    head = word.split("(")[0].strip()  # 'X (인가전)'
    if head in _OPEN_WORDS:
        return Openness.OPEN.value
    if head in _CLOSED_WORDS:
        return Openness.CLOSED.value
    if head in ("", "-", "?", "미상", "모름", "unknown"):
        return Openness.UNKNOWN.value
    raise NotOnTheList(given=given[:40], field=LABELS["openness"])


def read_field(field: str, given: Any) -> dict[str, Any]:
    """The column values one field gives; a region gives two. Raises refusals of the field."""
    text = "" if given is None else given
    match field:
        case "name":
            return {"name": clean_name(str(text))}
        case "legal_form":
            return {field: _one_of(str(text), LEGAL_FORMS, field)}
        case "business_number":
            return {field: read_business_number(str(text))}
        case "corporate_number":
            return {field: read_corporate_number(str(text))}
        case "industry_section":
            return {field: read_industry(str(text))}
        case "region_code":
            sido, sigungu = read_region(str(text))
            return {"sido_code": sido, "sigungu_code": sigungu}
        case "postcode":
            return {field: texts.read_postcode(str(text))}
        case "workers" | "members" | "section_number":
            return {
                field: texts.read_count(
                    given if given is None or isinstance(given, int) else str(given)
                )
            }
        case "founded_date":
            return {field: parse_date(given) if given not in (None, "", "-") else None}
        case "phone" | "fax":
            return {field: texts.read_phone(str(text), LABELS[field])}
        case "email":
            return {field: texts.read_email(str(text), LABELS[field])}
        case "website":
            return {field: texts.read_website(str(text), LABELS[field])}
        case "openness":
            return {field: read_openness(str(text))}
        case "is_published":
            return {field: bool(given)}
        case _:
            return {field: texts.clean_text(str(text), LENGTHS[field], LABELS[field])}


def read_organisation(given: Mapping[str, Any]) -> dict[str, Any]:
    """Clean column values of the given fields. Raises the first field's refusal."""
    clean: dict[str, Any] = {}
    for field, value in given.items():
        clean |= read_field(field, value)
    return clean


def read_designation_kind(given: str) -> str:
    """A code of the list. Raises NotOnTheList."""
    return _one_of(given, DESIGNATION_KINDS, "designations")


def told(value: Any) -> str:
    """A column value as short text for the log."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
