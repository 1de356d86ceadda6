"""The ethics code: made in stages, adopted as a version, signed by the members."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce, keep
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import (
    CodeDraftingEnded,
    CodeDraftingStarted,
    CodeSignaturesAsked,
    DraftingStageNoted,
    EthicsCodeAdopted,
    EthicsCodeSigned,
)
from ..models import (
    Application,
    CodeDrafting,
    CodeSignature,
    DraftingStage,
    EthicsCode,
    Membership,
)
from ..queries import ethics as read
from ..rules import ethics as rules
from ..rules.conduct import BODIES
from ..rules.texts import read_lines
from .admission import DateInFuture
from .conduct import read_minutes
from .members import AlreadyLeft

__all__ = [
    "CodeDraftingOver",
    "CodeNotInForce",
    "CodeSignedAlready",
    "CodeUnclear",
    "EverybodySigned",
    "SignatureUnnamed",
    "StageUnclear",
    "SurveyCountsWrong",
    "VersionTooEarly",
    "adopt_ethics_code",
    "ask_code_signatures",
    "end_code_drafting",
    "note_drafting_stage",
    "sign_ethics_code",
    "start_code_drafting",
]


class CodeUnclear(InvalidInput):
    """A code has a title and a text."""

    text = _("Give the title and the text.")


class CodeDraftingOver(Refusal):
    """The making has ended: adopted or given up."""

    text = _("This making ended on %(date)s.")


class StageUnclear(InvalidInput):
    """A stage has a topic; a hearing names who was heard."""

    text = _("Say what it was about, and for a hearing who was heard.")


class SurveyCountsWrong(InvalidInput):
    """More answered than were asked, or more in favour than answered."""

    text = _("Of %(asked)d asked, %(people)d answered and %(in_favour)d in favour: that cannot be.")


class VersionTooEarly(Refusal):
    """A version begins after the one before it."""

    text = _("Version %(version)d holds from %(date)s; a new one begins later.")


class CodeNotInForce(Refusal):
    """There is no such version, or a newer one is in force."""

    text = _("There is no ethics code in force to sign.")


class CodeSignedAlready(Refusal):
    """A member signs a version once."""

    text = _("Member no. %(number)d has signed version %(version)d already.")


class EverybodySigned(Refusal):
    """Nobody is left to be asked."""

    text = _("All members have signed version %(version)d.")


class SignatureUnnamed(InvalidInput):
    """A signature has the name of whoever signs."""

    text = _("Give the name of whoever signs.")


@command
def start_code_drafting(
    act: Act, *, title: str, about: str = "", started_date: date | None = None
) -> CodeDrafting:
    """Begin to make an ethics code, or a new version of it. Raises CodeUnclear, DateInFuture."""
    policies.can_start_code_drafting(act).enforce()
    title, about = clean_text(title, 120, _("Title")), read_lines(about, 2000, _("About"))
    day = started_date or act.today
    if not title:
        raise CodeUnclear
    _not_ahead(act, day)
    # ---
    drafting = CodeDrafting.objects.create(title=title, about=about, started_date=day)
    record(act, CodeDraftingStarted(drafting.pk, title, day))
    return drafting


@command
def note_drafting_stage(
    act: Act,
    *,
    drafting_id: int,
    kind: str,
    on_date: date,
    topic: str,
    people: int = 0,
    asked: int | None = None,
    in_favour: int | None = None,
    groups: str = "",
    notes: str = "",
) -> DraftingStage:
    """Note a workshop, a survey or a hearing on the way to a code.

    `people`: who came, or answered; `asked`, `in_favour`: of a survey; `groups`: who was heard.
    Raises CodeDraftingOver, StageUnclear, SurveyCountsWrong, DateInFuture.
    """
    drafting = _open(drafting_id)
    policies.can_note_drafting_stage(act, drafting).enforce()
    if kind not in dict(rules.STAGES):
        raise NotFound
    topic, groups = clean_text(topic, 200, _("Topic")), clean_text(groups, 300, _("Groups"))
    notes = read_lines(notes, 4000, _("Notes"))
    if not topic or (kind == rules.Stage.HEARING and not groups):
        raise StageUnclear
    _not_ahead(act, on_date)
    survey = kind == rules.Stage.SURVEY
    counts = (asked or 0, people, in_favour or 0)
    if people < 0 or (survey and not rules.counts_fit(*counts)):
        raise SurveyCountsWrong(asked=counts[0], people=people, in_favour=counts[2])
    # ---
    stage = DraftingStage.objects.create(
        drafting=drafting,
        kind=kind,
        on_date=on_date,
        topic=topic,
        people=people,
        asked=counts[0] if survey else None,
        in_favour=counts[2] if survey else None,
        groups=groups,
        notes=notes,
        noted_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, DraftingStageNoted(drafting.pk, drafting.title, kind, topic, on_date, people))
    return stage


@command
def end_code_drafting(act: Act, *, drafting_id: int, reason: str) -> CodeDrafting:
    """Give up the making of a code. Raises CodeDraftingOver, StageUnclear."""
    drafting = _open(drafting_id)
    policies.can_end_code_drafting(act, drafting).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise StageUnclear
    # ---
    drafting.ended_date = act.today
    drafting.save(update_fields=["ended_date"])
    record(act, CodeDraftingEnded(drafting.pk, drafting.title, reason))
    return drafting


@command
def adopt_ethics_code(
    act: Act,
    *,
    title: str,
    text: str,
    body: str,
    adopted_date: date,
    minutes: str,
    from_date: date | None = None,
    drafting_id: int | None = None,
) -> EthicsCode:
    """Put a version of the code in force from a day on (the day of its adoption, without one).

    With `drafting_id` the stages that the rules ask for must have been noted; without it the code
    was there before this network's books. Raises RuleNotMet, CodeUnclear, CodeDraftingOver,
    MinutesMissing, VersionTooEarly, DateInFuture.
    """
    drafting = _open(drafting_id) if drafting_id is not None else None
    policies.can_adopt_ethics_code(act, drafting).enforce()
    if body not in dict(BODIES):
        raise NotFound
    title, text = clean_text(title, 120, _("Title")), read_lines(text, 20_000, _("Text"))
    minutes = read_minutes(minutes)
    if not title or not text:
        raise CodeUnclear
    _not_ahead(act, adopted_date)
    day = from_date or adopted_date
    last = EthicsCode.objects.select_for_update().order_by("-from_date").first()
    if last is not None and day <= last.from_date:
        raise VersionTooEarly(version=last.version, date=last.from_date.isoformat())
    book = bylaws.rules_on(adopted_date)
    findings = book.check_all(("ethics.body", body))
    if drafting is not None:
        done = drafting.stages.filter(on_date__lte=adopted_date).values_list("kind", flat=True)
        findings += rules.check_making(book, set(done))
    enforce(findings)
    # ---
    code = EthicsCode.objects.create(
        version=last.version + 1 if last else 1,
        title=title,
        text=text,
        from_date=day,
        adopted_date=adopted_date,
        adopted_by=body,
        minutes=minutes,
        findings=keep(findings),
        drafting=drafting,
    )
    if drafting is not None:
        drafting.ended_date = adopted_date
        drafting.save(update_fields=["ended_date"])
    label = str(dict(BODIES)[body])
    record(act, EthicsCodeAdopted(code.pk, code.version, title, day, label, minutes))
    return code


@command
def sign_ethics_code(
    act: Act, *, membership_id: int, name: str, on_paper: bool = False
) -> CodeSignature:
    """A member signs the version in force today. Raises CodeNotInForce, CodeSignedAlready,
    SignatureUnnamed, AlreadyLeft."""
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_sign_ethics_code(act, membership).enforce()
    name = clean_text(name, 60, _("Name"))
    if not name:
        raise SignatureUnnamed
    if membership.left_date is not None and membership.left_date <= act.today:
        raise AlreadyLeft(number=membership.number, date=membership.left_date.isoformat())
    code = read.code_in_force(act.today)
    if code is None:
        raise CodeNotInForce
    if read.has_signed(code, membership.pk):
        raise CodeSignedAlready(number=membership.number, version=code.version)
    # ---
    signature = CodeSignature.objects.create(
        code=code,
        membership=membership,
        name=name,
        signed_date=act.today,
        on_paper=on_paper,
        signed_by_id=act.actor_id,
    )
    told = Personal(name, membership.party_id)
    record(
        act,
        EthicsCodeSigned(
            code.pk, code.version, membership.party_id, membership.number, on_paper, told
        ),
    )
    return signature


@command
def ask_code_signatures(act: Act) -> int:
    """Ask all members who have not signed the version in force, by letter; how many.

    Raises CodeNotInForce, EverybodySigned.
    """
    policies.can_ask_code_signatures(act).enforce()
    code = read.code_in_force(act.today)
    if code is None:
        raise CodeNotInForce
    waiting = tuple(read.unsigned(code, act.today).values_list("pk", flat=True))
    if not waiting:
        raise EverybodySigned(version=code.version)
    # ---
    record(act, CodeSignaturesAsked(code.pk, code.version, act.today, len(waiting), waiting))
    return len(waiting)


def carry_over_pledge(application: Application, membership: Membership) -> None:
    """What an applicant signed in the version of the day counts for the membership it led to."""
    pledge = application.step_notes.filter(said__has_key="code").order_by("-pk").first()
    code = EthicsCode.objects.filter(version=pledge.said["code"]).first() if pledge else None
    if pledge is not None and code is not None:
        CodeSignature.objects.create(
            code=code,
            membership=membership,
            name=pledge.said["name"],
            signed_date=day_of(pledge.noted_at),
            on_paper=pledge.on_paper,
            signed_by_id=pledge.noted_by_id,
        )


def _open(drafting_id: int) -> CodeDrafting:
    drafting: CodeDrafting = CodeDrafting.objects.hold(drafting_id)
    if drafting.ended_date is not None:
        raise CodeDraftingOver(date=drafting.ended_date.isoformat())
    return drafting


def _not_ahead(act: Act, day: date) -> None:
    if day > act.today:
        raise DateInFuture(date=day.isoformat())
