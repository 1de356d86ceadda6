"""Who may bring in files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .parties import is_staff


def can_stage_import(act: Act) -> Verdict:
    return ALLOW if is_staff(act) else deny(_("Only the secretariat brings in files."))


can_map_import = can_stage_import
can_accept_import = can_stage_import
can_discard_import = can_stage_import
