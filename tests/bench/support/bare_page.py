"""The least page of Streamlit with an input: what bench_first_visit.py measures against."""

import streamlit as st

st.title("Chat")
st.chat_input("Ask")
