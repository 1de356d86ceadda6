"""Who may do what in mutual trade. Deny by default; each no says why.

Each side acts for itself, through who speaks for it. The office types in what came on paper, and
says on what paper; it never confirms without one.
"""

from .clearing import *
from .deals import *
from .fund import *
from .group_buys import *
from .listings import *
from .orders import *
