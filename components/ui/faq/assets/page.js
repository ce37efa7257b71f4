// Brings the answer that an address or a related question leads to into sight, once a jump.
// Its expander may be drawn later than this, and what is below it later still, so it is looked
// for and held at the top for a moment, unless the reader does something.
const WAIT = 5000; // ms
const HOLD = 600;
const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];

let done = "";

export default function ({ data }) {
  const jump = `${data.jump} ${data.slug}`;
  if (!data.slug || jump === done) return;
  done = jump;
  const open = `.st-key-faq-${CSS.escape(data.slug)} details[open] > summary`;
  const stop = new AbortController();
  let until = performance.now() + WAIT;
  let found = false;
  for (const hand of HANDS) {
    addEventListener(hand, () => stop.abort(), { signal: stop.signal, passive: true });
  }
  const look = () => {
    if (stop.signal.aborted || jump !== done || performance.now() > until) return stop.abort();
    const summary = document.querySelector(open);
    if (summary) {
      summary.closest('[class*="st-key-faq-"]').scrollIntoView({ block: "start" });
      if (!found) {
        found = true;
        until = performance.now() + HOLD;
        // The button that led here is gone, and with it the place of the keyboard.
        if (navigator.userActivation?.hasBeenActive) summary.focus({ preventScroll: true });
      }
    }
    requestAnimationFrame(look);
  };
  look();
}
