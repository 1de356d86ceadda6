"""What people type about mutual trade."""

from .clearing import *
from .dealing import *
from .fund import *
from .orders import *
