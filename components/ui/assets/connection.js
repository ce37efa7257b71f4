// While the server isn't reached a strip says so, in the page's language, and that nothing is lost;
// Streamlit's own window over the page says it in English and asks for what nobody has to do.
const LATE = 1500; // ms: a connection that comes back at once is nobody's business
const THEIRS = "Connection error";

function watchConnection() {
  const strip = document.createElement("div");
  strip.className = "tuwen-reconnecting";
  strip.setAttribute("role", "status");
  document.body.append(strip);
  let timer = 0;
  const say = () => {
    strip.textContent = document.documentElement.dataset.reconnecting ?? "";
    strip.classList.add("shown");
  };
  const look = () => {
    const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
    const away = Boolean(state) && state !== "CONNECTED";
    if (away) timer ||= setTimeout(say, LATE);
    else if (timer) {
      clearTimeout(timer);
      timer = 0;
      strip.classList.remove("shown");
      strip.textContent = "";
    }
    for (const each of away ? document.querySelectorAll('[role="dialog"]') : []) {
      const theirs = each.textContent.trimStart().startsWith(THEIRS);
      (each.closest('[data-baseweb="modal"]') ?? each).classList.toggle("tuwen-not-shown", theirs);
    }
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-connection-state"],
  });
  look();
}

if (!window.tuwenWatchesConnection) {
  window.tuwenWatchesConnection = true;
  watchConnection();
}
