"""Papers of lines and grids, however they go out: PDF (`sheet_pdf`), HWPX (`hwpx`) and Excel (`sheet_book`).

A `Sheet` is made by hand, from a `Statement` (`of_statement`), or from a template that a network may
replace (`read_template`).
"""

from .book import sheet_book
from .layout import Cell, Grid, Line, Sheet, of_statement, sheet_pdf
from .reading import Fields, TemplateBroken, check_template, read_template

__all__ = [
    "Cell",
    "Fields",
    "Grid",
    "Line",
    "Sheet",
    "TemplateBroken",
    "check_template",
    "of_statement",
    "read_template",
    "sheet_book",
    "sheet_pdf",
]
