"""All that leans on Streamlit's insides: look here first when Streamlit moves."""
