"""Pure rules of personal data: what must be told of a breach, what is unusual in a log of reads."""
