"""What answers say, whether they are right, how far they agree, and verdicts that flip."""
