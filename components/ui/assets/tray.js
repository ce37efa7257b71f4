// Listens for paste and drop on the whole page and hands the files to Streamlit's own uploader,
// which sends them over HTTP (bytes as component state would travel again on every rerun).
const instances = new WeakMap();
const LOOK = 50; // ms between two looks for the uploader
const PATIENCE = 20_000; // ms

const filesOf = (transfer) => {
  const files = Array.from(transfer?.files ?? []);
  if (files.length) return files;
  return Array.from(transfer?.items ?? [])
    .filter((item) => item.kind === "file")
    .map((item) => item.getAsFile())
    .filter(Boolean);
};

const hasFiles = (transfer) => Array.from(transfer?.types ?? []).includes("Files");

class Tray {
  constructor(root) {
    this.root = root;
    this.button = root.querySelector("button");
    this.label = root.querySelector(".label");
    this.hint = root.querySelector(".hint");
    this.status = root.querySelector(".status");
    this.bar = root.querySelector(".tuwen-bar");
    this.cover = root.querySelector(".tuwen-cover");
    this.over = 0;
    this.off = new AbortController();
    const on = (target, name, handler, capture = true) =>
      target.addEventListener(name, handler, { capture, signal: this.off.signal });
    on(this.button, "click", () => this.uploader()?.click(), false);
    on(document, "paste", (event) => this.take(event, event.clipboardData));
    on(document, "drop", (event) => this.drop(event));
    on(document, "dragenter", (event) => this.drag(event, 1));
    on(document, "dragleave", (event) => this.drag(event, -1));
    on(document, "dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
    on(document, "change", (event) => this.picked(event));
  }

  uploader() {
    return document.querySelector(`.st-key-${this.data.target} [data-testid="stFileUploader"] input[type="file"]`);
  }

  update(data) {
    this.data = data;
    this.label.textContent = data.label;
    this.hint.textContent = data.hint;
    this.cover.textContent = data.drop;
    this.button.setAttribute("aria-label", data.label);
    if (this.round !== data.round) {
      this.round = data.round;
      this.say("", false);
    }
  }

  picked(event) {
    if (event.target !== this.uploader() || !event.target.files.length) return;
    const files = Array.from(event.target.files);
    if (files.every((file) => file.size <= this.data.limit)) {
      this.busy(files.length);
      return;
    }
    // The uploader drops a file over its limit without a word in the app's language.
    event.stopImmediatePropagation();
    this.hand(files);
  }

  say(text, working) {
    this.status.textContent = text;
    this.bar.classList.toggle("working", working);
    this.hint.hidden = Boolean(text);
  }

  busy(count) {
    this.say(this.data.reading.replace("{n}", count), true);
  }

  drag(event, step) {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.over = Math.max(0, this.over + step);
    this.cover.hidden = this.over === 0;
  }

  drop(event) {
    this.over = 0;
    this.cover.hidden = true;
    if (hasFiles(event.dataTransfer)) this.take(event, event.dataTransfer);
  }

  take(event, transfer) {
    const files = filesOf(transfer);
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    this.hand(files);
  }

  // The uploader comes after the bar, on a slow line seconds after: what is dropped before waits.
  async give(files) {
    const until = performance.now() + PATIENCE;
    while (!this.uploader()) {
      if (this.off.signal.aborted) return;
      if (performance.now() > until) return this.say(this.data.not_taken, false);
      this.busy(files.length);
      await new Promise((then) => setTimeout(then, LOOK));
    }
    const input = this.uploader();
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  hand(files) {
    const limit = this.data.limit;
    const big = files.filter((file) => file.size > limit);
    const fit = files.filter((file) => file.size <= limit);
    if (fit.length) this.give(fit);
    if (big.length) {
      const size = (big[0].size / 1e6).toFixed(0);
      this.say(this.data.too_large.replace("{name}", big[0].name).replace("{size}", size), false);
    }
  }
}

export default function (component) {
  const { data, parentElement } = component;
  let tray = instances.get(parentElement);
  if (!tray || tray.off.signal.aborted) {
    tray = new Tray(parentElement);
    instances.set(parentElement, tray);
  }
  tray.update(data);
  return () => tray.off.abort();
}
