// Tells the server what is being typed into the chat's field, a moment after the last key, so that
// what is asked can be looked at before it is sent, and outlives a change of page.
const PAUSE = 120; // ms
const MOST = 2_000_000; // characters that the server keeps
const listeners = new WeakMap();

class Draft {
  constructor() {
    this.off = new AbortController();
    this.said = "";
    this.count = Date.now(); // what is told twice, by two of these, is no news to the server
    document.addEventListener("input", (event) => this.typed(event), {
      capture: true,
      signal: this.off.signal,
    });
  }

  typed(event) {
    if (event.target.dataset?.testid !== "stChatInputTextArea") return;
    clearTimeout(this.timer);
    const text = event.target.value;
    const round = this.round;
    this.timer = setTimeout(() => {
      if (text === this.said) return;
      this.said = text;
      this.count += 1;
      this.tell("draft", { text, n: this.count, round });
    }, PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.off.abort();
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let draft = listeners.get(parentElement);
  if (!draft || draft.off.signal.aborted) {
    draft = new Draft();
    listeners.set(parentElement, draft);
  }
  draft.tell = setStateValue;
  // The server has another memory than before, in which nothing was said.
  if (draft.session !== data.session) {
    draft.session = data.session;
    draft.round = data.round;
    draft.said = "";
  }
  // What was written while nobody listened, or told while there was no connection.
  const field = document.querySelector('[data-testid="stChatInputTextArea"]');
  if (field?.value && draft.round === data.round && field.value.length !== data.known && data.known < MOST) {
    draft.said = "";
    draft.typed({ target: field });
  }
  // A question that was sent: its field is empty without a key having been pressed.
  if (draft.round !== data.round) {
    clearTimeout(draft.timer);
    draft.round = data.round;
    draft.said = "";
  }
  return () => draft.stop();
}
