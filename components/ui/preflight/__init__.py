"""What is worth knowing before sending, and what the model sees."""
