// What the buttons that copy do; they are many on a page, so each has a line of its own at most.
const SHOWN_FOR = 2000; // ms

// Pages served over plain http from another machine have no clipboard of their own.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.appendChild(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
}

// In the page's own place for announcements, which is there before anything is announced.
function place() {
  const found = document.querySelector(".tuwen-announced");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "tuwen-announced";
  made.setAttribute("role", "status");
  return document.body.appendChild(made);
}

function toast(words) {
  const said = document.createElement("div");
  said.className = "tuwen-toast";
  said.textContent = words;
  // It stands outside of the app, which alone knows whether it is dark.
  said.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  place().replaceChildren(said);
  setTimeout(() => said.remove(), SHOWN_FOR);
}

// Where the browser refuses: the text, chosen, to be copied by hand.
function byHand(text, button) {
  const field = document.createElement("textarea");
  field.className = "tuwen-by-hand";
  field.readOnly = true;
  field.value = text;
  document.body.appendChild(field);
  field.select();
  const close = () => { field.remove(); button.focus(); };
  field.addEventListener("blur", () => field.remove());
  field.addEventListener("copy", () => setTimeout(close));
  field.addEventListener("keydown", (event) => event.key === "Escape" && close());
}

window.tuwenCopies = async ({ text, copied }, button) => {
  try {
    await copy(text);
    toast(copied);
  } catch {
    byHand(text, button);
  }
};

// Without a click; where the browser refuses, what is to be copied stands there to be read.
let copiedOnce = "";

window.tuwenCopiesOnce = async ({ text, copied }) => {
  if (text === copiedOnce) return;
  copiedOnce = text;
  try {
    await copy(text);
    toast(copied);
  } catch {
    // the button is there
  }
};
place();

