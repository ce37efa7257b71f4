"""What is asked of whom and what it will cost, before a comparison starts."""
