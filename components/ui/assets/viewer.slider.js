// The divider: left of it the first picture, right of it the second.
class Slider {
  constructor(root, signal, moved) {
    this.pane = root.querySelector(".pane");
    this.handle = root.querySelector(".handle");
    this.laid = root.querySelector(".laid");
    this.split = 0.5;
    this.moved = moved;
    const on = (name, handler) => this.handle.addEventListener(name, handler, { signal });
    on("keydown", (event) => this.key(event));
    on("pointerdown", (event) => {
      event.stopPropagation();
      this.handle.setPointerCapture(event.pointerId);
    });
    on("pointermove", (event) => this.handle.hasPointerCapture(event.pointerId) && this.drag(event));
  }

  draw(labels, said, on) {
    const wide = this.pane.clientWidth;
    const cut = on ? Math.max(0, this.split * wide - this.laid.left) : 0;
    this.laid.style.clipPath = `inset(0 0 0 ${cut}px)`;
    this.handle.style.left = `${this.split * wide}px`;
    const share = Math.round(100 * this.split);
    this.handle.setAttribute("aria-valuenow", share);
    const values = { a: labels[0], b: labels[1], share, rest: 100 - share };
    this.handle.setAttribute("aria-valuetext", fill(said, values));
  }

  slide(split) {
    this.split = between(0, split, 1);
    this.moved();
  }

  drag(event) {
    const frame = this.pane.getBoundingClientRect();
    this.slide((event.clientX - frame.left) / frame.width);
  }

  key(event) {
    const steps = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02,
      PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 };
    if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.slide(this.split + steps[event.key]);
  }
}
