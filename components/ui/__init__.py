"""What a person sees: the only folder of components that imports Streamlit."""
