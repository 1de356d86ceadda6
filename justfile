# The front door. Without just: each recipe is one line that can be typed as it is.

# Set up for development
setup:
    tools/setup test

# Start the demonstration
run *options:
    ./run {{options}}

# Some tests, quickly: just test tests/ledger
test *paths:
    .venv/bin/pytest {{paths}}

# The same on PostgreSQL
test-postgres *paths:
    tools/with-postgres .venv/bin/pytest {{paths}}

# Put formatting, imports and catalogues in order
fix:
    .venv/bin/ruff check --fix --quiet .
    .venv/bin/ruff format --quiet .
    .venv/bin/python tools/messages.py update

# Everything that CI tries
check *options:
    ./check {{options}}

# Make the locks anew after an edit of pyproject.toml or requirements/*.in
lock *options:
    tools/lock {{options}}
