// What hands do in the composer: where the focus is, what Enter does, images moved by drag and by
// keys, the menu of ways in, and the list of keys. The parts themselves are drawn by the server.
const FIELD = '[data-testid="stChatInputTextArea"]';
const TRAY = ".st-key-tray_cards";
const CARD = '[class*="st-key-card-"]';
// What opens something else: it would be covered.
const LEAVES = '.st-key-add_ways button, [data-testid="stPopoverBody"] [class*="st-key-see-"] button';
const TEXTS = "input, textarea, select, [contenteditable=true]";
const EDIT = ".st-key-edit_box";
const SMALL = "(max-width: 640px), (pointer: coarse)"; // a keyboard would cover the page
const CLAIM = 3000; // ms for which at least the field is given the focus, as it may be drawn anew meanwhile
const LOOK = 50; // ms between two looks
const DRAGGED = 6; // pixels from which on a press is a drag

const field = () => document.querySelector(FIELD);
const box = () => field()?.closest('[data-testid="stVerticalBlock"]');
const cards = () => [...document.querySelectorAll(`${TRAY} ${CARD}`)];
const samples = () => [...document.querySelectorAll(".st-key-sample_gallery button")];
const idOf = (card) => /st-key-card-(\S+)/.exec(card.className)[1];
const opener = (card) => card?.querySelector('[data-testid="stPopoverButton"]');
// By the field: the message around it may be the next one's by now.
const questionOf = (field) => /st-key-edit_text-(\w+)/.exec(field.closest('[class*="st-key-edit_text-"]')?.className)?.[1];
const placeOf = (card) => card.closest(`${TRAY} > *`); // what Streamlit has put around it

class Composer {
  constructor() {
    const on = (name, handler) => document.addEventListener(name, (event) => handler.call(this, event), true);
    on("keydown", this.key);
    on("click", this.click);
    on("pointerdown", this.down);
    on("pointermove", this.move);
    on("pointerup", this.up);
    on("pointercancel", this.cancel);
    on("input", this.soon);
    on("scroll", this.soon);
    addEventListener("resize", () => this.soon());
    new MutationObserver(() => this.soon()).observe(document.body, { childList: true, subtree: true });
  }

  update(root, { focus, emptied, asking, texts, keys, conversation }, tell) {
    this.tell = tell;
    growing.told(JSON.parse(asking));
    this.dialog = root.querySelector("dialog");
    this.texts = JSON.parse(texts);
    this.list(this.texts, JSON.parse(keys));
    if (focus !== this.wanted) {
      this.wanted = focus;
      this.claim();
    }
    // Of another session nothing is known: what stands there is a draft that came back.
    const { session, count } = JSON.parse(emptied);
    const before = this.emptied;
    if (before?.session === session && before.count !== count) this.empty(field()?.value, 20);
    this.emptied = { session, count };
    newest.update(root.querySelector(".tuwen-newest"), this.texts, conversation);
    outline.update(root.querySelector(".tuwen-outline"), this.texts.questions);
    this.soon();
  }

  // What was sent by another button than Send: a field that is called otherwise from now on keeps
  // its text in the browser. What has been typed since stays.
  empty(what, left) {
    const at = field();
    if (what && at?.value === what) {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(at, "");
      at.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (left > 0) setTimeout(() => this.empty(what, left - 1), LOOK);
  }

  // Sending: all that Enter and a press on Send do. Streamlit's own input takes the text from here
  // to the server.
  send() {
    growing.ask(field()?.value ?? "");
    newest.sent();
    this.stopSoon();
    this.claim(); // the field of a new conversation is another one
  }

  // Stop stands where Send was at once; pressed before the server has drawn its own, it presses that.
  stopSoon() {
    const row = growing.ghost && document.querySelector(".st-key-composer_buttons");
    if (!row) return;
    this.stopping?.remove();
    const stop = (this.stopping = document.createElement("button"));
    Object.assign(stop, { type: "button", className: "tuwen-stop", title: this.texts.stop });
    stop.setAttribute("aria-label", this.texts.stop);
    stop.onclick = () => stop.setAttribute("aria-pressed", "true");
    row.append(stop);
    const look = () => {
      const real = document.querySelector(".st-key-stop button");
      const comes = growing.ghost || !document.querySelector('[data-test-script-state="notRunning"]');
      if (stop.isConnected && comes && !real) return requestAnimationFrame(look);
      stop.remove();
      if (real && stop.hasAttribute("aria-pressed")) real.click();
    };
    look();
  }

  // The focus --------------------------------------------------------------------------------

  claim() {
    if (matchMedia(SMALL).matches) return;
    this.until = performance.now() + CLAIM;
    this.had = false;
    clearTimeout(this.claiming);
    this.give();
  }

  give() {
    // While the page is being drawn, what has the focus now may be about to go.
    const drawn = document.querySelector('[data-test-script-state="notRunning"]');
    if (drawn && performance.now() > this.until) this.until = 0;
    if (!this.until) return;
    const at = document.activeElement;
    const to = field();
    const elsewhere = at && at !== document.body && (this.had || at.matches(TEXTS));
    const covered = document.querySelector('[data-testid="stDialog"], dialog[open]');
    if (to && !to.disabled && at !== to && !elsewhere && !covered) {
      to.focus({ preventScroll: true });
      to.setSelectionRange(to.value.length, to.value.length);
    }
    this.had ||= document.activeElement === to && Boolean(to);
    this.claiming = setTimeout(() => this.give(), LOOK);
  }

  // Keys ---------------------------------------------------------------------------------------

  key(event) {
    if (event.key === "Tab") this.until = 0;
    this.refocus = null;
    const { target } = event;
    if (target.matches?.(`${EDIT} textarea`)) return this.onEdit(event);
    if (target.matches?.(FIELD)) {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && target.value.trim()) this.send();
      if (event.key === "ArrowDown" && !target.value) this.toSample(event, 0);
      return;
    }
    const sample = samples().indexOf(target);
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (sample >= 0 && aside) return this.toSample(event, sample + aside);
    const card = target.closest?.(`${TRAY} ${CARD}`);
    if (card && this.onCard(event, card)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !target.closest?.(TEXTS)) {
      if (!this.dialog?.isConnected || document.querySelector('[data-testid="stDialog"]')) return;
      event.preventDefault();
      if (this.dialog.open) this.dialog.close();
      else this.dialog.showModal();
    } else if (event.key === "Escape" && this.stopping?.isConnected) {
      this.stopping.click();
    } else if (event.key === "Escape" && this.dialog?.open) {
      event.stopPropagation(); // else it would stop an answer, too
      this.dialog.close();
    }
  }

  // A question that is edited where it stands: as in the composer, and Esc leaves it.
  onEdit(event) {
    const { key, target, isComposing } = event;
    const sends = key === "Enter" && !event.shiftKey;
    if (isComposing || !(sends || key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (sends && !target.value.trim()) return;
    target.blur(); // tells the server what it says
    document.querySelector(`.st-key-edit_${sends ? "send" : "cancel"} button`)?.click();
  }

  toSample(event, at) {
    const to = samples()[at];
    if (!to) return;
    event.preventDefault();
    this.until = 0;
    to.focus();
  }

  // Whether the key means something on a thumbnail.
  onCard(event, card) {
    const all = cards();
    const at = all.indexOf(card);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      this.refocus = { at: Math.min(at, all.length - 2), count: all.length };
      card.querySelector('[class*="st-key-remove-"] button')?.click();
      return true;
    }
    if (!step) return false;
    if (!(event.shiftKey || event.altKey || event.ctrlKey)) opener(all[at + step])?.focus();
    else if (all[at + step]) {
      const ids = all.map(idOf);
      ids.splice(at + step, 0, ...ids.splice(at, 1));
      this.refocus = { id: ids[at + step], at: at + step };
      this.tell("order", ids);
    }
    return true;
  }

  list(texts, keys) {
    const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
    this.dialog.querySelector("h2").textContent = texts.title;
    const close = this.dialog.querySelector("button");
    close.setAttribute("aria-label", texts.close);
    close.onclick = () => this.dialog.close();
    const rows = Object.entries(keys).flatMap(([name, key]) => {
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = texts[name];
      for (const part of key.replace("Mod", mod).split("+")) {
        said.appendChild(document.createElement("kbd")).textContent = part;
      }
      return [term, said];
    });
    this.dialog.querySelector("dl").replaceChildren(...rows);
  }

  // Presses ------------------------------------------------------------------------------------

  click(event) {
    const { target } = event;
    if (this.dragged) {
      this.dragged = false;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (target === this.dialog) return this.dialog.close(); // beside the list
    if (target.closest?.('[data-testid="stChatInputSubmitButton"]')) this.send();
    if (target.closest?.(".st-key-edit_send button")) {
      newest.sent();
      this.claim();
    }
    const way = target.closest?.(LEAVES);
    if (!way) return;
    const kind = way.closest(".st-key-add_files, .st-key-add_pdf");
    const camera = way.closest(".st-key-camera_open") && matchMedia("(pointer: coarse)").matches;
    if (kind || camera) {
      event.stopPropagation(); // nothing for the server
      if (camera) this.pick({ accept: "image/*", capture: "environment" }); // the phone's own
      else this.pick(kind.matches(".st-key-add_pdf") ? { accept: "application/pdf,.pdf" } : {});
    }
    setTimeout(() => document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]')?.click());
  }

  // attributes: of the field for files, for this once.
  pick(attributes) {
    const input = document.querySelector('.st-key-image_tray [data-testid="stFileUploader"] input[type="file"]');
    if (!input) return;
    const before = Object.keys(attributes).map((name) => [name, input.getAttribute(name)]);
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.click();
    for (const [name, value] of before) {
      if (value === null) input.removeAttribute(name);
      else input.setAttribute(name, value);
    }
  }

  // Images moved by a mouse or a pen; a finger scrolls, and moves them by buttons ---------------

  down(event) {
    this.until = 0;
    this.refocus = null;
    this.dragged = false;
    const card = event.target.closest?.(`${TRAY} ${CARD}`);
    const removes = event.target.closest?.('[class*="st-key-remove-"]');
    if (!card || removes || event.button !== 0 || event.pointerType === "touch" || cards().length < 2) return;
    this.drag = { card, from: event.clientX, scroll: card.closest(TRAY).scrollLeft, at: null };
  }

  move(event) {
    const { drag } = this;
    if (!drag) return;
    const tray = drag.card.closest(TRAY);
    const across = event.clientX - drag.from + (tray?.scrollLeft ?? 0) - drag.scroll;
    if (!tray || (!drag.all && Math.abs(across) < DRAGGED)) return;
    if (!drag.all) {
      drag.all = cards();
      drag.start = drag.all.indexOf(drag.card);
      drag.centres = drag.all.map((card) => placeOf(card).offsetLeft + placeOf(card).offsetWidth / 2);
      placeOf(drag.card).classList.add("tuwen-dragged");
    }
    const centre = drag.centres[drag.start] + across;
    const near = drag.centres.map((each) => Math.abs(each - centre));
    drag.at = near.indexOf(Math.min(...near));
    const wide = drag.centres[1] - drag.centres[0];
    drag.all.forEach((card, n) => {
      const passed = n > drag.start && n <= drag.at ? -1 : n < drag.start && n >= drag.at ? 1 : 0;
      placeOf(card).style.transform = `translateX(${n === drag.start ? across : passed * wide}px)`;
    });
    const edge = tray.getBoundingClientRect();
    if (event.clientX > edge.right - 24) tray.scrollLeft += 8;
    if (event.clientX < edge.left + 24) tray.scrollLeft -= 8;
  }

  up() {
    const { drag } = this;
    this.drag = null;
    if (!drag?.all) return;
    this.dragged = true; // the click that follows opens nothing
    setTimeout(() => (this.dragged = false));
    const ids = drag.all.map(idOf);
    ids.splice(drag.at, 0, ...ids.splice(drag.start, 1));
    this.still(drag.all);
    if (drag.at !== drag.start) this.tell("order", ids);
  }

  cancel() {
    if (this.drag?.all) this.still(this.drag.all);
    this.drag = null;
  }

  still(all) {
    for (const place of all.map(placeOf).filter(Boolean)) {
      place.style.transform = "";
      place.classList.remove("tuwen-dragged");
    }
  }

  // What follows from what is drawn --------------------------------------------------------------

  soon() {
    this.due ||= requestAnimationFrame(() => {
      this.due = 0;
      this.settle();
    });
  }

  settle() {
    const tray = document.querySelector(TRAY);
    if (tray) {
      const end = tray.scrollWidth - tray.clientWidth - tray.scrollLeft;
      tray.toggleAttribute("data-before", tray.scrollLeft > 2);
      tray.toggleAttribute("data-after", end > 2);
    }
    // Streamlit says these in English only.
    document.querySelector('[data-testid="stChatInputSubmitButton"]')?.setAttribute("aria-label", this.texts?.send ?? "");
    document.querySelector('[data-testid="stCameraInputButton"]')?.setAttribute("aria-label", this.texts?.take_photo ?? "");
    document.querySelector('[data-testid="stCameraInputWebcamComponent"] > :has(> p a)')?.setAttribute("data-says", this.texts?.allow_camera ?? "");
    const text = field();
    // A text of several lines has the whole width, until it is sent or taken away.
    const style = text ? getComputedStyle(text) : {};
    const high = (text?.scrollHeight ?? 0) - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const long = text?.value && (high > 1.5 * parseFloat(style.lineHeight) || box().hasAttribute("data-long"));
    box()?.toggleAttribute("data-long", Boolean(long));
    this.focusCard();
    this.focusEdit();
    newest.look();
    outline.look();
  }

  // The field of a question that is to be edited has the focus; left, the way back into it has.
  focusEdit() {
    const at = document.querySelector(`${EDIT} textarea`);
    const id = at ? questionOf(at) : null;
    if (id && id !== this.edited) {
      this.until = 0;
      at.focus();
      at.setSelectionRange(at.value.length, at.value.length);
    }
    // Sent, the composer claims it.
    if (!id && this.edited && !this.until) this.leaves = { id: this.edited, until: performance.now() + CLAIM };
    this.edited = id;
    if (!this.leaves || document.activeElement !== document.body) return;
    const back = document.querySelector(`[class*="question-${this.leaves.id}"] :is(.st-key-edit, [class*="st-key-edit-"]) button`);
    back?.focus();
    if (back || performance.now() > this.leaves.until) this.leaves = null;
  }

  focusCard() {
    const { refocus } = this;
    if (!refocus || (refocus.until ?? Infinity) < performance.now()) return;
    const all = cards();
    const there = refocus.id ? all[refocus.at] && idOf(all[refocus.at]) === refocus.id : all.length < refocus.count;
    if (!there) return;
    // What has the focus may be drawn once more.
    refocus.until ??= performance.now() + CLAIM;
    const to = opener(all[refocus.at]) ?? field();
    if (document.activeElement === document.body || !refocus.had) to?.focus();
    refocus.had = true;
    setTimeout(() => this.soon(), LOOK);
  }
}

const composer = (window.tuwenComposer ??= new Composer());

export default function ({ data, parentElement, setTriggerValue }) {
  composer.update(parentElement, data, setTriggerValue);
}
