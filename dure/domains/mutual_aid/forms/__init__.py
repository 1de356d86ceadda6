"""What people type about mutual aid."""

from .reserve import *
from .taking_part import *
