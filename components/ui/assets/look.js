// The page says which language it is in, for screen readers and the browser's own translation.
export default function (component) {
  document.documentElement.lang = component.data.lang;
}
