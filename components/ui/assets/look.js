// The page says which language it is in, for screen readers and the browser's own translation,
// and whether it is one for wide tables. And what the browser does about signing in: a cookie that
// no script can read, and back to the address that was asked for. And a page that lacks a part is
// loaded anew.
const KEPT = "tuwen-address"; // in sessionStorage: of this tab alone
const KEPT_FOR = 30 * 60 * 1000; // ms
const TRIES = [0, 500, 2000]; // ms before each

let done = "";
let last = Promise.resolve();

// One after the other: signing in and out again must not overtake each other.
function run({ errand, ticket }) {
  if (!errand || errand === done) return;
  done = errand;
  last = last.then(() => change(ticket));
}

async function change(ticket) {
  const request = ticket ? { method: "POST", body: ticket } : { method: "DELETE" };
  for (const wait of TRIES) {
    await new Promise((then) => setTimeout(then, wait));
    try {
      const answer = await fetch("/signed-in", { ...request, keepalive: true });
      if (answer.ok && ticket) lookAgain();
      if (answer.status < 500) return;
    } catch {
      // not reached: once more
    }
  }
}

// Pictures that were asked for before the cookie was there.
function lookAgain() {
  for (const image of document.images) {
    const ours = new URL(image.src, location.href).pathname.includes("/media/");
    if (ours && !(image.complete && image.naturalWidth)) image.src = image.src;
  }
}

function atStart() {
  const asked = new URLSearchParams(location.search);
  asked.delete("lang");
  return location.pathname === "/" && !asked.toString();
}

function keep() {
  if (atStart()) return; // back from the provider without being let in: what was kept stays
  const to = location.pathname + location.search;
  sessionStorage.setItem(KEPT, JSON.stringify({ to, at: Date.now() }));
}

function kept() {
  const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!found || Date.now() - found.at > KEPT_FOR) return null;
  // A path may begin with two slashes, and would lead to another host.
  const target = new URL(found.to, location.origin);
  return target.origin === location.origin ? target.href : null;
}

function find(address) {
  try {
    if (address === "keep") keep();
    if (address === "drop") sessionStorage.removeItem(KEPT);
    if (address !== "go") return;
    const here = atStart();
    const target = kept();
    if (here && target) location.replace(target);
  } catch {
    // storage that is switched off: the start page it is
  }
}

// Streamlit fetches the code of charts, tables and others when they are first drawn. Where that
// fails (a phone between two cells, another version on the server since) a red box would stand
// there for good.
const RELOADED = "tuwen-reloaded"; // in sessionStorage: when this tab was
const NOT_AGAIN_FOR = 60 * 1000; // ms

async function loadAnew() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < NOT_AGAIN_FOR) return;
    sessionStorage.setItem(RELOADED, Date.now());
  } catch {
    return; // it could go on for ever
  }
  for (let tries = 0; tries < 60; tries += 1) {
    await new Promise((then) => setTimeout(then, 1000));
    try {
      if ((await fetch("/_stcore/health", { cache: "no-store" })).ok) break;
    } catch {
      // not reached: once more
    }
  }
  location.reload();
}

if (!window.tuwenLoadsAnew) {
  window.tuwenLoadsAnew = true;
  addEventListener("vite:preloadError", loadAnew);
}

// Each paragraph of what people and models say runs in the direction of its own first letters;
// code doesn't. Streamlit has no word for that.
const SAID = ["p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"]
  .map((tag) => `[data-testid="stMarkdownContainer"] ${tag}:not([dir])`)
  .join(",");
const CODE = "pre:not([dir]), code:not([dir])";

function direct() {
  for (const each of document.querySelectorAll(SAID)) each.dir = "auto";
  for (const each of document.querySelectorAll(CODE)) each.dir = "ltr";
}

// Streamlit puts the sections of the navigation into a list that may have only items in it, so that
// screen readers count wrong: they are groups of links, called as their heads.
const NAVIGATION = '[data-testid="stSidebarNavItems"]';

function group() {
  for (const each of document.querySelectorAll(`${NAVIGATION}:not([role]), ${NAVIGATION} li:not([role])`)) {
    each.setAttribute("role", "presentation");
  }
  for (const each of document.querySelectorAll(`${NAVIGATION} > div`)) {
    const name = each.querySelector('[data-testid="stNavSectionHeader"] p')?.textContent ?? "";
    if (each.getAttribute("aria-label") === name) continue;
    each.setAttribute("role", "group");
    each.setAttribute("aria-label", name);
  }
}

// What scrolls by itself and holds nothing to be pressed is reached by the keyboard all the same.
const SCROLLS = ".st-key-legibility:not([tabindex])";

function reach() {
  for (const each of document.querySelectorAll(SCROLLS)) each.tabIndex = 0;
}

if (!window.tuwenDirects) {
  window.tuwenDirects = true;
  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; direct(); group(); reach(); }); };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  soon();
}

// Enter that ends a composition (Chinese, Japanese, Korean) chooses what is composed and sends
// nothing. Safari tells of that key after the composition has ended, as number 229.
const JUST = 60; // ms

function guardEnter() {
  let ended = -Infinity;
  addEventListener("compositionend", (event) => (ended = event.timeStamp), true);
  const guard = (event) => {
    if (event.key !== "Enter" && event.code !== "Enter" && event.code !== "NumpadEnter" && event.keyCode !== 13) return;
    const composing = event.isComposing || event.keyCode === 229;
    const late = event.timeStamp - ended < JUST;
    if (!composing && !late) return;
    event.stopImmediatePropagation();
    if (!composing) event.preventDefault();
  };
  ["keydown", "keypress"].forEach((name) => addEventListener(name, guard, true));
}

// What one click or key leads to is one step of Back: the addresses on the way to it (a page, then
// what is shown on it, then its language) replace each other.
function keepSteps() {
  const push = history.pushState;
  let acted = false;
  const act = () => (acted = true);
  addEventListener("click", act, true);
  addEventListener("keydown", (event) => (event.key === "Enter" || event.ctrlKey || event.metaKey) && act(), true);
  addEventListener("popstate", () => (acted = false), true);
  history.pushState = function (...all) {
    const go = acted ? push : history.replaceState;
    acted = false;
    return go.apply(history, all);
  };
}

// A field gives up the focus when a press ends, not when it begins: what the loss of it changes on
// the page would take the button away from under the pointer, and the press would be lost.
const PRESSED =
  "button, summary, a[href], [role=button], [role=tab], [role=radio], label:has([type=checkbox], [type=radio])";
const TYPED_IN = "input, textarea, [contenteditable=true]";

function holdFocus() {
  let held = null; // what is pressed, and the field that has the focus still
  addEventListener("mousedown", (event) => {
    held = null;
    const field = document.activeElement;
    if (event.button !== 0 || !field?.matches(TYPED_IN)) return;
    const pressed = event.composedPath().find((each) => each.matches?.(PRESSED));
    const own = field.closest('[data-testid="stElementContainer"]') ?? field;
    if (!pressed || pressed.disabled || own.contains(pressed)) return;
    event.preventDefault();
    held = { pressed, field };
  }, true);
  addEventListener("mouseup", () => {
    if (!held) return;
    held.pressed.focus({ preventScroll: true });
    held.field.blur(); // where a press gives no focus
    held = null;
  }, true);
}

if (!document.documentElement.hasAttribute("data-listens")) {
  document.documentElement.toggleAttribute("data-listens", true);
  guardEnter();
  keepSteps();
  holdFocus();
}

export default function (component) {
  document.documentElement.lang = component.data.lang;
  document.documentElement.dataset.reconnecting = component.data.reconnecting;
  document.documentElement.toggleAttribute("data-wide", component.data.wide);
  run(component.data);
  find(component.data.address);
}
