"""The cost page: the calculator, in parts of the screen."""
