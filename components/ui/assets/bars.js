// All models as bars: drawn here, selected on the server. Bars are as long as their money beside the dearest one that is
// shown; the selected model stands first.
const charts = new WeakMap();

class Bars {
  constructor(root) {
    this.list = root.querySelector("ul");
    this.more = root.querySelector(".all");
    this.whole = false;
    this.more.addEventListener("click", () => {
      this.whole = !this.whole;
      this.draw();
    });
    this.list.addEventListener("click", (event) => {
      const id = event.target.closest("button")?.dataset.id;
      if (id && id !== this.bars[0].id) this.tell("chosen", id);
    });
  }

  update(data, tell) {
    this.tell = tell;
    const drawn = JSON.stringify(data);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.data = data;
    this.bars = JSON.parse(data.bars);
    this.list.setAttribute("aria-label", data.label);
    this.draw();
  }

  draw() {
    const shown = this.whole ? this.bars : this.bars.slice(0, this.data.first + 1);
    const longest = Math.max(...shown.map((bar) => bar.value ?? 0)) || 1;
    // A button that has the focus keeps it: each stays where it is made.
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.list.replaceChildren(...shown.map((bar, n) => this.row(bar, n === 0, longest)));
    if (focused) [...this.list.querySelectorAll("button")].find((each) => each.dataset.id === focused)?.focus({ preventScroll: true });
    this.more.textContent = this.whole ? this.data.fewer : this.data.all;
    this.more.setAttribute("aria-expanded", String(this.whole));
    this.more.hidden = this.bars.length <= this.data.first + 1;
  }

  row(bar, chosen, longest) {
    const made = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.id = bar.id;
    button.setAttribute("aria-pressed", String(chosen));
    const track = this.words("track", "");
    const length = this.words("length", "");
    length.style.width = `${(100 * (bar.value ?? 0)) / longest}%`;
    track.append(length);
    const said = this.words("difference", bar.difference);
    said.classList.toggle("cheaper", Boolean(bar.cheaper));
    button.append(this.words("name", bar.name), track, this.words("money", bar.money), said, this.words("remark", bar.remark));
    made.append(button);
    return made;
  }

  words(name, said) {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = said;
    return made;
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tuwen-bars");
  if (!charts.has(root)) charts.set(root, new Bars(root));
  charts.get(root).update(data, setTriggerValue);
}
