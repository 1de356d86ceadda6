"""What people type about mutual trade."""

from .clearing import *
from .dealing import *
from .fund import *
from .group_buys import *
from .listings import *
from .orders import *
from .reading import *
from .recurring import *
