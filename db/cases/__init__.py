"""Sets of cases, their versions, images and finished runs."""
