"""Papers of lines and grids, however they go out: PDF (`dure.ui.pdf.sheet`) and HWPX (`hwpx`).

A `Sheet` is made by hand, from a `Statement` (`of_statement`), or from a template that a network may
replace (`reading`).
"""

from .layout import Cell, Grid, Line, Sheet, of_statement

__all__ = ["Cell", "Grid", "Line", "Sheet", "of_statement"]
