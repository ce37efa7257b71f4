"""What could be changed to pay less."""
