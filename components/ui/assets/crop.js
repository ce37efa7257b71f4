// A rectangle on a picture: see components/ui/compare/crop.py.
const croppers = new WeakMap();
const POINTERS = { right: "ew", left: "ew", top: "ns", bottom: "ns" };

class Crop {
  constructor(parent) {
    this.root = parent.querySelector(".crop");
    this.off = new AbortController();
    const signal = this.off.signal;
    this.find = (selector) => this.root.querySelector(selector);
    this.canvas = this.find(".canvas");
    this.frame = this.find(".frame");
    this.parcel = new Parcel(signal);
    const on = (target, name, handler) => target.addEventListener(name, handler, { signal });
    on(this.canvas, "pointerdown", (event) => this.down(event));
    on(this.canvas, "pointermove", (event) => (this.drag ? this.move(event) : this.hover(event)));
    on(this.canvas, "pointerup", () => this.up());
    on(this.canvas, "pointercancel", () => this.cancel());
    on(this.frame, "keydown", (event) => this.key(event));
    on(this.find("button"), "click", () => this.choose(null));
    signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  update(packed, tell) {
    this.tell = tell;
    const data = this.parcel.open(packed);
    if (!data) return;
    this.data = data;
    dress(this.root, data.texts);
    const stamp = data.parts[0][1];
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.box = data.start;
      this.canvas.style.setProperty("--ratio", data.size[0] / data.size[1]);
      Object.assign(this.find("img"), { src: this.parcel.url("picture"), alt: data.name });
    }
    this.draw();
  }

  get whole() {
    return [0, 0, ...this.data.size];
  }

  draw() {
    const { size, texts } = this.data;
    const [left, top, right, bottom] = this.box ?? this.whole;
    Object.assign(this.frame.style, { left: `${(100 * left) / size[0]}%`, top: `${(100 * top) / size[1]}%`,
      width: `${(100 * (right - left)) / size[0]}%`, height: `${(100 * (bottom - top)) / size[1]}%` });
    this.frame.classList.toggle("whole", !this.box);
    this.find("button").disabled = !this.box;
    const said = { width: right - left, height: bottom - top, left, top };
    this.find(".told").textContent = fill(this.box ? texts.part : texts.whole, said);
  }

  // Shown at once, told to the server when it rests.
  choose(box, wait = 0) {
    this.box = box && !isWhole(box, this.data.size) ? box : null;
    this.draw();
    clearTimeout(this.timer);
    const send = () => this.tell("chosen", { of: this.stamp, box: this.box });
    if (wait) this.timer = setTimeout(send, wait);
    else send();
  }

  // Of a pointer: its place in the original, and how far off it still touches an edge.
  at(event) {
    const shown = this.canvas.getBoundingClientRect();
    const [wide, high] = this.data.size;
    const far = event.pointerType === "touch" ? 22 : 10;
    return { point: [((event.clientX - shown.left) / shown.width) * wide, ((event.clientY - shown.top) / shown.height) * high],
      reach: [(far / shown.width) * wide, (far / shown.height) * high] };
  }

  grip(event) {
    const { point, reach } = this.at(event);
    return this.box ? touched(this.box, point, reach) : "outside";
  }

  hover(event) {
    const grip = this.grip(event);
    const corner = Array.isArray(grip) && grip.length === 2;
    const falling = corner && (grip[0] === "left") === (grip[1] === "top");
    const way = corner ? (falling ? "nwse" : "nesw") : POINTERS[grip[0]];
    this.canvas.style.cursor = grip === "inside" ? "move" : grip === "outside" ? "crosshair" : `${way}-resize`;
  }

  down(event) {
    if (event.button !== 0 || this.drag) return;
    clearTimeout(this.timer);
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { from: this.at(event).point, grip: this.grip(event), box: this.box };
  }

  move(event) {
    const { from, grip, box } = this.drag;
    const { size } = this.data;
    const { point } = this.at(event);
    const [across, down] = [point[0] - from[0], point[1] - from[1]];
    if (grip === "inside") this.box = moved(box, across, down, size);
    else if (grip !== "outside") this.box = stretched(box, grip, across, down, size);
    else {
      const drawn = spanned(from, point, size);
      const least = span(size);
      const enough = drawn[2] - drawn[0] >= least[0] && drawn[3] - drawn[1] >= least[1];
      this.box = enough ? drawn : box; // a click draws nothing
    }
    this.draw();
  }

  up() {
    if (!this.drag) return;
    const before = this.drag.box;
    this.drag = null;
    if (String(before) !== String(this.box)) this.choose(this.box);
  }

  cancel() {
    if (!this.drag) return;
    this.box = this.drag.box;
    this.drag = null;
    this.draw();
  }

  key(event) {
    const { size } = this.data;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (event.key === "Escape" && this.drag) return this.cancel();
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // By a hundredth of the picture.
    const [across, down] = step.map((one, axis) => one * Math.max(1, Math.round(size[axis] / 100)));
    const box = this.box ?? this.whole;
    const sides = ["right", "bottom"];
    this.choose(event.shiftKey ? stretched(box, sides, across, down, size) : moved(box, across, down, size), 500);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  let crop = croppers.get(parentElement);
  if (!crop || crop.off.signal.aborted) {
    crop = new Crop(parentElement);
    croppers.set(parentElement, crop);
  }
  crop.update(data, setStateValue);
  return () => crop.off.abort();
}
