"""The verbs of mutual aid."""

from .claiming import *
from .contributing import *
from .ending import *
from .enrolling import *
from .plans import *
from .reserve import *
from .reviewing import *
