// Shows the two in turn, only while somebody can see it and, unless asked to, not for who has
// asked the system for less motion.
class Blink {
  constructor(signal, show) {
    this.show = show;
    this.speed = 1.5; // changes a second
    this.second = false;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.playing = !this.calm.matches;
    this.calm.addEventListener("change", () => this.play(!this.calm.matches), { signal });
    document.addEventListener("visibilitychange", () => this.settle(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  // Whether blinking is the mode that is looked at.
  turn(on) {
    this.on = on;
    this.second = false;
    this.settle();
  }

  play(playing) {
    this.playing = playing;
    this.settle();
  }

  swap() {
    this.second = !this.second;
    this.settle();
  }

  settle() {
    clearTimeout(this.timer);
    this.show();
    if (!this.on || !this.playing || document.hidden) return;
    this.timer = setTimeout(() => this.swap(), 1000 / this.speed);
  }
}
