"""The verbs of mutual trade."""

from .bars import *
from .bundles import *
from .clearing import *
from .contributing import *
from .correcting import *
from .dealing import *
from .following import *
from .fund import *
from .giving import *
from .group_buys import *
from .group_settling import *
from .importing import *
from .listing import *
from .listing_files import *
from .listing_photos import *
from .ordering import *
from .papers import *
from .pools import *
from .recurring import *
from .settling import *
from .undoing import *
