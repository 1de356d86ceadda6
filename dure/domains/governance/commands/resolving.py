"""A resolution takes effect: once, when it is valid and its body competent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import kept
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, Capacity
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ApprovalNoted, ResolutionCarriedOut
from ..models import Resolution
from ..queries.effects import Decided, effect_named
from ..queries.results import elected_of


class NothingToCarryOut(Refusal):
    """What a resolution does, it does once."""

    text = _("Resolution %(number)s has nothing to carry out: %(done)s.")


class ApprovalMissing(Refusal):
    """Some resolutions have no force before an authority approves them."""

    text = _("Resolution %(number)s has no force before the authority approves it.")
    remedy = _("Note the approval with its day and its paper.")


class NoApprovalAwaited(Refusal):
    """Nothing waits for an authority."""

    text = _("Resolution %(number)s does not wait for an approval.")


class ApprovalUnproven(InvalidInput):
    """An approval comes after the resolution, on paper."""

    text = _("Name the paper of the authority, and its day: %(decided)s or later, and not to come.")


@command
def carry_out_resolution(act: Act, *, resolution_id: int) -> Resolution:
    """Carry out a resolution whose effect waits. Raises NothingToCarryOut, ApprovalMissing and
    what the effect raises."""
    resolution: Resolution = Resolution.objects.select_related(
        "vote__item", "vote__roll", "meeting__body"
    ).hold(resolution_id)
    policies.can_carry_out_resolution(act, resolution.meeting).enforce()
    if resolution.done != Resolution.Done.WAITING or not _does_something(resolution):
        raise NothingToCarryOut(number=resolution.number, done=resolution.get_done_display())
    if _needs_approval(resolution):
        raise ApprovalMissing(number=resolution.number)
    # ---
    carry_out(act, resolution)
    return resolution


@command
def note_approval(
    act: Act, *, resolution_id: int, approval_date: date, paper: str, granted: bool = True
) -> Resolution:
    """Note what the authority said (협동조합 기본법 제86조제3항, 민법 제42조제2항). Granted, the resolution
    takes effect now; a rule is not in force before the approval. Raises NoApprovalAwaited,
    ApprovalUnproven and what the effect raises.
    """
    resolution: Resolution = Resolution.objects.select_related(
        "vote__item", "vote__roll", "meeting__body"
    ).hold(resolution_id)
    policies.can_note_approval(act).enforce()
    awaited = (Resolution.Done.APPROVAL, Resolution.Done.WAITING)
    if resolution.done not in awaited or not _needs_approval(resolution):
        raise NoApprovalAwaited(number=resolution.number)
    paper = clean_text(paper, 200, _("Paper"))
    if not paper or not resolution.decided_date <= approval_date <= act.today:
        raise ApprovalUnproven(decided=resolution.decided_date.isoformat())
    # ---
    resolution.approval_date, resolution.approval_paper = approval_date, paper
    resolution.done = Resolution.Done.WAITING if granted else Resolution.Done.NOTHING
    resolution.save(update_fields=["approval_date", "approval_paper", "done"])
    record(act, ApprovalNoted(resolution.pk, resolution.number, granted, approval_date, paper))
    if granted:
        carry_out(act, resolution)
    return resolution


def carry_out(act: Act, resolution: Resolution) -> None:
    """Do what a resolution says, in the same transaction, under the authority of the resolution."""
    item = resolution.vote.item
    if not item.effect:
        return
    if not _does_something(resolution):
        resolution.done = Resolution.Done.NOTHING
        resolution.save(update_fields=["done"])
        return
    if _needs_approval(resolution):
        resolution.done = Resolution.Done.APPROVAL
        resolution.save(update_fields=["done"])
        return
    vote, body = resolution.vote, resolution.meeting.body
    decided = Decided(
        body_kind=body.kind,
        body=body.name,
        body_id=body.pk,
        resolution_id=resolution.pk,
        approval_date=resolution.approval_date,
        adopted=resolution.adopted,
        on_date=resolution.decided_date,
        reference=reference(resolution),
        roll=vote.roll.size,
        present=vote.present or 0,
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        findings=kept(vote.findings),
        elected=elected_of(vote),
    )
    done = effect_named(item.effect).run(by_authority(act, resolution), item.effect_data, decided)
    resolution.done, resolution.done_at = Resolution.Done.CARRIED_OUT, act.at
    resolution.done_text = clean_text(done, 300, _("Done"))
    resolution.save(update_fields=["done", "done_at", "done_text"])
    record(
        act,
        ResolutionCarriedOut(resolution.pk, resolution.number, item.effect, resolution.done_text),
    )


def reference(resolution: Resolution) -> str:
    """Where it is found."""
    return f"{resolution.meeting.title}, {resolution.number}"[:180]


def by_authority(act: Act, resolution: Resolution) -> Act:
    """The act under the authority of a resolution."""
    standing = frozenset({Capacity("system"), Capacity("resolution", resolution.pk)})
    return replace(act, standing=standing)


def _needs_approval(resolution: Resolution) -> bool:
    key = effect_named(resolution.vote.item.effect).approval
    asked = bool(key) and bylaws.rules_on(resolution.decided_date).yes(key)
    return asked and resolution.approval_date is None


def _does_something(resolution: Resolution) -> bool:
    item = resolution.vote.item
    return bool(item.effect) and (resolution.adopted or effect_named(item.effect).also_rejected)
