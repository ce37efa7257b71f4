// The page says which language it is in, for screen readers and the browser's own translation,
// and whether it is one for wide tables.
export default function (component) {
  document.documentElement.lang = component.data.lang;
  document.documentElement.toggleAttribute('data-wide', component.data.wide);
}
