"""The verbs of mutual trade."""

from .clearing import *
from .contributing import *
from .correcting import *
from .dealing import *
from .following import *
from .fund import *
from .importing import *
from .listing import *
from .listing_photos import *
from .ordering import *
from .settling import *
