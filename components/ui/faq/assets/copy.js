// A button that copies an address, and says so for a moment.
const SAID = 2000; // ms
const buttons = new WeakMap();

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

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const label = button.querySelector("span");
  if (!buttons.has(button)) label.textContent = data.label;
  else if (buttons.get(button).label !== data.label) label.textContent = data.label;
  buttons.set(button, data);
  button.onclick = async () => {
    try {
      await copy(data.address);
      label.textContent = data.copied;
    } catch {
      label.textContent = data.address; // to be copied by hand
      return;
    }
    setTimeout(() => (label.textContent = buttons.get(button).label), SAID);
  };
}
