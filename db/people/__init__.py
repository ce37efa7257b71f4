"""Who has signed in, and wrong passwords."""
