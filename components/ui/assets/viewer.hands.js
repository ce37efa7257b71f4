// Mouse, fingers, wheel and keys on the panes of a Stage.
class Hands {
  constructor(stage, signal) {
    this.stage = stage;
    this.fingers = new Map();
    const on = (target, name, handler, options = {}) =>
      target.addEventListener(name, handler, { signal, ...options });
    for (const pane of stage.panes) {
      on(pane, "pointerdown", (event) => this.down(event, pane));
      on(pane, "pointermove", (event) => this.move(event, pane));
      for (const name of ["pointerup", "pointercancel"]) on(pane, name, (event) => this.up(event));
      on(pane, "wheel", (event) => this.wheel(event, pane), { passive: false });
      on(pane, "dblclick", (event) => {
        if (event.target.role !== "slider") stage.toggle(pane, event.clientX, event.clientY);
      });
    }
    on(stage.stage, "keydown", (event) => this.key(event));
    // A wheel that began elsewhere goes on scrolling the page.
    on(window, "wheel", (event) => {
      if (!event.composedPath().some((one) => stage.panes.includes(one))) this.passing = event.timeStamp;
    }, { passive: true });
  }

  down(event, pane) {
    if (event.button !== 0) return;
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    pane.setPointerCapture(event.pointerId);
    if (this.stage.enlarged) pane.classList.add("held");
  }

  move(event, pane) {
    const last = this.fingers.get(event.pointerId);
    if (!last) return;
    const before = this.spread();
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    const after = this.spread();
    if (before && after) {
      this.stage.pan(after.x - before.x, after.y - before.y);
      this.stage.zoomAt(pane, after.x, after.y, after.apart / (before.apart || 1));
    } else this.stage.pan(event.clientX - last[0], event.clientY - last[1]);
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    if (!this.fingers.size) this.stage.panes.forEach((pane) => pane.classList.remove("held"));
  }

  // Middle and distance of two fingers.
  spread() {
    if (this.fingers.size !== 2) return null;
    const [[ax, ay], [bx, by]] = [...this.fingers.values()];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, apart: Math.hypot(ax - bx, ay - by) };
  }

  wheel(event, pane) {
    const { stage } = this;
    const before = stage.view.zoom;
    const passing = event.timeStamp - (this.passing ?? -1000) < 300 && !event.ctrlKey;
    const turned = between(-200, event.deltaY * (event.deltaMode === 1 ? 30 : 1), 200);
    const factor = Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.002));
    // Out until it fits: from there on, and when it did from the start, the page scrolls on.
    if (!passing && (factor > 1 || stage.enlarged)) {
      stage.zoomAt(pane, event.clientX, event.clientY, before > 1 ? Math.max(factor, 1 / before) : factor);
    }
    // A pinch on a touchpad comes as a wheel with Ctrl; it never zooms the page.
    if (event.ctrlKey || Math.abs(stage.view.zoom - before) > 1e-6) event.preventDefault();
    else this.passing = event.timeStamp;
  }

  key(event) {
    const { stage } = this;
    if (event.target !== stage.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = { ArrowLeft: () => stage.pan(MOVE, 0), ArrowRight: () => stage.pan(-MOVE, 0),
      ArrowUp: () => stage.pan(0, MOVE), ArrowDown: () => stage.pan(0, -MOVE),
      "+": () => stage.zoom(STEP), "=": () => stage.zoom(STEP), "-": () => stage.zoom(1 / STEP),
      0: () => stage.set(1), 1: () => stage.full() };
    const scrolls = event.key.startsWith("Arrow") && !stage.enlarged;
    if (!acts[event.key] || scrolls) return;
    event.preventDefault();
    acts[event.key]();
  }
}
