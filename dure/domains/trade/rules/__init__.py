"""What holds in mutual trade, without a database."""
