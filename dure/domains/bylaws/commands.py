"""Rules are laid down, repealed and read from files; never edited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from . import policies, queries
from .events import (
    ArticleWritten,
    LegalFormAdopted,
    PacksLoaded,
    ProvisionAdopted,
    ProvisionRepealed,
    ProvisionsImported,
)
from .models import Article as ArticleRow, FormSpell, Provision as Row
from .rules import (
    OWN,
    Article,
    Citation,
    CitationMissing,
    Provision,
    not_too_long,
    read_pack,
)


class FormUnreadable(InvalidInput):
    """The code of a legal form is a word of small letters."""

    text = _("“%(given)s” is no legal form. Choose one of: %(known)s.")


class ArticleTwiceThatDay(Refusal):
    """These very words stand there already."""

    text = _("%(citation)s has these words from %(date)s already.")


class NotLaidDown(Refusal):
    """There is nothing to repeal."""

    text = _("The %(origin)s lays down nothing about “%(key)s” on %(date)s.")


@command
def adopt_legal_form(act: Act, *, form: str, from_date: date, owner: str = "") -> FormSpell:
    """Let the law of a legal form apply from a day; its packs are laid down if they are not yet.
    `owner`: whose form it is; the network's own where none is named.

    A form that no pack is shipped for (company, other …) has the model rules only.
    """
    policies.can_adopt_legal_form(act).enforce()
    queries.owner_name(owner)
    if not re.fullmatch(r"[a-z_]{0,30}", form):
        known = ", ".join(name for name, _title in queries.forms())
        raise FormUnreadable(given=form[:40], known=known)
    packs = queries.packs_of(form)
    title = next((queries.shipped_packs()[n].title for n in packs if n == form), form)
    # ---
    spell = FormSpell.objects.create(
        form=form,
        owner=owner,
        packs=list(packs),
        from_date=from_date,
        laid_down_at=act.at,
        laid_down_by=act.key,
    )
    _lay_down_packs(act, packs)
    record(act, LegalFormAdopted(form, title, from_date, packs, owner))
    return spell


@command
def load_packs(act: Act) -> int:
    """Lay down what this version of Dure brings that is not laid down yet; returns how many.

    For the packs of the present form. A newer text of an article is a new row; no row is changed.
    """
    policies.can_load_packs(act).enforce()
    packs = queries.packs_of_network()
    # ---
    added = _lay_down_packs(act, packs)
    record(act, PacksLoaded(packs, added))
    return added


@command
def adopt_provision(
    act: Act,
    *,
    key: str,
    value: str,
    document: str,
    article: str,
    from_date: date,
    origin: str = "bylaws",
    kind: str = "",
    comparison: str = "",
    label: str = "",
    of: str = "",
    text: str = "",
    decided_by: str = "",
    owner: str = "",
) -> Row:
    """Lay down one value of the network's own rules, or of another `owner` of rules, from a day on, by
    an article.

    `kind`, `comparison`, `label` and `of` may be left out where the rule is known already. Raises
    LoosensTheRule, UnlikeTheRule, CitationMissing, RuleNameMalformed, RuleTwiceThatDay,
    ValueUnreadable, ComparisonUnfit.
    """
    policies.can_adopt_provision(act, origin, owner).enforce()
    queries.owner_name(owner)
    new = queries.provision_of(
        key=key, value=value, document=document, article=article, from_date=from_date,
        origin=origin, kind=kind, comparison=comparison, label=label, of=of, text=text,
        owner=owner,
    )  # fmt: skip
    not_too_long(title=decided_by)
    # ---
    kept = _keep(act, (new,), decided_by, owner)[0]
    record(
        act,
        ProvisionAdopted(
            key,
            new.label,
            new.origin,
            new.written,
            document,
            article,
            from_date,
            decided_by,
            owner,
        ),
    )
    return kept


@command
def repeal_provision(
    act: Act,
    *,
    key: str,
    from_date: date,
    document: str,
    article: str,
    origin: str = "bylaws",
    decided_by: str = "",
    owner: str = "",
) -> Row:
    """End a rule of the network's own, or of another `owner` of rules, from a day on; what stands above holds again."""
    policies.can_repeal_provision(act, origin, owner).enforce()
    rows = [row for row in queries.rows_of(key, owner) if row.origin == origin]
    held = [row for row in rows if row.from_date <= from_date]
    if not held or held[-1].value is None or origin not in OWN:
        raise NotLaidDown(origin=origin, key=key, date=from_date)
    if not document or not article:
        raise CitationMissing
    not_too_long(document=document, article=article, title=decided_by)
    last = held[-1]
    ended = Provision(
        key=key,
        origin=last.origin,
        kind=last.kind,
        comparison=last.comparison,
        value=None,
        citation=Citation(document, article),
        from_date=from_date,
        label=last.label,
        of=last.of,
    )
    # ---
    kept = _keep(act, (ended,), decided_by, owner)[0]
    record(act, ProvisionRepealed(key, last.label, origin, from_date, decided_by, owner))
    return kept


@command
def import_provisions(act: Act, *, file: str, decided_by: str = "", owner: str = "") -> int:
    """Lay down a network's own rules, or those of another `owner`, from a TOML file: all of them, or
    none. Returns how many. The words of articles are kept for the network's own only.

    What is laid down already, to the letter, is passed over: the same file twice changes nothing.
    Raises PackMalformed (line and reason) and what adopt_provision raises.
    """
    policies.can_import_provisions(act).enforce()
    pack = read_pack(file)
    policies.can_import_provisions(act, pack.origin, owner).enforce()
    queries.owner_name(owner)
    new = queries.new_of(pack, owner)
    words = () if owner else queries.not_written(pack.articles)
    not_too_long(title=decided_by)
    # ---
    _keep(act, new, decided_by, owner)
    _keep_words(act, words, decided_by)
    record(
        act, ProvisionsImported(pack.title, pack.origin, len(new), len(words), decided_by, owner)
    )
    return len(new)


@command
def write_article(
    act: Act,
    *,
    document: str,
    article: str,
    text: str,
    from_date: date,
    heading: str = "",
    decided_by: str = "",
) -> ArticleRow:
    """Write the words of an article of the network's own from a day on, to be read beside its rules.

    Raises CitationMissing, WordsTooLong, ArticleTwiceThatDay.
    """
    policies.can_write_article(act).enforce()
    new = Article(document.strip(), article.strip(), text.strip(), from_date, heading.strip())
    if not new.document or not new.article or not new.text:
        raise CitationMissing
    not_too_long(document=document, article=article, text=text, heading=heading, title=decided_by)
    if not queries.not_written((new,)):
        raise ArticleTwiceThatDay(citation=new.citation, date=from_date)
    # ---
    kept = _keep_words(act, (new,), decided_by)[0]
    record(act, ArticleWritten(new.document, new.article, new.heading, from_date, decided_by))
    return kept


def _lay_down_packs(act: Act, names: Iterable[str]) -> int:
    names = tuple(names)
    new = queries.not_laid_down_of(names)
    _keep(act, new, "")
    _keep_words(act, queries.not_written_of(names), "")
    return len(new)


def _keep(act: Act, provisions: Iterable[Provision], decided_by: str, owner: str = "") -> list[Row]:
    rows = Row.objects.bulk_create(
        Row(
            key=one.key,
            origin=one.origin,
            pack=one.pack,
            owner=owner,
            kind=one.kind,
            comparison=one.comparison,
            value=one.written,
            of=one.of,
            label=one.label or one.key,
            mandatory=one.mandatory,
            document=one.citation.document,
            article=one.citation.article,
            text=one.citation.text,
            quoted=one.citation.quoted,
            note=one.note,
            from_date=one.from_date,
            decided_by=decided_by,
            laid_down_at=act.at,
            laid_down_by=act.key,
        )
        for one in provisions
    )
    return list(rows)


def _keep_words(act: Act, articles: Iterable[Article], decided_by: str) -> list[ArticleRow]:
    rows = ArticleRow.objects.bulk_create(
        ArticleRow(
            document=one.document,
            article=one.article,
            heading=one.heading,
            text=one.text,
            quoted=one.quoted,
            pack=one.pack,
            from_date=one.from_date,
            decided_by=decided_by,
            laid_down_at=act.at,
            laid_down_by=act.key,
        )
        for one in articles
    )
    return list(rows)
