"""Noting what was done for the steps of an application: papers, facts, the pledge, sponsors."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ... import policies
from ...events import ApplicationSponsored, PledgeSigned, StepNoted
from ...models import Application, Membership, StepNote
from ...queries.duties import Use, need_benefit
from ...queries.ethics import code_in_force
from ...queries.members import membership_of
from ...rules import procedures as rules
from ...rules.procedures.saying import NOTED, read_said
from ...rules.texts import read_lines
from ..admission import _undecided

__all__ = [
    "AlreadySponsored", "NotAMemberThen", "PaperUnknown", "PledgeUnsigned", "SponsorsOneself",
    "StepNotedElsewhere", "WaivedWithoutReason", "WayNotOpen", "note_step", "sign_pledge",
    "sponsor_application",
]  # fmt: skip


class StepNotedElsewhere(Refusal):
    """The step has a deed of its own."""

    text = _("“%(step)s” is not noted here.")
    remedy = _("Use the button beside the step.")


class PaperUnknown(InvalidInput):
    """The procedure asks for other papers."""

    text = _("“%(step)s” does not ask for “%(item)s”. It asks for: %(papers)s.")


class WaivedWithoutReason(InvalidInput):
    """Who lets a paper go says why."""

    text = _("Say why “%(item)s” is not needed.")


class PledgeUnsigned(InvalidInput):
    """A signature is a name."""

    text = _("Type the name of whoever signs.")


class SponsorsOneself(Refusal):
    """Nobody sponsors its own application."""

    text = _("Nobody can sponsor an application of its own.")


class NotAMemberThen(Refusal):
    """A sponsor is a member on the day."""

    text = _("%(name)s is not a member on %(date)s and cannot sponsor.")
    remedy = _("Ask a member, or an organisation that is one.")


class AlreadySponsored(Refusal):
    """A sponsor counts once."""

    text = _("%(name)s sponsors this application already.")


class WayNotOpen(Refusal):
    """The procedure asks for other sponsors."""

    text = _("“%(step)s” asks for: %(ways)s.")


@command
def note_step(
    act: Act,
    *,
    application_id: int,
    step: str,
    item: str = "",
    values: tuple[tuple[str, str], ...] = (),
    text: str = "",
    waived: bool = False,
) -> StepNote:
    """Note what was found for a step; a later note of the same step and item replaces it.

    `item`: which paper. `values`: by the kind of the step, see `rules.procedures.saying`. `text`:
    evidence, opinion, or why a paper is waived. Raises ApplicationAlreadyDecided,
    StepNotedElsewhere, PaperUnknown, WaivedWithoutReason and what reading the values raises.
    """
    application, asked = _asked(application_id, step)
    policies.can_note_step(act, application).enforce()
    _undecided(application)
    if asked.kind not in NOTED:
        raise StepNotedElsewhere(step=asked.title)
    papers = asked.kind == rules.StepKind.PAPERS
    if papers and item not in asked.items:
        raise PaperUnknown(step=asked.title, item=item[:60], papers=", ".join(asked.items))
    text = read_lines(text, 2000, _("Note"))
    if waived and not text:
        raise WaivedWithoutReason(item=item)
    if waived and not papers:
        raise StepNotedElsewhere(step=asked.title)
    said = read_said(asked, dict(values), bylaws.rules_on(act.today))
    # ---
    note = _keep(
        act,
        application,
        asked,
        item=item if papers else "",
        outcome=rules.WAIVED if waived else rules.DONE,
        said=said,
        text=text,
    )
    record(
        act,
        StepNoted(
            application.pk,
            application.reference,
            asked.title,
            note.item,
            waived,
            Personal(text, application.party_id, application.matter),
        ),
    )
    return note


@command
def sign_pledge(
    act: Act, *, application_id: int, step: str, name: str, on_paper: bool = False
) -> StepNote:
    """Sign the pledge in the version the procedure shows, and with it the ethics code of the day.

    Raises PledgeUnsigned.
    """
    application, asked = _asked(application_id, step)
    policies.can_sign_pledge(act, application).enforce()
    _undecided(application)
    if asked.kind != rules.StepKind.PLEDGE:
        raise StepNotedElsewhere(step=asked.title)
    name = clean_text(name, 60, _("Name"))
    if not name:
        raise PledgeUnsigned
    # ---
    said: dict[str, Any] = {"name": name, "version": asked.version}
    code = code_in_force(act.today)
    if code is not None:
        said["code"] = code.version
    note = _keep(act, application, asked, said=said, on_paper=on_paper)
    signer = Personal(name, application.party_id, application.matter)
    record(
        act,
        PledgeSigned(
            application.pk, application.reference, asked.title, asked.version, on_paper, signer
        ),
    )
    return note


@command
def sponsor_application(
    act: Act,
    *,
    application_id: int,
    step: str,
    by: str = "members",
    party_id: int | None = None,
    text: str = "",
    on_paper: bool = False,
) -> StepNote:
    """Sponsor an application: a member by its own log-in, or noted by the office.

    `by`: members, committee or secretariat (which sponsors as the office, without `party_id`). A
    person who speaks for a member organisation sponsors for it. Raises WayNotOpen,
    SponsorsOneself, NotAMemberThen, AlreadySponsored, BenefitRests.
    """
    application, asked = _asked(application_id, step)
    policies.can_sponsor_application(act, party_id, by).enforce()
    _undecided(application)
    if asked.kind != rules.StepKind.SPONSORS:
        raise StepNotedElsewhere(step=asked.title)
    if by not in {way.by for way in asked.ways}:
        ways = ", ".join(str(rules.SPONSORS[way.by]) for way in asked.ways)
        raise WayNotOpen(step=asked.title, ways=ways)
    text = read_lines(text, 2000, _("Note"))
    sponsor: int | None = None
    if by != "secretariat":
        if party_id is None:
            raise NotFound
        sponsor = _belongs(act, parties.resolve(party_id))
        if _is_applicant(application, party_id, sponsor):
            raise SponsorsOneself
        if by == "members" and (membership_id := membership_of(sponsor, act.today)):
            need_benefit(membership_id, Use.SPONSOR, act.today)
    item = f"{by} {sponsor}" if sponsor else by
    if StepNote.objects.filter(application=application, step=asked.key, item=item).exists():
        raise AlreadySponsored(
            name=parties.party_name(sponsor) if sponsor else str(rules.SPONSORS[by])
        )
    # ---
    said = {"by": by, "party": sponsor}
    note = _keep(act, application, asked, item=item, said=said, text=text, on_paper=on_paper)
    record(
        act,
        ApplicationSponsored(application.pk, application.reference, by, sponsor, on_paper),
    )
    return note


def _asked(application_id: int, step: str) -> tuple[Application, rules.Step]:
    """The application in hand and one step of its procedure. Raises NotFound."""
    application: Application = Application.objects.hold(application_id)
    asked = application.procedure.read().step(step) if application.procedure else None
    if asked is None:
        raise NotFound
    return application, asked


def _keep(
    act: Act,
    application: Application,
    asked: rules.Step,
    *,
    item: str = "",
    outcome: str = rules.DONE,
    said: dict[str, Any] | None = None,
    text: str = "",
    on_paper: bool = False,
) -> StepNote:
    return StepNote.objects.create(
        application=application,
        step=asked.key,
        item=item,
        outcome=outcome,
        said=said or {},
        text=text,
        on_paper=on_paper,
        noted_at=act.at,
        noted_by_id=act.actor_id,
    )


def _belongs(act: Act, party_id: int) -> int:
    """The member that sponsors: the party itself, or a member organisation it speaks for."""
    every = [party_id, *parties.represented_by(party_id, act.today)]
    live = Membership.objects.filter(
        Q(left_date=None) | Q(left_date__gt=act.today), party__in=every, joined_date__lte=act.today
    )
    found = set(live.values_list("party", flat=True))
    for one in every:
        if one in found:
            return one
    raise NotAMemberThen(name=parties.party_name(party_id), date=act.today.isoformat())


def _is_applicant(application: Application, *party_ids: int) -> bool:
    if application.party_id is not None:
        return application.party_id in party_ids
    names = {parties.party_name(pk) for pk in party_ids}
    emails = {parties.person_email(pk).lower() for pk in party_ids} - {""}
    return application.name in names or application.email.lower() in emails
