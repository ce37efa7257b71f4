// Tells screen readers what has happened on the page by itself, each thing once.
const PAUSE = 100; // ms: words that come with their region, or stood there before, aren't read

let told = "";
let region = null;

export default function ({ data }) {
  if (!data.said || data.number === told) return;
  told = data.number;
  if (!region) {
    region = document.createElement("div");
    region.className = "tuwen-told";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  setTimeout(() => (region.textContent = data.said), PAUSE);
}
