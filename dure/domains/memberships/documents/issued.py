"""Papers with a number as PDF: the same paper gives the same bytes, whenever it is printed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from dure.domains.parties.rules.numbers import format_business_number
from dure.ui import pdf

from ..queries import Printed
from ..rules.papers import PaperKind
from .saying import SAYERS
from .words import Said, day_in_words

TEMPLATE = "domains/memberships/documents/paper.typ"
MANY_MAX = 500  # papers in one file; a thousand would take a gigabyte


def papers_pdf(papers: Sequence[Printed]) -> bytes:
    """One PDF of one or many papers, each beginning on a page of its own."""
    assert 0 < len(papers) <= MANY_MAX
    said = [_said(paper) for paper in papers]
    data = {"title": said[0]["title"], "network": said[0]["network"], "papers": said}
    return pdf.render(TEMPLATE, data, made_at=max(paper.issued_at for paper in papers))


def file_name(paper: Printed) -> str:
    """2026-회원-0012_햇살돌봄.pdf"""
    return "_".join(
        part for part in (paper.number, _subject(paper.content).get("name")) if part
    ) + (".pdf")


def _subject(content: Said) -> Said:
    subject: Said = content.get("member") or content.get("donor") or {}
    return subject


def _said(paper: Printed) -> Said:
    with translation.override(paper.language):
        content = paper.content
        network = content["network"]
        said: Said = {
            "lang": paper.language,
            "number": _("No. %(number)s") % {"number": content["number"]},
            "network": network["name"],
            "about": " · ".join(
                part
                for part in (
                    format_business_number(network.get("business_number", "")),
                    network.get("address", ""),
                    network.get("phone", ""),
                )
                if part
            ),
            "dated": day_in_words(content["dated"]),
            "unit": "",
            "subtitle": "",
            "seal": pgettext("stamp of a network", "Seal"),
            "void": _("VOID") if paper.revoked else "",
            "qr": _qr(content["check_url"]),
            "check": {
                "how": _("Whether this paper is genuine and still holds can be checked here:"),
                "url": content["check_url"],
                "code": _("Code %(code)s") % {"code": content["code"]},
                "digest": _("Digest %(digest)s") % {"digest": content["digest"]},
            },
            "facts": (),
            "sections": (),
            "tables": (),
            "notes": (),
            "lines": (),
        }
        return said | SAYERS[PaperKind(paper.kind)](content)


def _qr(url: str) -> str:
    """The address as a drawing, in vectors."""
    drawn = io.BytesIO()
    segno.make_qr(url, error="m").save(
        drawn, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, nl=False
    )
    return drawn.getvalue().decode()
