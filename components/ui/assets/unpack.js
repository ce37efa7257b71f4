// Reads what `pack` in components/ui/streamlit_seam/viewer_transport.py made: the header's length in four bytes,
// the header, the pictures. A picture that is still the same keeps its address, so it isn't
// decoded again.
class Parcel {
  constructor(signal) {
    this.urls = new Map();
    signal.addEventListener("abort", () => this.urls.forEach(({ url }) => URL.revokeObjectURL(url)));
  }

  // null when nothing has changed since the last time.
  open(packed) {
    const bytes = new Uint8Array(packed.buffer ?? packed, packed.byteOffset ?? 0, packed.byteLength);
    const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
    if (text === this.text) return null;
    this.text = text;
    const header = JSON.parse(text);
    let from = 4 + length;
    for (const [name, stamp, size] of header.parts) {
      this.keep(name, stamp, bytes.subarray(from, from + size));
      from += size;
    }
    const there = new Set(header.parts.map(([name]) => name));
    [...this.urls.keys()].filter((name) => !there.has(name)).forEach((name) => this.drop(name));
    return header;
  }

  keep(name, stamp, part) {
    if (this.urls.get(name)?.stamp === stamp) return;
    this.drop(name);
    this.urls.set(name, { stamp, url: URL.createObjectURL(new Blob([part])) });
  }

  drop(name) {
    const old = this.urls.get(name);
    if (old) URL.revokeObjectURL(old.url);
    this.urls.delete(name);
  }

  url(name) {
    return this.urls.get(name)?.url ?? null;
  }
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

const between = (low, value, high) => Math.min(high, Math.max(low, value));

// Puts texts in: data-text for what is shown, data-label for what is read out and shown on hover.
const dress = (root, texts) => {
  root.querySelectorAll("[data-text]").forEach((element) => {
    element.textContent = texts[element.dataset.text];
  });
  root.querySelectorAll("[data-label]").forEach((element) => {
    const said = texts[element.dataset.label];
    element.setAttribute("aria-label", said);
    if (element.tagName === "BUTTON") element.title = said;
  });
};
