"""A model's answer on a shared page."""

from components.markdown import answer_html as prose

__all__ = ["prose"]
