"""The end of a month as one guided run over the rooms: from the bank statement to the closed books.

Whether a step is done is read from the facts (receipts, dues runs, the period), so a run can be left
and taken up again anywhere, and by another door. What no fact can say (“all statements are in”) a
person says by a mark, which is kept with the period. A room that joins adds its step to `RUN`.
"""

from .books import ACCRUALS, Accrual, Accrued
from .reading import Reading, month_in_words, read_month
from .run import Progress, do_step, look_at_month, look_at_step, step_of, step_to_mark, undo_step
from .step import Found, State, Step
from .steps import RUN

__all__ = [
    "ACCRUALS",
    "RUN",
    "Accrual",
    "Accrued",
    "Found",
    "Progress",
    "Reading",
    "State",
    "Step",
    "do_step",
    "look_at_month",
    "look_at_step",
    "month_in_words",
    "read_month",
    "step_of",
    "step_to_mark",
    "undo_step",
]
