"""What people type about mutual trade."""

from .dealing import *
