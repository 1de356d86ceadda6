"""People, organisations, their kinds and regions, contacts, consents, offices; the directory."""
