// The list of conversations: real links that open in place, with a menu for each.
const lists = new WeakMap();
const SEARCH_AFTER = 300; // ms without a key
const UNDO_FOR = 10000; // ms
const NARROW = 640; // px: there the sidebar is a drawer

function make(tag, name, words) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words !== undefined) made.textContent = words;
  if (tag === "button") made.type = "button";
  return made;
}

class Conversations {
  constructor(root) {
    this.search = root.querySelector("input");
    this.nav = root.querySelector("nav");
    this.said = root.querySelector("p");
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.does("search", "", this.search.value), SEARCH_AFTER);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.menu) {
        event.stopPropagation();
        this.close(true);
      }
    });
    root.addEventListener("focusout", (event) => {
      if (this.menu && !this.menu.parentElement.contains(event.relatedTarget)) this.close(false);
    });
  }

  update(data, tell) {
    this.tell = tell;
    const drawn = JSON.stringify(data);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.data = { ...data, days: JSON.parse(data.days) };
    this.search.placeholder = data.search;
    this.search.setAttribute("aria-label", data.search);
    this.search.hidden = !this.data.days.length && !data.sought;
    this.nav.setAttribute("aria-label", data.label);
    if (!this.renaming) this.draw();
  }

  does(what, id, value) {
    this.tell("did", { what, id, value: value ?? "" });
  }

  draw() {
    this.menu = null;
    const parts = [];
    for (const day of this.data.days) {
      parts.push(make("div", "day", day.name));
      const list = make("ul");
      list.setAttribute("aria-label", day.name);
      list.append(...day.rows.map((row) => this.row(row)));
      parts.push(list);
    }
    if (!parts.length && this.data.sought) parts.push(make("div", "day", this.data.nothing));
    if (this.data.more) {
      const all = make("button", "all", this.data.all);
      all.onclick = () => this.does("all", "");
      parts.push(all);
    }
    this.nav.replaceChildren(...parts);
  }

  row(row) {
    const item = make("li", row.current ? "current" : "");
    const link = make("a", "", row.title);
    const to = new URL("./", location.href);
    to.searchParams.set("c", row.id);
    link.href = to.href;
    link.title = row.title;
    if (row.current) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      // With a key held or another button it is the browser's: a new tab or window.
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.does("open", row.id);
      closeDrawer();
    });
    item.append(link);
    if (row.image) {
      const image = Object.assign(new Image(20, 20), { alt: "", loading: "lazy", fetchPriority: "low", src: row.image });
      image.onerror = () => image.remove();
      item.append(image);
    }
    if (row.starred) {
      const star = make("span", "star", "★");
      star.setAttribute("role", "img");
      star.setAttribute("aria-label", this.data.starred);
      item.append(star);
    }
    const more = make("button", "more", "⋯");
    more.setAttribute("aria-label", `${this.data.actions}: ${row.title}`);
    more.setAttribute("aria-haspopup", "menu");
    more.setAttribute("aria-expanded", "false");
    more.onclick = () => (this.menu?.parentElement === item ? this.close(true) : this.open(item, more, row));
    item.append(more);
    return item;
  }

  open(item, more, row) {
    this.close(false);
    const menu = make("div");
    menu.setAttribute("role", "menu");
    const entries = [
      [this.data.rename, () => this.rename(item, row)],
      [row.starred ? this.data.unstar : this.data.star, () => this.does(row.starred ? "unstar" : "star", row.id)],
      this.data.shares ? [this.data.share, () => { this.does("share", row.id); closeDrawer(); }] : null,
      [this.data.delete, () => this.remove(row)],
    ].filter(Boolean);
    for (const [words, act] of entries) {
      const entry = make("button", "", words);
      entry.setAttribute("role", "menuitem");
      entry.onclick = () => { this.close(true); act(); };
      menu.append(entry);
    }
    menu.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...menu.children];
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    });
    item.append(menu);
    item.classList.add("open");
    more.setAttribute("aria-expanded", "true");
    this.menu = menu;
    this.more = more;
    menu.firstChild.focus();
  }

  close(back) {
    const { menu, more } = this;
    this.menu = null;
    if (!menu) return;
    menu.parentElement.classList.remove("open");
    menu.remove();
    more.setAttribute("aria-expanded", "false");
    if (back) more.focus();
  }

  rename(item, row) {
    const field = make("input");
    field.value = row.title;
    field.maxLength = 200;
    field.setAttribute("aria-label", this.data.title);
    let over = false;
    const end = (save) => {
      if (over) return;
      over = true;
      this.renaming = false;
      const title = field.value.trim();
      if (save && title && title !== row.title) {
        row.title = title;
        this.does("rename", row.id, title);
      }
      this.draw();
    };
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
      event.stopPropagation();
    });
    field.addEventListener("blur", () => end(true));
    this.renaming = true;
    item.replaceChildren(field);
    field.focus();
    field.select();
  }

  remove(row) {
    this.does("delete", row.id);
    clearTimeout(this.undoing);
    const undo = make("button", "", this.data.undo);
    undo.onclick = () => {
      this.said.replaceChildren();
      this.does("undo", row.id);
    };
    this.said.replaceChildren(make("span", "", this.data.deleted), undo);
    this.undoing = setTimeout(() => this.said.replaceChildren(), UNDO_FOR);
  }
}

// On a phone the list lies over what was chosen from it.
function closeDrawer() {
  if (innerWidth > NARROW) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

if (!window.tuwenClosesDrawer) {
  window.tuwenClosesDrawer = true;
  addEventListener("click", (event) => event.target.closest?.(".st-key-new_chat button") && closeDrawer());
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tuwen-conversations");
  if (!lists.has(root)) lists.set(root, new Conversations(root));
  lists.get(root).update(data, setTriggerValue);
}
