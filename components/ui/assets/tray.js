// The bar: listens for paste and drop on the whole page and hands what comes to its queue, and from
// there to Streamlit's own uploader, which sends files over HTTP (bytes as component state would
// travel again on every rerun).
const instances = new WeakMap();
const GONE_FOR = 5000; // ms for which a bar that is being drawn anew still takes what is dropped

class Tray {
  constructor(root) {
    this.root = root;
    this.button = root.querySelector("button");
    this.label = root.querySelector(".label");
    this.hint = root.querySelector(".hint");
    this.status = root.querySelector(".status");
    this.tiles = root.querySelector(".coming");
    this.pictures = new Map(); // of what is on its way: { tile, url } by the queue's names
    this.bar = root.querySelector(".tuwen-bar");
    this.cover = root.querySelector(".tuwen-cover");
    this.off = new AbortController();
    this.button.addEventListener("click", () => this.uploader()?.click(), { signal: this.off.signal });
  }

  place() {
    return document.querySelector(`.st-key-${CSS.escape(this.data.target)}`);
  }

  // Of the round, or whichever there is.
  uploader(round) {
    const of = round === undefined ? "" : `.st-key-${CSS.escape(`${this.data.target}_files_${round}`)} `;
    return this.place()?.querySelector(`${of}[data-testid="stFileUploader"] input[type="file"]`);
  }

  update(data, tell) {
    this.data = data;
    this.tell = tell;
    this.label.textContent = data.label;
    this.hint.textContent = data.hint;
    this.bar.classList.toggle("bare", data.bare);
    this.cover.textContent = data.drop;
    this.button.setAttribute("aria-label", data.label);
    this.queue = queueOf(data.target);
    this.queue.update(this, data);
    page.come(this);
  }

  leave() {
    this.off.abort();
    this.coming([]);
    this.queue?.leave(this);
    page.go(this);
  }

  say(text, working) {
    this.status.textContent = text;
    this.bar.classList.toggle("working", working);
    this.hint.hidden = Boolean(text);
  }

  // Shown at once, by the browser itself.
  coming(waiting) {
    if (!this.data.bare) return;
    const there = new Set(waiting.map(({ id }) => id));
    for (const [id, { tile, url }] of this.pictures) {
      if (there.has(id)) continue;
      tile.remove();
      URL.revokeObjectURL(url);
      this.pictures.delete(id);
    }
    for (const { id, file } of waiting) {
      if (!this.pictures.has(id)) this.pictures.set(id, this.picture(file));
    }
  }

  picture(file) {
    const tile = document.createElement("span");
    const image = new Image();
    const url = URL.createObjectURL(file);
    tile.className = "tile";
    tile.title = this.data.preparing.replace("{name}", file.name);
    image.alt = tile.title;
    image.onerror = () => tile.classList.add("unseen"); // a PDF, or what browsers don't draw
    image.src = url;
    tile.append(image);
    this.tiles.append(tile);
    return { tile, url };
  }

  again(number) {
    this.tell("again", number);
  }

  hand(input, files) {
    input.files = files;
    input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "queue" }));
  }

  state(input) {
    const within = input.closest('[data-testid="stFileUploader"]');
    if (within.querySelector('[data-testid="stFileChipIconSpinner"]')) return "sending";
    return within.querySelector('[data-testid="stFileChipIconError"]') ? "failed" : "";
  }

  folder(name) {
    this.queue.begin();
    this.queue.problem(this.data.folder.replace("{name}", name));
  }

  take(files) {
    this.queue.begin();
    const { limit } = this.data;
    for (const file of files.filter((each) => each.size > limit)) {
      const size = (file.size / 1e6).toFixed(0);
      this.queue.problem(this.data.too_large.replace("{name}", file.name).replace("{size}", size));
    }
    const fit = files.filter((file) => file.size <= limit);
    if (fit.length) this.queue.add(fit);
  }
}

// One for all bars: what is dropped is taken by one of them, also while it is being drawn anew.
class Page {
  constructor() {
    this.bars = [];
    this.over = 0;
    const on = (name, handler) => window.addEventListener(name, handler, true);
    on("paste", (event) => this.paste(event));
    on("drop", (event) => this.drop(event));
    on("dragenter", (event) => this.drag(event, 1));
    on("dragleave", (event) => this.drag(event, -1));
    on("dragover", (event) => this.takes(event) && event.preventDefault());
    on("dragstart", () => (this.own = true)); // a picture of the page itself
    on("dragend", () => (this.own = false));
    on("change", (event) => this.picked(event));
  }

  come(bar) {
    this.bars = [...this.bars.filter((each) => each.data.target !== bar.data.target), bar];
    this.left = null;
  }

  go(bar) {
    if (!this.bars.includes(bar)) return;
    this.bars = this.bars.filter((each) => each !== bar);
    this.left = { bar, at: performance.now() };
    bar.cover.hidden = true;
  }

  bar(target) {
    const { left, bars } = this;
    const near = bars.find((bar) => target instanceof Node && bar.place()?.contains(target));
    if (near ?? bars.at(-1)) return near ?? bars.at(-1);
    return left && performance.now() - left.at < GONE_FOR ? left.bar : null;
  }

  takes(event) {
    return !this.own && hasFiles(event.dataTransfer) && this.bar(event.target);
  }

  drag(event, step) {
    const bar = this.takes(event);
    if (!bar) return;
    event.preventDefault();
    this.over = Math.max(0, this.over + step);
    bar.cover.hidden = this.over === 0;
  }

  drop(event) {
    this.over = 0;
    this.bars.forEach((bar) => (bar.cover.hidden = true));
    const bar = this.takes(event);
    if (!bar) return;
    const folders = foldersOf(event.dataTransfer);
    folders.forEach((name) => bar.folder(name));
    this.give(event, bar, filesOf(event.dataTransfer).filter((file) => !folders.includes(file.name)));
  }

  paste(event) {
    const files = pasted(event);
    const bar = files.length && this.bar(event.target);
    if (bar) this.give(event, bar, files);
  }

  give(event, bar, files) {
    event.preventDefault();
    event.stopImmediatePropagation();
    bar.take(files);
  }

  picked(event) {
    if (event.detail === "queue" || !event.target.files?.length) return;
    const bar = this.bars.find((each) => each.uploader() === event.target);
    if (!bar) return;
    // The uploader knows no queue, and drops a file over its limit without a word of ours.
    const files = Array.from(event.target.files);
    event.target.value = "";
    this.give(event, bar, files);
  }
}

const page = (window.tuwenPage ??= new Page());

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let tray = instances.get(parentElement);
  if (!tray || tray.off.signal.aborted) {
    tray = new Tray(parentElement);
    instances.set(parentElement, tray);
  }
  tray.update(data, setTriggerValue);
  return () => tray.leave();
}
