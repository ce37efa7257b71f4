"""What a figure rests on and what speaks against a request: evidence, steps, limits of vendors."""
