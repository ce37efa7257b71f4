"""The calculator as a tutorial would write it, as the benchmark's measure: number inputs, the same
function, st.metric and st.dataframe; no fragment, nothing kept between runs.

Started by bench_cost.py.
"""

import streamlit as st

from components.pricing.whatif import Row, Scenario, all_models, vision_models, work_out

st.title("Cost calculator")
width = st.number_input("Width", 1, 1_000_000, 1024)
height = st.number_input("Height", 1, 1_000_000, 1024)
count = st.number_input("Images", 1, 1_000_000, 1)
names = vision_models()
model = st.selectbox("Model", names, index=names.index("gpt-4o"))
detail = st.selectbox("Detail", ["auto", "low", "high"], index=2)
prompt = st.number_input("Prompt tokens", 0, 10_000_000, 20)
answer = st.number_input("Answer tokens", 0, 10_000_000, 300)
turns = st.number_input("RenderScheduler", 1, 200, 1)
calls = st.number_input("Calls per day", 0, 100_000_000, 1000)
scenario = Scenario(
    model, (Row(width, height, count),), detail, prompt, answer=answer, turns=turns, calls=calls
)
figures = work_out(scenario)
st.metric("Image tokens", f"{figures.images:,}")
st.metric("A call", f"${figures.conversation.total:.5f}")
st.metric("Per month", f"${figures.month.total:.2f}")
lines = all_models(scenario)
st.dataframe(
    {
        "Model": [line.model for line in lines],
        "Image tokens": [line.images for line in lines],
        "A call": [float(line.conversation.total or 0) for line in lines],
        "Per month": [float(line.month.total or 0) for line in lines],
    }
)
