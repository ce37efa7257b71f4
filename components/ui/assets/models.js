// The list of models: searched and walked by keys in the browser, chosen on the server.
const lists = new WeakMap();
const WINDOW = '[data-testid="stPopoverBody"]';
const TEXTS = "input, textarea";

class Models {
  constructor(root) {
    this.input = root.querySelector("input");
    this.list = root.querySelector('[role="listbox"]');
    this.none = root.querySelector("p");
    this.active = null;
    this.input.addEventListener("input", () => this.draw());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.choose(event.target.closest('[role="option"]')));
    // On a touch screen the keyboard would cover the list. And whoever has gone on to a field below
    // before the list was there goes on typing in it.
    const elsewhere = root.closest(WINDOW)?.contains(document.activeElement) && document.activeElement.matches(TEXTS);
    if (matchMedia("(hover: hover)").matches && !elsewhere) this.input.focus({ preventScroll: true });
  }

  update(data, tell) {
    this.data = { ...data, groups: JSON.parse(data.groups) };
    this.tell = tell;
    this.input.placeholder = data.search;
    this.input.setAttribute("aria-label", data.search);
    this.list.setAttribute("aria-label", data.label);
    const drawn = JSON.stringify([data.groups, data.chosen]);
    if (drawn !== this.drawn) this.draw();
    this.drawn = drawn;
  }

  draw() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (group, model) => {
      const said = `${group.name} ${model.name} ${model.about}`.toLowerCase();
      return words.every((word) => said.includes(word));
    };
    let number = 0;
    const groups = this.data.groups.map((group) => {
      const models = group.models.filter((model) => fits(group, model));
      if (!models.length) return null;
      const made = document.createElement("div");
      made.setAttribute("role", "group");
      made.setAttribute("aria-label", group.name);
      made.append(this.line("endpoint", group.name));
      made.firstChild.setAttribute("aria-hidden", "true");
      made.append(...models.map((model) => this.option(model, (number += 1))));
      return made;
    }).filter(Boolean);
    this.list.replaceChildren(...groups);
    this.none.textContent = groups.length ? "" : this.data.nothing;
    const options = this.options();
    this.point(options.find((each) => !words.length && each.getAttribute("aria-selected") === "true") ?? options[0]);
  }

  option(model, number) {
    const made = document.createElement("div");
    made.id = `tuwen-model-${number}`;
    made.dataset.id = model.id;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", String(model.id === this.data.chosen));
    made.append(this.line("name", model.name));
    const about = this.line("about", model.about);
    if (model.retires) {
      const retires = document.createElement("span");
      retires.className = "retires";
      retires.textContent = ` · ${model.retires}`;
      about.append(retires);
    }
    made.append(about);
    return made;
  }

  line(name, words) {
    const made = document.createElement("div");
    made.className = name;
    made.textContent = words;
    return made;
  }

  options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  }

  point(option) {
    this.active?.classList.remove("active");
    this.active = option ?? null;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.classList.add("active");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const options = this.options();
    const at = options.indexOf(this.active);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (to !== undefined && options.length) {
      event.preventDefault();
      this.point(options[Math.max(0, Math.min(options.length - 1, to))]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  choose(option) {
    if (!option) return;
    this.tell("chosen", option.dataset.id);
    // The window closes as by a second click on its chip.
    document.querySelector(".st-key-model_chip button[aria-expanded=true]")?.click();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tuwen-models");
  if (!lists.has(root)) lists.set(root, new Models(root));
  lists.get(root).update(data, setTriggerValue);
}
