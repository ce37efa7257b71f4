"""Sizes and thresholds of the comparison. Ours, tuned on re-encoded real pictures."""

WORKING_SIDE = 1600
"""Pixels of the long side at which pictures are compared: what a browser shows of them."""

ALIGNING_SIDE = 640
"""Pixels of the long side at which shifts and turns are looked for."""

NOISE = 28
"""Steps of brightness (0 to 255) up to which a difference counts as noise. JPEG at quality 85
stays below it but for specks."""

COLOUR_NOISE = 36
"""The same for the two planes of colour, which JPEG and WebP store at half the size."""

SPECK = 64
"""Steps of any channel from which a single pixel stands out, whatever is around it."""

JOIN = 0.01
"""Changed spots nearer than this share of the long side become one region."""

LEAST_REGION = 0.00001
"""Share of the picture that a region's changed pixels have at least; smaller ones are specks."""

LEAST_PIXELS = 5
"""The same as a number, for small pictures: what compression leaves over around letters."""

REGIONS = 20
"""How many regions are listed."""

SHAPE_TOLERANCE = 0.02
"""Shapes (width / height) at most this far apart are scaled onto each other."""

SHAPE_LIMIT = 4.0
"""Shapes further apart than this factor aren't even searched for a common part."""

LEAST_OVERLAP = 0.1
"""Share of the first picture that the second covers at least."""
