// What isn't sent yet lives as long as its tab. What is typed stays in the tab's own storage; of
// images the server keeps what it can. Of each page that takes some, here stand their names, the
// rest of the form, and which memory of the server had them: when that is another one (a reload, a
// long time without a connection, a restart), it is asked to bring them back.
const KEPT = "tuwen-unsent"; // in sessionStorage: { owner, places }, see `place`
const FIELDS = {
  chat: '[data-testid="stChatInputTextArea"], .st-key-edit_box textarea',
  compare: '[class*="st-key-compare_question"] textarea, .st-key-compare_one_question textarea, .st-key-compare_right_answer textarea',
  cost: ".st-key-cost_prompt input, .st-key-cost_system input",
  faq: ".st-key-faq_search input",
};
// Fields into which what was typed is put back here; into the others by the server.
const FILLED = { chat: '[data-testid="stChatInputTextArea"]', faq: FIELDS.faq };
const SETTLE = 300; // ms after which a field shows what the server has put into it
const LOOK = 100; // ms between two looks for a field that isn't there yet
const LOOKS = 100;
// A page whose parts are still being fetched, or drawn.
const COMING = '[data-testid="stSkeleton"], [data-testid="stApp"]:not([data-test-script-state="notRunning"])';

const fieldsOf = (name) => [...document.querySelectorAll(FIELDS[name])];
const keyOf = (field) => /st-key-(\S+)/.exec(field.closest('[class*="st-key-"]')?.className)?.[1] ?? "";

class Unsent {
  constructor() {
    addEventListener("pagehide", () => this.noteAll());
    document.addEventListener("input", (event) => this.typed(event), true);
    document.addEventListener("click", (event) => this.clicked(event), true);
  }

  // Never another person's: whoever signs in after somebody finds nothing.
  get places() {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      return found?.owner === this.owner ? found.places ?? {} : {};
    } catch {
      return {};
    }
  }

  place(name) {
    return { session: "", texts: {}, images: [], form: null, ...this.places[name] };
  }

  keep(name, changes) {
    const places = { ...this.places, [name]: { ...this.place(name), ...changes } };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ owner: this.owner, places }));
    } catch {
      // storage that is switched off or full: a draft lives as long as the page
    }
  }

  update(data, tell) {
    this.owner = data.owner;
    if (this.session !== data.session) {
      this.session = data.session;
      this.ready = {}; // places whose fields show what was typed
      this.asked = {};
    }
    this.follow(data, tell);
    this.left = LOOKS;
    this.fill();
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.noteAll(), SETTLE);
  }

  follow({ session, place: name, images, form, back }, tell) {
    const kept = this.place(name);
    const typed = !FILLED[name] && Object.values(kept.texts).some((text) => text);
    if (kept.session === session || back || !(kept.images.length || kept.form || typed)) {
      this.keep(name, { session, images, form });
      if (!FILLED[name]) this.ready[name] = true;
    } else if (!this.asked[name]) {
      this.asked[name] = true;
      const back = { session: kept.session, names: kept.images, form: kept.form, texts: kept.texts };
      this.whenDrawn(() => tell("back", back), LOOKS);
    }
  }

  // What the server has put into a field would be lost if it were asked for another page before
  // the field is there: the one that comes late would show, and tell, what it is at first.
  whenDrawn(then, left) {
    if (left > 0 && document.querySelector(COMING)) setTimeout(() => this.whenDrawn(then, left - 1), LOOK);
    else then();
  }

  // Put back what was typed, once for each memory of the server.
  fill() {
    clearTimeout(this.looking);
    for (const [name, where] of Object.entries(FILLED)) {
      if (this.ready[name]) continue;
      const field = document.querySelector(where);
      const text = this.place(name).texts[field ? keyOf(field) : ""];
      if (!field || (text && field.disabled)) continue;
      if (text && !field.value) this.put(field, text);
      this.ready[name] = true;
    }
    this.left -= 1;
    const waits = Object.keys(FILLED).some((name) => !this.ready[name]);
    if (waits && this.left > 0) this.looking = setTimeout(() => this.fill(), LOOK);
  }

  // By the element's own setter: what React sets it takes no notice of.
  put(field, text) {
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // All of a page's fields that are there, so that none is older than the others.
  note(name) {
    const fields = this.ready?.[name] ? fieldsOf(name) : [];
    if (!fields.length) return;
    this.keep(name, { texts: Object.fromEntries(fields.map((field) => [keyOf(field), field.value])) });
  }

  noteAll() {
    for (const name of Object.keys(FIELDS)) this.note(name);
  }

  typed({ target }) {
    const name = Object.keys(FIELDS).find((each) => target.matches?.(FIELDS[each]));
    if (!name || !this.ready) return;
    if (FILLED[name]) this.ready[name] = true;
    this.note(name);
  }

  clicked({ target }) {
    if (!target.closest?.(".st-key-sign_out button")) return;
    this.ready = null;
    sessionStorage.removeItem(KEPT);
  }
}

const unsent = (window.tuwenUnsent ??= new Unsent());

export default function ({ data, setTriggerValue }) {
  unsent.update(data, setTriggerValue);
}
