"""What somebody proposes to lay down, read and held against what binds it."""

from __future__ import annotations

from datetime import date

from dure.kernel.refusals import NotFound

from ..rules import (
    OWN,
    Citation,
    CitationMissing,
    Comparison,
    Kind,
    Origin,
    Provision,
    RuleNameMalformed,
    fit,
    hold_against,
    is_key,
    not_too_long,
    read_value,
    value_as_said,
)
from . import laid


def provision_of(
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
    owner: str = "",
) -> Provision:
    """What adopt_provision would lay down, held against what binds it; raises what it raises."""
    if not is_key(key):
        raise RuleNameMalformed(given=key[:40])
    if not document.strip() or not article.strip():
        raise CitationMissing
    if origin not in OWN:
        raise NotFound
    not_too_long(value=value, document=document, article=article, label=label, of=of, text=text)
    known = laid.highest(key, owner)
    if known is None and not (kind and comparison and label):
        raise NotFound
    try:
        chosen = Kind(kind) if kind else known.kind if known else Kind.WON
        compared = Comparison(comparison) if comparison else known.comparison if known else None
    except ValueError as error:
        raise NotFound from error
    assert compared is not None
    fit(chosen, compared)
    new = Provision(
        key=key,
        origin=Origin(origin),
        kind=chosen,
        comparison=compared,
        value=read_value(chosen, value_as_said(chosen, compared, value)),
        citation=Citation(document.strip(), article.strip(), text.strip(), bool(text.strip())),
        from_date=from_date,
        label=label or (known.label if known else ""),
        of=of or (known.of if known else ""),
    )
    hold_against(new, laid.rows_that_bind(key, from_date, owner))
    return new
