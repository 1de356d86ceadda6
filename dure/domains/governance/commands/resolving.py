"""A resolution takes effect: once, when it is valid and its body competent."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import kept
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, Capacity
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import ResolutionCarriedOut
from ..models import Resolution
from ..queries.effects import Decided, effect_named
from ..queries.results import elected_of


class NothingToCarryOut(Refusal):
    """What a resolution does, it does once."""

    text = _("Resolution %(number)s has nothing to carry out: %(done)s.")


@command
def carry_out_resolution(act: Act, *, resolution_id: int) -> Resolution:
    """Carry out a resolution whose effect waits. Raises NothingToCarryOut and what the effect raises."""
    resolution: Resolution = Resolution.objects.select_related(
        "vote__item", "vote__roll", "meeting__body"
    ).hold(resolution_id)
    policies.can_carry_out_resolution(act, resolution.meeting).enforce()
    if resolution.done != Resolution.Done.WAITING or not _does_something(resolution):
        raise NothingToCarryOut(number=resolution.number, done=resolution.get_done_display())
    # ---
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
    vote, body = resolution.vote, resolution.meeting.body
    decided = Decided(
        body_kind=body.kind,
        body=body.name,
        body_id=body.pk,
        resolution_id=resolution.pk,
        adopted=resolution.adopted,
        on_date=resolution.decided_date,
        reference=f"{resolution.meeting.title}, {resolution.number}"[:180],
        roll=vote.roll.size,
        present=vote.present or 0,
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        findings=kept(vote.findings),
        elected=elected_of(vote),
    )
    standing = frozenset({Capacity("system"), Capacity("resolution", resolution.pk)})
    done = effect_named(item.effect).run(replace(act, standing=standing), item.effect_data, decided)
    resolution.done, resolution.done_at = Resolution.Done.CARRIED_OUT, act.at
    resolution.done_text = clean_text(done, 300, _("Done"))
    resolution.save(update_fields=["done", "done_at", "done_text"])
    record(
        act,
        ResolutionCarriedOut(resolution.pk, resolution.number, item.effect, resolution.done_text),
    )


def _does_something(resolution: Resolution) -> bool:
    item = resolution.vote.item
    return bool(item.effect) and (resolution.adopted or effect_named(item.effect).also_rejected)
