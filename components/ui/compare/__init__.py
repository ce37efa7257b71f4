"""The compare page: images, the view without a model, models, trust."""
