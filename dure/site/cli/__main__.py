"""`python -m dure.site.cli`, where no console script is installed."""

from . import main

main()
