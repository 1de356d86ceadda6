"""Taking a row in hand: locked until the command ends, or not there."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from dure.kernel.refusals import NotFound

M = TypeVar("M", bound=models.Model)


class Holding(models.QuerySet[M]):
    """Rows that commands take in hand one at a time."""

    def hold(self, pk: int) -> M:
        """The row under a lock, so that of two people at once the second sees what the first did.

        Raises NotFound.
        """
        found = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found
