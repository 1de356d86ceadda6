"""Rows of a file made into organisations: which column is which, what a row says, what is wrong.

1. Columns are recognised by their names (사업자등록번호, 대표전화 …); people may choose otherwise.
2. A row is read as a whole: every wrong cell is told with its address; a row with one wrong cell is
   not taken.
3. Two rows of one file that mean the same organisation cannot both be right: the first one counts,
   the later one is rejected. The same is a row's business registration number, or else its name (see
   rules.names) in its region. A row that names only the 시도 and a row of the same name that also
   names a 시·군·구 of it mean the same.
4. An empty cell says nothing; it never erases what is stored. A formula says nothing a reader can
   trust; it is rejected.
5. Memory: two short fingerprints for each row read so far, nothing else.
"""

from .columns import (
    FIELDS,
    FieldTwice,
    NoNameColumn,
    check_mapping,
    guess_kind,
    guess_mapping,
    guess_publish,
    label,
    read_designations,
    read_legal_form,
)
from .matching import SeveralAlike, Stored, key_of, stored_for, values_of_new
from .rows import (
    CHUNK_ROWS,
    Chunk,
    FormulaInCell,
    Line,
    Marks,
    Rejected,
    SameAsEarlierRow,
    Seen,
    SheetRow,
    chunks,
    read_line,
)

__all__ = [
    "CHUNK_ROWS",
    "FIELDS",
    "Chunk",
    "FieldTwice",
    "FormulaInCell",
    "Line",
    "Marks",
    "NoNameColumn",
    "Rejected",
    "SameAsEarlierRow",
    "Seen",
    "SeveralAlike",
    "SheetRow",
    "Stored",
    "check_mapping",
    "chunks",
    "guess_kind",
    "guess_mapping",
    "guess_publish",
    "key_of",
    "label",
    "read_designations",
    "read_legal_form",
    "read_line",
    "stored_for",
    "values_of_new",
]
