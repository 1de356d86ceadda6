"""Personal data in practice: breaches, the monthly look at the log of reads, the yearly destruction."""
