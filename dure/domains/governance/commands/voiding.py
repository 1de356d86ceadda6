"""A resolution is void: what it did is undone, or left to people to undo."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ResolutionVoided, VoidSettled
from ..models import Resolution
from ..queries.effects import Undoing, effect_named
from .resolving import by_authority, reference

Done = Resolution.Done


class VoidAlready(Refusal):
    """Void is void."""

    text = _("Resolution %(number)s was declared void on %(date)s already.")


class VoidUnproven(InvalidInput):
    """A resolution falls by a ruling, a flaw that was found, or a later resolution."""

    text = _("Say why the resolution is void, and name the ruling or the later resolution.")


class NothingToSettle(Refusal):
    """Nothing of this resolution waits to be undone by hand."""

    text = _("Nothing of resolution %(number)s waits to be undone.")


@command
def void_resolution(act: Act, *, resolution_id: int, reason: str, paper: str) -> Resolution:
    """Declare a resolution void from its beginning: by the office with the ruling (`paper`), or by a
    later resolution of the same body. What it did is undone where that can be; where it cannot, it is
    told why and waits on the desk. Raises VoidAlready, VoidUnproven.
    """
    resolution: Resolution = Resolution.objects.select_related("vote__item", "meeting__body").hold(
        resolution_id
    )
    policies.can_void_resolution(act).enforce()
    if resolution.voided_date is not None:
        raise VoidAlready(number=resolution.number, date=resolution.voided_date.isoformat())
    reason, paper = clean_text(reason, 300, _("Reason")), clean_text(paper, 200, _("Paper"))
    if not reason or not paper:
        raise VoidUnproven
    # ---
    left = False
    if resolution.done == Done.CARRIED_OUT:
        left, resolution.undone_text = _undo(act, resolution, reason)
        resolution.done = Done.TO_UNDO if left else Done.UNDONE
    elif resolution.done in (Done.WAITING, Done.APPROVAL):
        resolution.done = Done.NOTHING
    resolution.voided_date, resolution.void_reason = act.today, reason
    resolution.void_paper = paper
    resolution.save(
        update_fields=["voided_date", "void_reason", "void_paper", "undone_text", "done"]
    )
    record(
        act,
        ResolutionVoided(
            resolution.pk, resolution.number, act.today, reason, paper, resolution.undone_text,
            left,
        ),
    )  # fmt: skip
    return resolution


@command
def settle_void(act: Act, *, resolution_id: int, undone: str) -> Resolution:
    """Note how people undid by hand what a void resolution had done. Raises NothingToSettle,
    VoidUnproven.
    """
    resolution: Resolution = Resolution.objects.hold(resolution_id)
    policies.can_settle_void(act).enforce()
    if resolution.done != Done.TO_UNDO:
        raise NothingToSettle(number=resolution.number)
    undone = clean_text(undone, 300, _("What was done"))
    if not undone:
        raise VoidUnproven
    # ---
    resolution.done, resolution.undone_text = Done.UNDONE, undone
    resolution.save(update_fields=["done", "undone_text"])
    record(act, VoidSettled(resolution.pk, resolution.number, undone))
    return resolution


def _undo(act: Act, resolution: Resolution, reason: str) -> tuple[bool, str]:
    """Whether something is left to people, and what was undone or why it was not."""
    item = resolution.vote.item
    wired = effect_named(item.effect)
    if wired.undo is None:
        return True, _now("This cannot be undone by itself: %(done)s") % {
            "done": resolution.done_text[:200]
        }
    try:
        with transaction.atomic():
            said = wired.undo(
                by_authority(act, resolution),
                item.effect_data,
                Undoing(reference(resolution), reason),
            )
    except Refusal as refusal:  # what came after stands in the way: people look at it
        return True, clean_text(f"{refusal} {refusal.advice}"[:300], 300, _("Undone"))
    return False, clean_text(said, 300, _("Undone"))
