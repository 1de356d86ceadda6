"""Classes of member: who may belong, vote, and what shares an article asks for."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import MemberClassAdded, MemberClassSet
from ..models import MemberClass
from ..rules.texts import read_lines

__all__ = [
    "ClassUnnamed", "MemberClassTaken", "STARTING_CLASSES", "add_member_class", "set_member_class",
]  # fmt: skip


class MemberClassTaken(Refusal):
    """Another class has this code or name."""

    text = _("There is a member class “%(name)s” already. Choose another name.")


class ClassUnnamed(InvalidInput):
    """A class needs a name."""

    text = _("Type a name for the member class, such as 단체회원.")


STARTING_CLASSES: tuple[tuple[str, str, str, bool], ...] = (
    ("organisation", "단체회원", MemberClass.Who.ORGANISATION, True),
    ("person", "개인회원", MemberClass.Who.PERSON, True),
    ("supporter", "후원회원", MemberClass.Who.ANY, False),
    ("associate", "준회원", MemberClass.Who.ANY, False),
)


@command
def add_member_class(
    act: Act,
    *,
    name: str,
    code: str = "",
    who: str = "any",
    may_vote: bool = True,
    interview_required: bool = False,
    is_open: bool = True,
    holds_shares: bool = True,
    share_minimum_won: int = 0,
    share_article: str = "",
    description: str = "",
) -> MemberClass:
    """Add a class of member. `who`: organisation, person or any. Raises MemberClassTaken."""
    policies.can_add_member_class(act).enforce()
    name, share_article = (
        clean_text(name, 60, _("Name")),
        clean_text(share_article, 120, _("Article")),
    )
    description = read_lines(description, 2000, _("For the application page"))
    code = (re.sub(r"[^\w-]+", "-", code.strip() or name.lower()))[:30]
    if not name or who not in MemberClass.Who.values or share_minimum_won < 0:
        raise ClassUnnamed
    if (
        MemberClass.objects.filter(name=name).exists()
        or MemberClass.objects.filter(code=code).exists()
    ):
        raise MemberClassTaken(name=name)
    # ---
    added = MemberClass.objects.create(
        code=code,
        name=name,
        who=who,
        may_vote=may_vote,
        interview_required=interview_required,
        is_open=is_open,
        holds_shares=holds_shares,
        share_minimum_won=share_minimum_won,
        share_article=share_article,
        description=description,
        position=MemberClass.objects.count() + 1,
    )
    record(act, MemberClassAdded(added.pk, added.code, added.name))
    return added


@command
def set_member_class(
    act: Act,
    *,
    code: str,
    name: str | None = None,
    may_vote: bool | None = None,
    interview_required: bool | None = None,
    is_open: bool | None = None,
    holds_shares: bool | None = None,
    share_minimum_won: int | None = None,
    share_article: str | None = None,
    description: str | None = None,
) -> MemberClass:
    """Change the terms of a class; what is left out stays. Who may belong never changes."""
    found = MemberClass.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound
    policies.can_set_member_class(act, found).enforce()
    if name is not None and MemberClass.objects.filter(name=name).exclude(pk=found.pk).exists():
        raise MemberClassTaken(name=name)
    if name == "" or (share_minimum_won is not None and share_minimum_won < 0):
        raise ClassUnnamed
    if name is not None:
        name = clean_text(name, 60, _("Name"))
    if share_article is not None:
        share_article = clean_text(share_article, 120, _("Article"))
    if description is not None:
        description = read_lines(description, 2000, _("For the application page"))
    # ---
    given = {
        "name": name,
        "may_vote": may_vote,
        "interview_required": interview_required,
        "is_open": is_open,
        "holds_shares": holds_shares,
        "share_minimum_won": share_minimum_won,
        "share_article": share_article,
        "description": description,
    }
    for field, value in given.items():
        if value is not None:
            setattr(found, field, value)
    found.save()
    record(act, MemberClassSet(found.pk, found.name))
    return found
