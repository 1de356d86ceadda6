"""Who may declare and see who is close to whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .parties import is_staff


def can_declare_relation(act: Act, person_id: int) -> Verdict:
    """One's own, or as the office came to know it."""
    if is_staff(act) or act.actor_id == person_id:
        return ALLOW
    return deny(_("Who is close to whom is declared by the person and by the secretariat only."))


can_end_relation = can_declare_relation
can_see_relations = can_declare_relation
