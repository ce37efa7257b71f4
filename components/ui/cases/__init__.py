"""The page of cases: sets, their cases, files in and out."""
