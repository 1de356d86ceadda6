"""Who reacts to what, what leaves the house, what is sealed, what the clock does. On one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dure.domains.parties.events import access as access_events
from dure.kernel.deeds import wire
from dure.kernel.outbox import wire_outbox
from dure.kernel.seals import DEEDS, Stream, wire_streams

from . import mail, reactions

if TYPE_CHECKING:
    from .clockwork import Job

REACTIONS: dict[type[Any], tuple[Callable[..., Any], ...]] = {
    access_events.AccountOpened: (reactions.keep_address_of_account,),
}
OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {
    access_events.PersonInvited: (("invitation", mail.invitation_of_event),),
}
TELLERS: dict[str, Callable[[Any], None]] = {"invitation": mail.tell_invitation}
STREAMS: tuple[Stream, ...] = (DEEDS,)
CLOCK: tuple[Job, ...] = ()


def wire_all() -> None:
    """Called once, when Django is ready."""
    wire(REACTIONS)
    wire_outbox(OUTGOING, TELLERS)
    wire_streams(STREAMS)
