"""A network replaces the template of a paper, without code."""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal
from dure.ui.sheets import check_template

from .. import policies, queries
from ..events import PaperTemplateReplaced
from ..models import PaperTemplate


class TemplateAsBefore(Refusal):
    """Nothing would change."""

    text = _("The template is this one already.")


@command
def replace_paper_template(act: Act, *, name: str, text: str) -> PaperTemplate:
    """Lay down another template of a paper; without words the shipped one holds again.

    Raises NotFound, TemplateBroken (with the line), TemplateAsBefore.
    """
    policies.can_replace_paper_template(act).enforce()
    fields = queries.paper_fields(name)
    if fields is None:
        raise NotFound
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if text == queries.shipped_template(name).strip():
        text = ""
    if text:
        check_template(text, fields)
    wanted = text or queries.shipped_template(name)
    if wanted.strip() == queries.paper_template(name).strip():
        raise TemplateAsBefore
    # ---
    made = PaperTemplate.objects.create(
        name=name, text=text, laid_at=act.at, laid_by_id=act.actor_id
    )
    digest = sha256(text.encode()).hexdigest() if text else ""
    record(act, PaperTemplateReplaced(name, digest))
    return made
