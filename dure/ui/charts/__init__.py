"""Pictures drawn on the server: pure functions from numbers to SVG, each with its table.

Every picture says itself three times: in shapes (a colour *and* a pattern or mark per series), in
words (title, description, a title on every shape) and as a table one tap away (`{% figure %}`).
Fill and stroke are attributes, so that a page without inline styles, a mail or a print keeps them.
Two drawings are made, a wide one and one for phones; the stylesheet shows the one that fits.

Numbers are ints. Only places on the canvas are fractions, and they are rounded to a tenth.
"""

from .canvas import Grid, Part, Picture, Scale, Series, nice_step, scale, won_unit
from .lying import percents, rows, share, sparkline
from .network import Node, Tie, network
from .upright import bars, line

__all__ = [
    "Grid",
    "Node",
    "Part",
    "Picture",
    "Scale",
    "Series",
    "Tie",
    "bars",
    "line",
    "network",
    "nice_step",
    "percents",
    "rows",
    "scale",
    "share",
    "sparkline",
    "won_unit",
]
