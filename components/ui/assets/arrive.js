// Brings what was just asked for into sight, once for each visit to it. It may be drawn later than
// this, so it is looked for until it is there.
const WAIT = 5000; // ms

let done = "";

export default function ({ data }) {
  if (!data.visit || data.visit === done) return;
  done = data.visit;
  const until = performance.now() + WAIT;
  const look = () => {
    const target = document.querySelector(`.st-key-${CSS.escape(data.target)}`);
    if (data.visit === done && target) {
      target.style.scrollMarginTop = "4.5rem"; // the bar at the top of the page
      target.scrollIntoView({ block: "start" });
    } else if (performance.now() < until) requestAnimationFrame(look);
  };
  look();
}
