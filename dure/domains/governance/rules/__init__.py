"""Bodies, meetings, votes: what is counted, of what whole, and who may decide what. No database."""
