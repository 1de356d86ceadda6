"""What is laid down is never edited: the rules of a past day must stay what they were."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("bylaws_provision"),
    frozen_table("bylaws_formspell"),
    frozen_table("bylaws_article"),
)
