"""What people type about mutual aid."""

from .taking_part import *
