"""How the sample pictures are drawn. Only `components.samples.generate` and tests import this."""
