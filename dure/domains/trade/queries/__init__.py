"""The nouns of mutual trade, read."""

from ..rules.contributions import BASES as BASES, BEARERS as BEARERS, EVERY as EVERY
from .bars import *
from .bundles import *
from .contributions import *
from .deals import *
from .figures import *
from .fund import *
from .group_buys import *
from .group_plans import *
from .importing import *
from .invoices import *
from .letters import *
from .listing_files import *
from .listing_letters import *
from .listings import *
from .matching import *
from .orders import *
from .papers import *
from .partners import *
from .pools import *
from .profiles import *
from .recurring import *
from .rounds import *
from .totals import *
from .visits import *
