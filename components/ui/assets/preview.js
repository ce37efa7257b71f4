// A page that a model wrote, in a frame that shares nothing with this one. The frame has no
// allow-same-origin, and this page's own policy reaches into it: scripts don't run in it.
const frames = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  let frame = frames.get(parentElement);
  if (!frame) {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", data.sandbox);
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.title = data.title;
    parentElement.appendChild(frame);
    frames.set(parentElement, frame);
  }
  if (frame.srcdoc !== data.html) frame.srcdoc = data.html;
}
