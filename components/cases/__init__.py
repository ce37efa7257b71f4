"""Cases: questions with what is expected of their answers."""
