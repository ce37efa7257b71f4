"""What a model is called in figures and reasons."""

from components.models import find_model


def shown_name(model_id: str) -> str:
    """Its name for people; the id where the catalogue knows only the family it is of."""
    model = find_model(model_id)
    return model.name if model.id == model_id and not model.examples else model_id
