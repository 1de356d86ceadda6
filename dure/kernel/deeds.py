"""Deeds: the one place where a write becomes history, news and reaction.

A command is atomic, happens once per key, and is never silent. Recording an event writes its deed,
queues the news it is to send, and wakes reactions, all in the command's transaction.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction

from . import outbox, personal, plain
from .acts import Act
from .models import Deed, Key
from .personal import Personal
from .refusals import KeyReused, Refusal, type_text
from .statements import Statement, forget_waiting

P = ParamSpec("P")
R = TypeVar("R")

REACTION_DEPTH_MAX = 3
UNHASHED = frozenset({"progress", "ballot"})  # not input; nor may a ballot leave any trace

COMMANDS: dict[str, Callable[..., Any]] = {}
EVENTS: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """A fact, in the past tense. Plain values only: ids, numbers, days, text, `Personal` text.

    Each event gives its `sentence` for the log. A field `party_id` names whom it is about.
    """

    NAME: ClassVar[str]

    def __init_subclass__(cls) -> None:
        # dataclass(slots=True) makes the class twice; the second one is the one that lives
        room = cls.__module__.partition(".events")[0] if ".events" in cls.__module__ else ""
        cls.NAME = (
            f"{(room or cls.__module__.rpartition('.')[0]).rpartition('.')[2]}.{cls.__name__}"
        )
        EVENTS[cls.NAME] = cls

    def sentence(self) -> type_text:
        """What happened, in one sentence for the log."""
        raise NotImplementedError(self.NAME)

    @property
    def subject(self) -> int | None:
        """The person or organisation the event is about."""
        return getattr(self, "party_id", None)


_INSERT_DEED = Statement(
    "INSERT INTO kernel_deed (name, at, actor_id, via, key, cause_id, subject_id, data)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)
_SELECT_KEY = Statement("SELECT command, input_hash, result FROM kernel_key WHERE key = %s")
_INSERT_KEY = Statement(
    "INSERT INTO kernel_key (key, command, input_hash, result, at) VALUES (%s, %s, %s, %s, %s)"
)

Reaction = Callable[[Act, Any], None]
_reactions: dict[type[Event], tuple[Reaction, ...]] = {}
_depth: ContextVar[int] = ContextVar("depth", default=0)
_told: ContextVar[int] = ContextVar("told", default=0)
_reacting: ContextVar[int] = ContextVar("reacting", default=0)


def wire(table: Mapping[type[Event], tuple[Reaction, ...]]) -> None:
    """Called once, by the site: the whole wiring is one table."""
    assert not _reactions, "already wired"
    _reactions.update(table)


def record(act: Act, event: Event) -> None:
    """Write the event into history, queue its news, wake its reactions.

    A deed that nothing answers to is written at the latest with the command's key.
    """
    assert _depth.get(), "only a command records"
    _told.set(_told.get() + 1)
    deed = _deed(act, event)
    reactions = _reactions.get(type(event), ())
    if not reactions and not outbox.sends(event):
        _INSERT_DEED.later(*deed)
        return
    ((deed_id,),) = _INSERT_DEED(*deed)
    outbox.queue(deed_id, act.at, event)
    depth = _reacting.set(_reacting.get() + 1)
    try:
        for react in reactions:
            assert _reacting.get() <= REACTION_DEPTH_MAX, f"endless reactions to {event.NAME}"
            react(replace(act, cause=deed_id), event)
    finally:
        _reacting.reset(depth)


def _deed(act: Act, event: Event) -> tuple[Any, ...]:
    kind: Any = type(event)
    given = {name: getattr(event, name) for name in plain.names(kind)}
    data = {
        name: {"personal": personal.keep(value)} if isinstance(value, Personal) else value
        for name, value in given.items()
    }
    text = plain.dumps(data)
    return event.NAME, act.at, act.actor_id, act.via, act.key, act.cause, event.subject, text


def command(run: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
    """A write: atomic, once per key, and never silent.

    Called from outside, it claims the act's key: the same key with the same input answers with the
    first result; with other input it raises KeyReused. Called by another command it joins in.
    """
    return _command(run, looks_first=True)


def short_command(run: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
    """A command so short and so frequent that it is not looked first whether its key is new: one
    done a second time is taken back when its key is written, and then answers with the first result.
    """
    return _command(run, looks_first=False)


def _command(
    run: Callable[Concatenate[Act, P], R], looks_first: bool
) -> Callable[Concatenate[Act, P], R]:
    name = f"{run.__module__.split('.commands')[0].split('.')[-1]}.{run.__name__}"

    @functools.wraps(run)
    def outermost_or_joined(act: Act, *args: P.args, **given: P.kwargs) -> R:
        assert not args, f"{name} takes an act, then keywords"
        if _depth.get():
            with transaction.atomic(savepoint=False):
                return _told_of(act, given)
        input_hash = plain.digest({k: v for k, v in given.items() if k not in UNHASHED})
        try:
            with transaction.atomic():
                if looks_first and (first := _first(act, name, input_hash)) is not None:
                    return first[0]  # type: ignore[no-any-return]
                result = _told_of(act, given)
                _INSERT_KEY.and_commit(act.key, name, input_hash, plain.dumps(result), act.at)
                return result
        except (Refusal, IntegrityError):  # perhaps because this key was used before, or just now
            forget_waiting()
            if (first := _first(act, name, input_hash)) is not None:
                return first[0]  # type: ignore[no-any-return]
            raise
        finally:
            forget_waiting()

    def _told_of(act: Act, given: Mapping[str, Any]) -> R:
        told_before = _told.get()
        depth = _depth.set(_depth.get() + 1)
        try:
            result = run(act, **given)  # type: ignore[call-arg]
            assert _told.get() > told_before, f"{name} left no deed"
            return result
        finally:
            _depth.reset(depth)

    COMMANDS[name] = outermost_or_joined
    return cast(Callable[Concatenate[Act, P], R], outermost_or_joined)


def _first(act: Act, name: str, input_hash: str) -> tuple[Any] | None:
    """The first result under this key, in a tuple; None when the key is new."""
    for first_name, first_hash, result in _SELECT_KEY(act.key):
        if (first_name, first_hash) != (name, input_hash):
            raise KeyReused
        return (plain.loads(result),)
    return None


def event_of(deed: Deed, known: Mapping[str, str | None] | None = None) -> Event:
    """The event a deed tells of. Erased personal texts read as an empty `Personal`.

    `known` are texts already fetched, for lists; see `sentences_of`.
    """
    kind = EVENTS[deed.name]
    data = plain.loads(deed.data)
    digests = _digests(data)
    opened = personal.texts(digests.values()) if known is None and digests else known or {}
    for name, digest in digests.items():
        data[name] = Personal(opened.get(digest) or "—", None)
    return kind(**data)


def sentences_of(deeds: list[Deed]) -> list[tuple[Deed, str]]:
    """Each deed with its sentence, in one read of the personal texts."""
    wanted = [digest for deed in deeds for digest in _digests(plain.loads(deed.data)).values()]
    known = personal.texts(wanted) if wanted else {}
    return [(deed, str(event_of(deed, known).sentence())) for deed in deeds]


def erase_told(subject_ids: Collection[int], room: str, at: datetime) -> int:
    """Empty the personal texts in what one room's deeds tell about people; how many there were.

    The deeds themselves stay, so the chain stays provable. Call it from a command.
    """
    deeds = Deed.objects.filter(subject_id__in=subject_ids, name__startswith=f"{room}.")
    digests = {
        digest
        for data in deeds.order_by("id").values_list("data", flat=True)
        for digest in _digests(plain.loads(data)).values()
    }
    return personal.erase_digests(digests, at)


def _digests(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value["personal"]
        for name, value in data.items()
        if isinstance(value, dict) and value.keys() == {"personal"}
    }


__all__ = [
    "COMMANDS",
    "EVENTS",
    "Event",
    "Key",
    "Personal",
    "command",
    "erase_told",
    "event_of",
    "record",
    "short_command",
    "wire",
]
