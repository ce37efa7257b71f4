// The panes: one zoom and one place for all of them. The view is kept as a factor (1 = fits) and
// as a point of the picture (0 to 1) in the middle of the pane, so that pictures of different
// sizes move together.
const STEP = 1.4;
const MOVE = 60; // CSS pixels that an arrow key moves
const DEEPEST = 16; // CSS pixels per pixel of the picture as it was sent
// CSS pixels of a window beside the stage: what stands over it, and what is asked at the foot.
const AROUND = 380;
const AROUND_SMALL = 220;
const CRISP = 2; // from here on single pixels are shown instead of a blur

class Stage {
  constructor(root, signal, drawn) {
    this.root = root;
    this.stage = root.querySelector(".stage");
    this.panes = [...root.querySelectorAll(".pane")];
    this.drawn = drawn;
    this.view = { zoom: 1, x: 0.5, y: 0.5 };
    this.size = [1, 1];
    const watch = new ResizeObserver(() => this.width !== this.stage.clientWidth && this.layout());
    watch.observe(this.stage);
    signal.addEventListener("abort", () => watch.disconnect());
  }

  // Heights follow the picture, within what a window shows.
  layout() {
    this.width = this.stage.clientWidth;
    const both = this.root.dataset.mode === "side";
    const beside = both && this.width >= 640;
    this.root.classList.toggle("stacked", both && !beside);
    const wide = beside ? this.width / 2 : this.width;
    const room = innerHeight - (innerWidth >= 900 && innerHeight >= 700 ? AROUND : AROUND_SMALL);
    const most = both && !beside ? innerHeight * 0.38 : Math.max(innerHeight * 0.5, room);
    const high = between(140, (wide * this.size[1]) / this.size[0], Math.max(140, most));
    this.root.style.setProperty("--pane", `${Math.round(high)}px`);
    this.draw();
  }

  fit(pane, size = this.size) {
    return Math.min(pane.clientWidth / size[0], pane.clientHeight / size[1]);
  }

  // CSS pixels per pixel of the first original.
  get scale() {
    return this.fit(this.panes[0]) * this.view.zoom;
  }

  // Larger than its pane.
  get enlarged() {
    return this.view.zoom > 1.001;
  }

  set(zoom, x = this.view.x, y = this.view.y) {
    const fit = this.fit(this.panes[0]) || 1;
    const sent = this.panes[0].querySelector(".first img").naturalWidth || this.size[0];
    const most = Math.max(2, (DEEPEST * sent) / this.size[0] / fit);
    this.view.zoom = between(Math.min(1, 1 / fit), zoom, most);
    this.view.x = this.within(x, 0);
    this.view.y = this.within(y, 1);
    this.draw();
  }

  // As far as the picture goes that goes farthest; `place` holds each of them.
  within(at, axis) {
    const halves = this.panes.filter((pane) => pane.clientWidth).map((pane) => {
      const size = pane.querySelector(".sheet").size ?? this.size;
      const sheet = size[axis] * this.fit(pane, size) * this.view.zoom;
      return (axis ? pane.clientHeight : pane.clientWidth) / 2 / sheet;
    });
    const half = Math.min(0.5, ...halves);
    return between(half, at, 1 - half);
  }

  // No emptiness beside a picture that is larger than its pane; a smaller one is in the middle.
  held(pane, sheet, at) {
    const half = pane / 2 / sheet;
    return half >= 0.5 ? 0.5 : between(half, at, 1 - half);
  }

  draw() {
    for (const pane of this.panes) {
      for (const sheet of pane.querySelectorAll(".sheet")) this.place(sheet, pane);
      pane.style.touchAction = this.enlarged ? "none" : "pan-y";
      pane.classList.toggle("larger", this.enlarged);
    }
    this.drawn();
  }

  place(sheet, pane) {
    const size = sheet.size ?? this.size;
    const scale = this.fit(pane, size) * this.view.zoom;
    const [wide, high] = size.map((side) => side * scale);
    const x = this.held(pane.clientWidth, wide, this.view.x);
    const y = this.held(pane.clientHeight, high, this.view.y);
    sheet.left = pane.clientWidth / 2 - x * wide;
    Object.assign(sheet.style, { width: `${wide}px`, height: `${high}px`,
      left: `${sheet.left}px`, top: `${pane.clientHeight / 2 - y * high}px` });
    const img = sheet.querySelector("img");
    if (img) img.style.imageRendering = wide > CRISP * img.naturalWidth ? "pixelated" : "auto";
  }

  // The point under (x, y) of the window stays there.
  zoomAt(pane, x, y, factor) {
    const frame = pane.getBoundingClientRect();
    const across = (x - frame.left - frame.width / 2) / this.size[0];
    const down = (y - frame.top - frame.height / 2) / this.size[1];
    const before = this.scale;
    const { x: atX, y: atY } = this.view;
    this.set(this.view.zoom * factor);
    const kept = 1 / before - 1 / this.scale;
    this.set(this.view.zoom, atX + across * kept, atY + down * kept);
  }

  zoom(factor) {
    this.set(this.view.zoom * factor);
  }

  full() {
    this.set(1 / this.fit(this.panes[0]));
  }

  toggle(pane, x, y) {
    if (Math.abs(this.view.zoom - 1) > 0.01) this.set(1);
    else this.zoomAt(pane, x, y, 1 / this.fit(this.panes[0]));
  }

  pan(across, down) {
    this.set(this.view.zoom, this.view.x - across / (this.size[0] * this.scale),
      this.view.y - down / (this.size[1] * this.scale));
  }

  // A box (pixels of the first original) in the middle, with what is around it.
  goto([left, top, right, bottom]) {
    const pane = this.panes[0];
    const near = 0.4 * Math.min(pane.clientWidth / (right - left), pane.clientHeight / (bottom - top));
    const sent = pane.querySelector(".first img").naturalWidth || this.size[0];
    const most = (4 * sent) / this.size[0];
    const zoom = Math.max(1, Math.min(near, most) / this.fit(pane));
    this.set(zoom, (left + right) / 2 / this.size[0], (top + bottom) / 2 / this.size[1]);
  }
}
