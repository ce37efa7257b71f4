export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.querySelector(".words").textContent = data.label;
  button.toggleAttribute("data-bare", data.bare);
  button.querySelectorAll("svg").forEach((svg) => svg.toggleAttribute("hidden", !svg.classList.contains(data.icon)));
  button.onclick = () => window.tuwenCopies(data, button);
  if (data.at_once) window.tuwenCopiesOnce(data);
}
