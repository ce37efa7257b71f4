// Brings the answer that an address or a related question leads to into sight, once a jump.
// Its expander may be drawn later than this, so it is looked for until it is there and open.
const WAIT = 5000; // ms

let done = "";

export default function ({ data }) {
  const jump = `${data.jump} ${data.slug}`;
  if (!data.slug || jump === done) return;
  done = jump;
  const until = performance.now() + WAIT;
  const look = () => {
    if (jump !== done) return;
    const summary = document.querySelector(`.st-key-faq-${CSS.escape(data.slug)} details[open] > summary`);
    if (summary) {
      summary.closest('[class*="st-key-faq-"]').scrollIntoView({ block: "start" });
      // The button that led here is gone, and with it the place of the keyboard.
      if (navigator.userActivation?.hasBeenActive) summary.focus({ preventScroll: true });
    } else if (performance.now() < until) requestAnimationFrame(look);
  };
  look();
}
