// What isn't sent yet lives as long as its tab. What is typed stays in the tab's own storage; of
// images the server keeps what it can, and here stand their names and which memory of the server
// had them: when that is another one (a reload, a long time without a connection, a restart), it is
// asked to bring them back.
const KEPT = "tuwen-unsent"; // in sessionStorage: { owner, session, texts, images, editing }
const FIELDS = {
  chat: '[data-testid="stChatInputTextArea"]',
  compare: ".st-key-compare_question textarea",
};
const SETTLE = 300; // ms after which a field shows what the server has put into it
const LOOK = 100; // ms between two looks for a field that isn't there yet
const LOOKS = 100;

class Unsent {
  constructor() {
    addEventListener("pagehide", () => this.noteAll());
    document.addEventListener("input", (event) => this.typed(event), true);
    document.addEventListener("click", (event) => this.clicked(event), true);
  }

  // Never another person's: whoever signs in after somebody finds nothing.
  get kept() {
    const nothing = { owner: this.data.owner, session: "", texts: {}, images: [], editing: "" };
    try {
      const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      return found?.owner === this.data.owner ? { ...nothing, ...found } : nothing;
    } catch {
      return nothing;
    }
  }

  keep(changes) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...this.kept, ...changes }));
    } catch {
      // storage that is switched off or full: a draft lives as long as the page
    }
  }

  update(data, tell) {
    this.data = data;
    if (this.session !== data.session) {
      this.session = data.session;
      this.filled = {};
      this.asked = false;
    }
    if (data.images) this.images(data, tell);
    this.left = LOOKS;
    this.fill();
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.noteAll(), SETTLE);
  }

  images({ session, images, editing, back }, tell) {
    const { session: before, images: names, editing: edited } = this.kept;
    if (before === session || !names.length || back) this.keep({ session, images, editing });
    else if (!this.asked) {
      this.asked = true;
      tell("back", { session: before, names, editing: edited });
    }
  }

  // Put back what was typed, once for each memory of the server.
  fill() {
    clearTimeout(this.looking);
    for (const name of Object.keys(FIELDS)) {
      if (this.filled[name]) continue;
      const text = this.kept.texts[name];
      const field = document.querySelector(FIELDS[name]);
      if (text && (!field || field.disabled)) continue;
      if (text && !field.value) this.put(field, text);
      this.filled[name] = true;
    }
    this.left -= 1;
    const waits = Object.keys(FIELDS).some((name) => !this.filled[name]);
    if (waits && this.left > 0) this.looking = setTimeout(() => this.fill(), LOOK);
  }

  // By the element's own setter: what React sets it takes no notice of. A field that isn't the
  // chat's tells the server when it is left.
  put(field, text) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.matches(FIELDS.chat)) return;
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), LOOK);
  }

  note(name, field) {
    if (this.filled?.[name] && field) this.keep({ texts: { ...this.kept.texts, [name]: field.value } });
  }

  noteAll() {
    for (const [name, selector] of Object.entries(FIELDS)) this.note(name, document.querySelector(selector));
  }

  typed({ target }) {
    const name = Object.keys(FIELDS).find((each) => target.matches?.(FIELDS[each]));
    if (!name || !this.filled) return;
    this.filled[name] = true;
    this.note(name, target);
  }

  clicked({ target }) {
    if (!target.closest?.(".st-key-sign_out button")) return;
    this.filled = null;
    sessionStorage.removeItem(KEPT);
  }
}

const unsent = (window.tuwenUnsent ??= new Unsent());

export default function ({ data, setTriggerValue }) {
  unsent.update(data, setTriggerValue);
}
