"""What people type about mutual trade."""

from .clearing import *
from .dealing import *
from .fund import *
from .listings import *
from .orders import *
