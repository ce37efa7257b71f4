"""The page that tutorials teach, as the benchmark's measure: history in the session, originals in
base64, the openai package, st.write_stream. Every run makes its client, as tutorials do.

Started by bench_chat.py. `?turns=199` begins with so many turns, `?model=` chooses the model.
"""

import base64

import streamlit as st
from openai import OpenAI

from tests.bench.support.inputs import ANSWER, QUESTION

client = OpenAI()

if "messages" not in st.session_state:
    st.session_state.messages = []
    for number in range(int(st.query_params.get("turns", 0))):
        st.session_state.messages += [
            {"role": "user", "content": [{"type": "text", "text": QUESTION.format(number)}]},
            {"role": "assistant", "content": [{"type": "text", "text": ANSWER}]},
        ]


def show(message: dict) -> None:  # type: ignore[type-arg]
    """Draw a message of the history."""
    with st.chat_message(message["role"]):
        for part in message["content"]:
            if part["type"] == "text":
                st.markdown(part["text"])
            else:
                st.image(part["image_url"]["url"], width=240)


for said in st.session_state.messages:
    show(said)
if asked := st.chat_input("Ask", accept_file="multiple"):
    content = [{"type": "text", "text": asked.text}]
    for file in asked.files:
        encoded = base64.b64encode(file.getvalue()).decode()
        url = f"data:{file.type};base64,{encoded}"
        content.append({"type": "image_url", "image_url": {"url": url}})
    st.session_state.messages.append({"role": "user", "content": content})
    show(st.session_state.messages[-1])
    with st.chat_message("assistant"):
        stream = client.chat.completions.create(
            model=st.query_params.get("model", "fake-tokens-300-5-500"),
            messages=st.session_state.messages,
            stream=True,
        )
        answer = st.write_stream(stream)
    st.session_state.messages.append(
        {"role": "assistant", "content": [{"type": "text", "text": answer}]}
    )
