"""Papers whose template a network may replace: this room's own and those of the rooms above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import type_text
from dure.ui.sheets import Fields

from .. import policies
from ..models import PaperTemplate
from .activity import activity_fields

NAME = "activity"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with a template: `layouts/<name>.html` of its package; `page` takes the year."""

    title: type_text
    fields: Callable[[], Fields]
    package: str
    page: str


_papers: dict[str, Paper] = {
    NAME: Paper(
        _("Disclosure form 10"), activity_fields, "dure.domains.governance", "governance:activity"
    )
}


def wire_papers(papers: Mapping[str, Paper]) -> None:
    """Called by the site: the papers of the rooms above."""
    _papers.update(papers)


def paper_named(name: str) -> Paper | None:
    """A paper whose template may be replaced; None of any other name."""
    return _papers.get(name)


def paper_fields(name: str) -> Fields | None:
    """What the template of a paper may name; None of any other name."""
    found = _papers.get(name)
    return found.fields() if found else None


def paper_template(name: str = NAME) -> str:
    """The template in force: the network's own, or the one that is shipped."""
    rows = PaperTemplate.objects.filter(name=name).order_by("-pk").values_list("text", flat=True)
    return rows.first() or shipped_template(name)


def shipped_template(name: str = NAME) -> str:
    """The template as Dure ships it."""
    file = resources.files(_papers[name].package) / "layouts" / f"{name}.html"
    return file.read_text("utf-8")


def has_own_template(name: str = NAME) -> bool:
    return paper_template(name) != shipped_template(name)


def may_replace_template(act: Act) -> bool:
    """Whether who asks may lay another template down."""
    return bool(policies.can_replace_paper_template(act))
