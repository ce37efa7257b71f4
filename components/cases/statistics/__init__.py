"""What a run's answers allow to say: rates, repeats, two runs beside each other.

Short formulas and a fixed seed, so that a report is the same each time. Sources stand at the
functions; the unit of all of them is the case, or the group of cases with the same image, never the
single answer.
"""
