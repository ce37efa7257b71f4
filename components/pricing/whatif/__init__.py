"""The calculator: what images, texts and answers would cost, before anything is sent."""
