"""Tables that come from people's files and go back into them: CSV and Excel, in and out."""

from .reading import (
    CellTooLong,
    FileBroken,
    FileEmpty,
    FileIsLocked,
    FileIsWebPage,
    FileKindUnknown,
    FileTooLarge,
    QuotesBroken,
    Row,
    Sheet,
    SheetMissing,
    TextUnreadable,
    TooManyRows,
    cell_address,
    open_table,
)
from .writing import Strong, csv_stream, download, tamed, xlsx_stream

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
    "cell_address",
    "csv_stream",
    "download",
    "open_table",
    "tamed",
    "xlsx_stream",
]
