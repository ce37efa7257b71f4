// Two pictures and what differs between them: see components/ui/compare/viewer.py.
const viewers = new WeakMap();

class Viewer {
  constructor(parent) {
    this.root = parent.querySelector(".viewer");
    this.off = new AbortController();
    const signal = this.off.signal;
    this.find = (selector) => this.root.querySelector(selector);
    this.parcel = new Parcel(signal);
    this.stage = new Stage(this.root, signal, () => this.drawn());
    new Hands(this.stage, signal);
    this.slider = new Slider(this.root, signal, () => this.drawn());
    this.blink = new Blink(signal, () => this.show());
    this.boxed = this.aligned = true;
    this.region = -1;
    const on = (target, name, handler) => target.addEventListener(name, handler, { signal });
    on(this.root, "click", (event) => this.click(event.target.closest("button")));
    on(this.find(".opacity"), "input", () => this.show());
    on(this.find(".speed"), "input", (event) => {
      this.blink.speed = Number(event.target.value);
      this.blink.settle();
    });
    this.root.querySelectorAll("img").forEach((img) => on(img, "load", () => this.stage.draw()));
  }

  update(packed) {
    const data = this.parcel.open(packed);
    if (!data) return;
    const pair = data.parts.slice(0, 2).map(([, stamp]) => stamp).join();
    const other = pair !== this.pair;
    if (other || String(data.boxes) !== String(this.data.boxes)) this.region = -1;
    this.pair = pair;
    this.data = data;
    this.can = { side: true, heat: Boolean(this.parcel.url("heat")) };
    this.can.slider = this.can.overlay = this.can.blink = Boolean(this.parcel.url("laid"));
    dress(this.root, data.texts);
    this.pictures();
    this.marks();
    if (other) Object.assign(this.stage.view, { zoom: 1, x: 0.5, y: 0.5 });
    this.enter(this.can[this.mode ?? data.mode] ? this.mode ?? data.mode : "side");
  }

  pictures() {
    const { names, labels, sizes, texts, why } = this.data;
    this.stage.size = sizes[0];
    for (const name of ["first", "laid", "heat"]) this.source(name, name);
    const laid = this.can.slider && this.aligned;
    this.source("other", laid ? "laid" : "second");
    this.find(".other").size = laid ? sizes[0] : sizes[1];
    const aligned = fill(texts.laid, { name: names[1], label: labels[0] });
    const other = laid ? aligned : names[1];
    this.find(".a").textContent = names[0];
    this.find(".one .b").textContent = aligned;
    this.find(".two .b").textContent = other;
    const alts = { first: names[0], laid: aligned, other, heat: texts.heat };
    for (const [name, alt] of Object.entries(alts)) this.find(`.${name} img`).alt = alt;
    this.find(".why").textContent = why;
    this.find(".why").hidden = !why;
  }

  source(sheet, part) {
    const img = this.find(`.${sheet} img`);
    const url = this.parcel.url(part);
    if (!url) img.removeAttribute("src");
    else if (img.src !== url) img.src = url;
  }

  marks() {
    const [wide, high] = this.data.sizes[0];
    for (const sheet of this.root.querySelectorAll(".marks")) {
      sheet.replaceChildren(...this.data.boxes.map(([left, top, right, bottom], at) => {
        const box = document.createElement("div");
        box.dataset.number = at + 1;
        Object.assign(box.style, { left: `${(100 * left) / wide}%`, top: `${(100 * top) / high}%`,
          width: `${(100 * (right - left)) / wide}%`, height: `${(100 * (bottom - top)) / high}%` });
        return box;
      }));
    }
  }

  enter(mode) {
    this.mode = mode;
    this.root.dataset.mode = mode;
    this.blink.turn(mode === "blink");
    this.stage.layout();
    this.stage.set(this.stage.view.zoom);
  }

  // What can be seen and what is pressed.
  show() {
    if (!this.data) return;
    const { mode, find, can } = this;
    const { boxes, texts } = this.data;
    const over = { slider: 1, overlay: find(".opacity").value / 100, blink: Number(this.blink.second) };
    find(".laid").style.opacity = over[mode] ?? 0;
    find(".heat").hidden = mode !== "heat";
    const [one, two] = this.root.querySelectorAll(".marks");
    one.hidden = !this.boxed;
    two.hidden = !this.boxed || !(can.slider && this.aligned);
    this.root.querySelectorAll(".marks div").forEach((box) =>
      box.classList.toggle("now", Number(box.dataset.number) === this.region + 1));
    this.root.dataset.shown = mode === "blink" ? (this.blink.second ? "b" : "a") : "";
    this.root.querySelectorAll("[data-for]").forEach((part) => (part.hidden = part.dataset.for !== mode));
    find('[data-for="side"]').hidden ||= !can.slider;
    find(".regions").hidden = !boxes.length;
    find(".region").textContent = fill(this.region < 0 ? texts.region_count : texts.region_at,
      { n: this.region + 1, total: boxes.length });
    const pressed = { boxes: this.boxed, aligned: this.aligned, play: this.blink.playing };
    for (const button of this.root.querySelectorAll("[data-mode], [data-act]")) {
      const { mode: of, act } = button.dataset;
      if (of) button.disabled = !can[of];
      if (of || act in pressed) button.setAttribute("aria-pressed", String(of ? of === mode : pressed[act]));
    }
  }

  // After each change of zoom or place.
  drawn() {
    if (!this.data) return;
    this.find(".percent").textContent = `${Math.round(100 * this.stage.scale)}%`;
    const { labels, texts } = this.data;
    this.slider.draw(labels, texts.slider_value, this.mode === "slider");
  }

  click(button) {
    const { mode, act } = button?.dataset ?? {};
    if (mode) return this.enter(mode);
    const stage = this.stage;
    const acts = {
      in: () => stage.zoom(STEP), out: () => stage.zoom(1 / STEP),
      fit: () => stage.set(1), full: () => stage.full(),
      boxes: () => (this.boxed = !this.boxed),
      aligned: () => { this.aligned = !this.aligned; this.pictures(); stage.draw(); },
      previous: () => this.visit(-1), next: () => this.visit(1),
      play: () => this.blink.play(!this.blink.playing),
      swap: () => { this.blink.play(false); this.blink.swap(); },
    };
    acts[act]?.();
    this.show();
  }

  visit(step) {
    const count = this.data.boxes.length;
    this.region = this.region < 0 ? (step > 0 ? 0 : count - 1) : (this.region + step + count) % count;
    this.boxed = true;
    this.stage.goto(this.data.boxes[this.region]);
  }
}

export default function ({ data, parentElement }) {
  let viewer = viewers.get(parentElement);
  if (!viewer || viewer.off.signal.aborted) {
    viewer = new Viewer(parentElement);
    viewers.set(parentElement, viewer);
  }
  viewer.update(data);
  return () => viewer.off.abort();
}
