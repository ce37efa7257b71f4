"""Links to one thing, and what the team may read."""
