"""Duties and benefits of a class, as the bylaws and regulations name them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import ClassTermEnded, ClassTermLaidDown
from ..models import ClassTerm, MemberClass
from ..rules.duties import TERM_KINDS, USES, BenefitRests, TermKind

__all__ = ["BenefitRests", "TermEnded", "TermUnclear", "end_class_term", "lay_down_class_term"]


class TermUnclear(InvalidInput):
    """A duty or benefit has its words and the article it rests on."""

    text = _("Write what it is, and the article it rests on.")


class TermEnded(Refusal):
    """It ended already, or would end before it begins."""

    text = _("“%(text)s” holds from %(from)s until %(until)s.")


@command
def lay_down_class_term(
    act: Act,
    *,
    member_class: str,
    kind: str,
    text: str,
    article: str,
    from_date: date,
    use: str = "",
    rests: bool = True,
) -> ClassTerm:
    """Members of a class have a duty or a benefit from a day on.

    `use`: a key of USES, by which other rooms ask for a benefit; `rests`: a suspension stops it.
    Raises TermUnclear.
    """
    of_class = MemberClass.objects.filter(code=member_class).first()
    if of_class is None:
        raise NotFound
    policies.can_lay_down_class_term(act, of_class).enforce()
    text, article = clean_text(text, 300, _("Text")), clean_text(article, 120, _("Article"))
    if kind not in dict(TERM_KINDS) or use not in ("", *dict(USES)):
        raise NotFound
    if not text or not article or (use and kind != TermKind.BENEFIT):
        raise TermUnclear
    # ---
    term = ClassTerm.objects.create(
        member_class=of_class,
        kind=kind,
        use=use,
        text=text,
        article=article,
        rests=rests and kind == TermKind.BENEFIT,
        from_date=from_date,
    )
    record(
        act,
        ClassTermLaidDown(term.pk, of_class.name, kind, use, text, article, term.rests, from_date),
    )
    return term


@command
def end_class_term(act: Act, *, term_id: int, until_date: date) -> ClassTerm:
    """A duty or benefit holds until a day, exclusive. Raises TermEnded."""
    term: ClassTerm = ClassTerm.objects.select_related("member_class").hold(term_id)
    policies.can_end_class_term(act, term).enforce()
    if term.until_date is not None or until_date < term.from_date:
        raise TermEnded(
            **{
                "text": term.text,
                "from": term.from_date.isoformat(),
                "until": (term.until_date or until_date).isoformat(),
            }
        )
    # ---
    term.until_date = until_date
    term.save(update_fields=["until_date"])
    record(act, ClassTermEnded(term.pk, term.member_class.name, term.text, until_date))
    return term
