"""What people type about mutual aid."""

from .campaigns import *
from .reserve import *
from .taking_part import *
