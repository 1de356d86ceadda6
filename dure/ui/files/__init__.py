"""Tables that come from people's files and go back into them: CSV and Excel, in and out."""

from .cells import cell_address
from .reading import Row, Sheet, open_rows, open_table
from .refusals import (
    CellTooLong,
    FileBroken,
    FileEmpty,
    FileIsLocked,
    FileIsWebPage,
    FileKindUnknown,
    FileTooLarge,
    QuotesBroken,
    SheetMissing,
    TextUnreadable,
    TooManyRows,
)
from .writing import Strong, as_it_came, csv_stream, disposition, download, tamed, xlsx_stream

__all__ = [
    "CellTooLong",
    "FileBroken",
    "FileEmpty",
    "FileIsLocked",
    "FileIsWebPage",
    "FileKindUnknown",
    "FileTooLarge",
    "QuotesBroken",
    "Row",
    "Sheet",
    "SheetMissing",
    "Strong",
    "TextUnreadable",
    "TooManyRows",
    "as_it_came",
    "cell_address",
    "csv_stream",
    "disposition",
    "download",
    "open_rows",
    "open_table",
    "tamed",
    "xlsx_stream",
]
