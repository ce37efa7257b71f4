// What answers need of the page they stand in; their HTML is made by components/markdown.

// Formulas come as text, since Streamlit lets no MathML through. Nothing but MathML is made of it.
const MATH = "http://www.w3.org/1998/Math/MathML";

function drawFormulas() {
  for (const place of document.querySelectorAll(".stHtml [data-mathml]")) {
    const read = new DOMParser().parseFromString(place.dataset.mathml, "text/html").body;
    place.removeAttribute("data-mathml");
    const parts = [...read.querySelectorAll("*")];
    const attributes = parts.flatMap((part) => part.getAttributeNames());
    if (parts.some((part) => part.namespaceURI !== MATH)) continue;
    if (attributes.some((name) => /^on|href|src/i.test(name))) continue;
    place.replaceChildren(...read.childNodes);
  }
}

// An alert is read as it appears, and answers appear again: with the next question, in a conversation
// that is opened. So why one failed is told once, by announcing.js; its box says it in silence.
const ANSWERS = '[class*="st-key-answer-"], [class*="st-key-newest_answer-"]:not(.st-key-newest_answer-unsaved), '
  + '[class*="st-key-compare_column-"], .st-key-compare_cell';
const ALERTS = `:is(${ANSWERS}) [role="alert"]`;

function hush() {
  for (const each of document.querySelectorAll(ALERTS)) each.removeAttribute("role");
}

function copyCode(event) {
  const button = event.target.closest?.(".answer .code button[data-done]");
  if (!button) return;
  const text = button.closest(".code").querySelector("code").textContent;
  window.tuwenCopies({ text, copied: button.dataset.done }, button);
}

if (!window.tuwenAnswers) {
  window.tuwenAnswers = true;
  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; drawFormulas(); }); };
  // At once, before the browser tells of what is new.
  new MutationObserver(() => { hush(); soon(); }).observe(document.body, { childList: true, subtree: true });
  soon();
  addEventListener("click", copyCode);
}
