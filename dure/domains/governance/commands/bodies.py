"""Bodies are made and changed, given competence and quotas, and end."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Comparison, enforce, failed
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    BodyAdded,
    BodyChanged,
    BodyEnded,
    CompetenceEnded,
    CompetenceGranted,
    QuotaEnded,
    QuotaLaidDown,
)
from ..models import Body, Competence, Quota
from ..queries import filling
from ..queries.bodies import in_force
from ..rules import seats as rules
from ..rules.bodies import ASSEMBLIES, KINDS, MATTERS, BodyKind, kept_for, may_be_taken


class BodyNameMissing(InvalidInput):
    """A body has a name."""

    text = _("Give the body a name.")


class GeneralMeetingExists(Refusal):
    """A network has one general meeting."""

    text = _("This network has its general meeting already: “%(name)s”.")


class EndsBeforeItBegins(InvalidInput):
    """What ends, ends after it began."""

    text = _("It cannot end on %(until)s: it begins on %(from)s.")


class BodyEndedAlready(Refusal):
    """The body ended before."""

    text = _("“%(name)s” ended on %(date)s.")


class CompetentAlready(Refusal):
    """The body may decide on this already."""

    text = _("“%(name)s” may decide on this already.")


class QuotaUnclear(InvalidInput):
    """A quota says of whom, how many or which part, by which article."""

    text = _("A quota needs its group, either a number or a part like 1/2, and its article.")


@command
def add_body(
    act: Act,
    *,
    name: str,
    kind: str,
    purpose: str = "",
    convenor_id: int | None = None,
    from_date: date | None = None,
    until_date: date | None = None,
    ends_when: str = "",
    decided_by: str = "",
) -> Body:
    """Make a body. The general meeting may decide on every matter from its beginning.

    `ends_when`: of a body made for a time. Delegates meet only above the members that the law says
    (RuleNotMet). Raises BodyNameMissing, GeneralMeetingExists, EndsBeforeItBegins.
    """
    policies.can_add_body(act).enforce()
    name = clean_text(name, 80, _("Name"))
    if not name:
        raise BodyNameMissing
    if kind not in dict(KINDS):
        raise NotFound
    from_date = from_date or act.today
    forwards(from_date, until_date)
    book = bylaws.rules_on(from_date)
    if kind == BodyKind.DELEGATES_MEETING:
        enforce(rules.binding(book, filling.members_for_delegates(book, from_date)))
    if kind == BodyKind.GENERAL_MEETING:
        other = Body.objects.filter(kind=kind, until_date=None).first()
        if other is not None:
            raise GeneralMeetingExists(name=other.name)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    body = Body.objects.create(
        name=name,
        kind=kind,
        purpose=clean_text(purpose, 1000, _("Purpose")),
        convenor_id=convenor_id,
        from_date=from_date,
        until_date=until_date,
        ends_when=clean_text(ends_when, 200, _("Ends when")),
        decided_by=decided_by,
    )
    if kind in ASSEMBLIES:
        everything = (
            str(matter)
            for matter, _label in MATTERS
            if matter != "business" and not failed(kept_for(book, kind, matter))
        )
        Competence.objects.bulk_create(
            Competence(body=body, matter=matter, from_date=from_date) for matter in everything
        )
    record(act, BodyAdded(body.pk, name, kind, from_date, decided_by))
    return body


@command
def change_body(
    act: Act,
    *,
    body_id: int,
    name: str,
    purpose: str = "",
    convenor_id: int | None = None,
    ends_when: str = "",
) -> Body:
    """Correct what is said about a body. Raises BodyNameMissing, BodyEndedAlready."""
    body: Body = Body.objects.hold(body_id)
    policies.can_change_body(act).enforce()
    name = clean_text(name, 80, _("Name"))
    if not name:
        raise BodyNameMissing
    not_ended(body, act.today)
    new = {
        "name": name,
        "purpose": clean_text(purpose, 1000, _("Purpose")),
        "convenor_id": convenor_id,
        "ends_when": clean_text(ends_when, 200, _("Ends when")),
    }
    # ---
    changed = tuple(field for field, value in new.items() if getattr(body, field) != value)
    for field, value in new.items():
        setattr(body, field, value)
    body.save(update_fields=["name", "purpose", "convenor", "ends_when"])
    record(act, BodyChanged(body.pk, name, changed))
    return body


@command
def end_body(act: Act, *, body_id: int, until_date: date, decided_by: str = "") -> Body:
    """A body ends, with its seats. Raises BodyEndedAlready, EndsBeforeItBegins."""
    body: Body = Body.objects.hold(body_id)
    policies.can_end_body(act).enforce()
    not_ended(body, act.today)
    forwards(body.from_date, until_date)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    body.until_date = until_date
    body.save(update_fields=["until_date"])
    record(act, BodyEnded(body.pk, body.name, until_date, decided_by))
    return body


@command
def grant_competence(
    act: Act, *, body_id: int, matter: str, article: str = "", from_date: date | None = None
) -> Competence:
    """Let a body decide on a matter, by an article of the bylaws.

    What the law keeps for another body is refused with its article (RuleNotMet). Raises
    CompetentAlready.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_grant_competence(act).enforce()
    if matter not in dict(MATTERS):
        raise NotFound
    from_date = from_date or act.today
    enforce(kept_for(bylaws.rules_on(from_date), body.kind, matter))
    if Competence.objects.filter(body=body, matter=matter, until_date=None).exists():
        raise CompetentAlready(name=body.name)
    article = clean_text(article, 120, _("Article"))
    # ---
    given = Competence.objects.create(
        body=body, matter=matter, article=article, from_date=from_date
    )
    record(act, CompetenceGranted(body.pk, body.name, matter, article))
    return given


@command
def end_competence(act: Act, *, competence_id: int, until_date: date) -> Competence:
    """A body may decide on a matter no more from a day on. What the law keeps for the general meeting
    is not taken from it (RuleNotMet). Raises EndsBeforeItBegins, NotFound.
    """
    given: Competence = Competence.objects.select_related("body").hold(competence_id)
    policies.can_end_competence(act).enforce()
    if given.until_date is not None:
        raise NotFound
    forwards(given.from_date, until_date)
    body = given.body
    enforce(may_be_taken(bylaws.rules_on(until_date), body.kind, given.matter))
    # ---
    given.until_date = until_date
    given.save(update_fields=["until_date"])
    record(act, CompetenceEnded(body.pk, body.name, given.matter, until_date))
    return given


@command
def lay_down_quota(
    act: Act,
    *,
    body_id: int,
    group: str,
    article: str,
    comparison: str = Comparison.AT_LEAST,
    count: int | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
    is_binding: bool = True,
    from_date: date | None = None,
) -> Quota:
    """So many, or such a part, of the voting seats of a body are of a group, by an article.

    `is_binding`: a seat is not filled so that the quota can be met no more. Raises QuotaUnclear.
    """
    body: Body = Body.objects.hold(body_id)
    policies.can_lay_down_quota(act).enforce()
    group = clean_text(group, 40, pgettext_lazy("governance", "Group"))
    article = clean_text(article, 120, _("Article"))
    part = numerator is not None and denominator is not None
    if part == (count is not None) or not group or not article:
        raise QuotaUnclear
    if comparison not in (Comparison.AT_LEAST, Comparison.AT_MOST):
        raise NotFound
    if (count or 0) < 0 or part and not 0 < (numerator or 0) <= (denominator or 0):
        raise QuotaUnclear
    # ---
    quota = Quota.objects.create(
        body=body,
        group=group,
        comparison=comparison,
        count=count,
        numerator=numerator if part else None,
        denominator=denominator if part else None,
        article=article,
        is_binding=is_binding,
        from_date=from_date or act.today,
    )
    record(act, QuotaLaidDown(body.pk, body.name, group, article, is_binding))
    return quota


@command
def end_quota(act: Act, *, quota_id: int, until_date: date) -> Quota:
    """A quota holds no more from a day on. Raises NotFound, EndsBeforeItBegins."""
    quota: Quota = Quota.objects.select_related("body").hold(quota_id)
    policies.can_end_quota(act).enforce()
    if quota.until_date is not None:
        raise NotFound
    forwards(quota.from_date, until_date)
    # ---
    quota.until_date = until_date
    quota.save(update_fields=["until_date"])
    record(act, QuotaEnded(quota.body_id, quota.body.name, quota.group, until_date))
    return quota


def not_ended(body: Body, on: date) -> None:
    """Raises BodyEndedAlready."""
    if body.until_date is not None and body.until_date <= on:
        raise BodyEndedAlready(name=body.name, date=body.until_date.isoformat())


def exists_on(body: Body, on: date) -> bool:
    """Whether a body exists on a day."""
    return Body.objects.filter(in_force(on), pk=body.pk).exists()


def forwards(from_date: date, until_date: date | None) -> None:
    """Raises EndsBeforeItBegins."""
    if until_date is not None and until_date <= from_date:
        raise EndsBeforeItBegins(**{"from": from_date.isoformat(), "until": until_date.isoformat()})
