"""What a person sees: the only folder of components that imports Streamlit."""

from components.ui.streamlit_seam.surroundings import fill_in

fill_in()
