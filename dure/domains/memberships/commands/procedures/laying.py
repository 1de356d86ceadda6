"""Laying down how a class is joined: a procedure from a file, from a day on."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound

from ... import policies, queries
from ...events import ProcedureLoaded
from ...models import MemberClass, Procedure
from ...rules import procedures as rules

__all__ = ["ProcedureMissing", "ProfileUnknown", "load_procedure"]


class ProfileUnknown(InvalidInput):
    """No procedure of this name is shipped."""

    text = _("There is no profile “%(name)s”. There are: %(known)s.")


class ProcedureMissing(InvalidInput):
    """A procedure comes from a file or from a profile."""

    text = _("Choose a profile, or give a file.")


@command
def load_procedure(
    act: Act,
    *,
    member_class: str,
    from_date: date,
    file: str = "",
    profile: str = "",
    decided_by: str = "",
) -> Procedure:
    """Let a class be joined by a procedure from a day on; applications keep the one they began with.

    `file`: the text of a procedure file, or `profile`: the name of a shipped one. A file without
    steps ends the procedure: a simple decision is enough again. Raises PackMalformed (line and
    reason), ProfileUnknown, ProcedureMissing.
    """
    wanted = MemberClass.objects.select_for_update().filter(code=member_class).first()
    if wanted is None:
        raise NotFound
    policies.can_load_procedure(act, wanted).enforce()
    if profile:
        known = queries.profiles()
        if profile not in known:
            raise ProfileUnknown(name=profile[:40], known=", ".join(known))
        file = known[profile].file
    if not file.strip():
        raise ProcedureMissing
    procedure = rules.read_procedure(file)
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    # ---
    row = Procedure.objects.create(
        member_class=wanted,
        from_date=from_date,
        file=rules.write_procedure(procedure),
        decided_by=decided_by,
        laid_down_at=act.at,
    )
    record(act, ProcedureLoaded(row.pk, wanted.name, procedure.title, from_date, decided_by))
    return row
