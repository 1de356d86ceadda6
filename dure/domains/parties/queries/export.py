"""The register as files: our own columns, and the flat exchange of the solidarity economy.

The SSE-Standard has seventeen columns in a fixed order; the last one carries the business
registration number. Identifiers are short, alphanumeric and never change. Source:
SolidarityEconomyAssociation/open-data, docs/SSE-Standard.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dure.kernel.acts import Act
from dure.kernel.progress import Progress, silent

from ..models import Designation, Organisation
from ..rules.codes import DESIGNATION_KINDS, LEGAL_FORMS, label_of
from ..rules.fields import LABELS, told
from ..rules.industries import industry_name
from ..rules.numbers import format_business_number
from ..rules.regions import region_name, region_of
from ..rules.texts import mask_mobile
from .directory import organisations_in_chunks

SSE_COLUMNS = (
    "Identifier", "Name", "Description", "Organisational Structure", "Primary Activity",
    "Activities", "Street Address", "Locality", "Region", "Postcode", "Country Name", "Website",
    "Phone", "Email", "Twitter", "Facebook", "Companies House Number",
)  # fmt: skip

OWN_COLUMNS = (
    "name", "legal_form", "designations", "business_number", "region_code", "postcode", "address",
    "industry_section", "industry_text", "workers", "members", "founded_date", "phone", "fax",
    "email", "website", "description", "offers", "needs", "requirement", "openness", "section",
    "section_number", "category",
)  # fmt: skip


def sse_identifier(organisation_id: int) -> str:
    """D000000012: under fifteen letters and digits, the same for ever."""
    return f"D{organisation_id:09d}"


def _kinds(organisations: list[Organisation]) -> dict[int, list[str]]:
    kinds: dict[int, list[str]] = {}
    ids = [one.pk for one in organisations]
    held = Designation.objects.filter(organisation_id__in=ids, until_date=None).order_by("pk")
    for pk, kind in held.values_list("organisation_id", "kind"):
        kinds.setdefault(pk, []).append(str(label_of(DESIGNATION_KINDS, kind)))
    return kinds


def own_heads() -> list[str]:
    """The heads of our own columns, in the language of the reader; importing recognises them."""
    return [str(LABELS[name]) for name in OWN_COLUMNS]


def own_rows(act: Act, *, progress: Progress = silent, total: int = 0) -> Iterator[list[Any]]:
    """Every organisation of the register in our own columns."""
    done = 0
    for chunk in organisations_in_chunks(act):
        kinds = _kinds(chunk)
        for one in chunk:
            yield [_own(one, column, kinds.get(one.pk, [])) for column in OWN_COLUMNS]
        done += len(chunk)
        progress(done, max(total, done), "export")


def _own(one: Organisation, column: str, kinds: list[str]) -> Any:
    match column:
        case "name":
            return one.party.name
        case "legal_form":
            return str(label_of(LEGAL_FORMS, one.legal_form))
        case "designations":
            return ", ".join(kinds)
        case "business_number":
            return format_business_number(one.business_number)
        case "region_code":
            return region_name(one.sigungu_code or one.sido_code)
        case "workers" | "members" | "section_number":
            return getattr(one, column)
    return told(getattr(one, column))


def sse_rows(act: Act, *, progress: Progress = silent, total: int = 0) -> Iterator[list[str]]:
    """Every published organisation in the seventeen columns of the SSE-Standard."""
    done = 0
    for chunk in organisations_in_chunks(act, published=True):
        kinds = _kinds(chunk)
        for one in chunk:
            yield _sse(one, kinds.get(one.pk, []))
        done += len(chunk)
        progress(done, max(total, done), "export")


def _sse(one: Organisation, kinds: list[str]) -> list[str]:
    sido, sigungu = region_of(one.sido_code), region_of(one.sigungu_code)
    offers = [part.strip() for part in one.offers.replace(";", ",").split(",") if part.strip()]
    main = one.industry_text or industry_name(one.industry_section)
    structure = str(label_of(LEGAL_FORMS, one.legal_form)) if one.legal_form else ""
    return [
        sse_identifier(one.pk),
        one.party.name,
        one.description or one.offers,
        ";".join(filter(None, [structure, *kinds])),
        main,
        ";".join(dict.fromkeys(filter(None, [main, *offers]))),
        one.address,
        sigungu.name if sigungu else "",
        sido.name if sido else "",
        one.postcode,
        "South Korea",
        one.website,
        mask_mobile(one.phone),
        one.email,
        "",
        "",
        one.business_number,
    ]
