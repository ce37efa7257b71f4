// What of a paste or a drop are files for this page.
const FIELDS = 'textarea, select, input:not([type="button"], [type="checkbox"], [type="radio"], [type="range"], [type="file"])';
const MAIN = '[data-testid="stChatInputTextArea"]'; // the field that pictures are pasted into

const filesOf = (transfer) => {
  const files = Array.from(transfer?.files ?? []);
  if (files.length) return files;
  return Array.from(transfer?.items ?? [])
    .filter((item) => item.kind === "file")
    .map((item) => item.getAsFile())
    .filter(Boolean);
};

const foldersOf = (transfer) =>
  Array.from(transfer?.items ?? [])
    .map((item) => (item.kind === "file" ? item.webkitGetAsEntry?.() : null))
    .filter((entry) => entry?.isDirectory)
    .map((entry) => entry.name);

const hasFiles = (transfer) => Array.from(transfer?.types ?? []).includes("Files");

// File managers put the names or addresses of copied files beside them as text.
const onlyNames = (text, files) => {
  const names = new Set(files.map((file) => file.name));
  const lines = text.split(/[\r\n\0]+/).map((line) => line.trim()).filter(Boolean);
  return lines.every((line) => {
    if (/^file:\/\//i.test(line) || /^(copy|cut|x-special\/.*)$/.test(line)) return true;
    return names.has(line) || names.has(line.split(/[\\/]/).pop());
  });
};

// Office programs put a picture of what is copied beside its text: then the text is what is meant.
const pasted = (event) => {
  const transfer = event.clipboardData;
  const at = event.composedPath?.()[0] ?? event.target;
  const field = at instanceof Element && (at.closest(FIELDS) ?? (at.isContentEditable ? at : null));
  if (event.defaultPrevented || (field && !field.matches(MAIN))) return [];
  const files = filesOf(transfer);
  const text = transfer?.getData("text/plain") ?? "";
  return files.length && (!text || onlyNames(text, files)) ? files : [];
};
