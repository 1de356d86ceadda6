"""What happened to the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LegalFormAdopted(Event):
    form: str
    title: str
    from_date: date
    packs: tuple[str, ...]
    owner: str = ""  # whose form it is; "" the network's own

    def sentence(self) -> type_text:
        return _now("From %(date)s the law of the form “%(form)s” applies.") % {
            "date": self.from_date.isoformat(),
            "form": self.title,
        }


@dataclass(frozen=True, slots=True)
class PacksLoaded(Event):
    """Provisions that came with a version of Dure were laid down; the older ones stay."""

    packs: tuple[str, ...]
    added: int

    def sentence(self) -> type_text:
        return _now("%(count)d provisions of law and model rules were laid down.") % {
            "count": self.added
        }


@dataclass(frozen=True, slots=True)
class ProvisionAdopted(Event):
    key: str
    label: str
    origin: str
    value: str
    document: str
    article: str
    from_date: date
    decided_by: str
    owner: str = ""

    def sentence(self) -> type_text:
        return _now("%(document)s %(article)s: “%(label)s” is %(value)s from %(date)s.") % {
            "document": self.document,
            "article": self.article,
            "label": self.label,
            "value": self.value,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ProvisionRepealed(Event):
    key: str
    label: str
    origin: str
    from_date: date
    decided_by: str
    owner: str = ""

    def sentence(self) -> type_text:
        return _now("The rule “%(label)s” was repealed from %(date)s.") % {
            "label": self.label,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ProvisionsImported(Event):
    """A network's own rules were read from one file: all of them, or none."""

    title: str
    origin: str
    added: int
    articles: int
    decided_by: str
    owner: str = ""

    def sentence(self) -> type_text:
        return _now(
            "%(count)d rules and %(articles)d articles were taken over from the file “%(title)s”."
        ) % {"count": self.added, "articles": self.articles, "title": self.title}


@dataclass(frozen=True, slots=True)
class ArticleWritten(Event):
    """The words of an article of the network's own, from a day on."""

    document: str
    article: str
    heading: str
    from_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(document)s %(article)s was written as it reads from %(date)s.") % {
            "document": self.document,
            "article": self.article,
            "date": self.from_date.isoformat(),
        }
