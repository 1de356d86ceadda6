"""Pure arithmetic and decisions of the memberships: no database, no clock, no chance."""
