"""The verbs of mutual aid."""

from .campaigns import *
from .claiming import *
from .contributing import *
from .ending import *
from .enrolling import *
from .following import *
from .grants import *
from .plans import *
from .reserve import *
from .reviewing import *
