// What stands on the page between Enter and what the server draws: the question at once, and the
// answer as the stream of /tuwen/answers brings it, in HTML that the server has made harmless. The
// stream's request asks, too, ahead of the page's script. Where there is no stream the script asks
// and writes the answer; one of the two is seen.
const STREAM = "/tuwen/answers";
const HELLO = 1500; // ms for the first event; what is later is held back on its way
const AGAIN = [500, 1500, 4000]; // ms before each try to join again
const GHOST = 30000; // ms at most that a question stands without the server's
const ANEW = 200; // ms in which a place that was taken away may be put up again
const LONGEST = 20000; // characters of it
const CARD_IMAGES = ".st-key-tray_cards img";
const REAL = '[class*="st-key-newest_question-"]';
const MAIN = '[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]';

const element = (name, parent) => {
  const made = document.createElement("div");
  made.className = name;
  parent?.append(made);
  return made;
};

class Stream {
  constructor(page, asked) {
    this.page = page;
    this.asked = asked;
    this.attempt = asked.attempt ?? null;
    this.content = element("tuwen-growing");
    this.stopping = new AbortController();
    this.tries = 0;
    this.run();
  }

  end() {
    this.over = true;
    this.stopping.abort();
    this.content.replaceChildren();
    this.content.removeAttribute("data-live");
  }

  async run() {
    const hello = setTimeout(() => this.page.without(this), HELLO);
    try {
      const { signal } = this.stopping;
      const body = JSON.stringify(this.asked);
      const answer = await fetch(STREAM, { method: "POST", body, signal, cache: "no-store" });
      if (answer.status === 404) return this.end();
      if (!answer.ok) return this.page.without(this);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) break;
        clearTimeout(hello);
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const each of events) this.take(JSON.parse(each.slice("data: ".length)));
      }
    } catch {
      // cut off, or not reached
    } finally {
      clearTimeout(hello);
    }
    if (this.over || this.done) return;
    this.content.removeAttribute("data-live"); // the script's text is seen meanwhile
    const pause = this.attempt && AGAIN[this.tries++];
    if (!pause) return this.end();
    this.asked = { session: this.asked.session, attempt: this.attempt };
    setTimeout(() => this.over || this.run(), pause);
  }

  take({ attempt, at, blocks, done }) {
    if (attempt) {
      this.attempt = attempt;
      this.page.settle();
    }
    if (done) this.done = true;
    if (!blocks) return;
    const { children } = this.content;
    blocks.forEach((html, n) => ((children[at + n] ?? element("answer", this.content)).innerHTML = html));
    while (children.length > at + blocks.length) children[at + blocks.length].remove();
    this.content.toggleAttribute("data-live", true);
  }
}

class Growing {
  constructor() {
    document.addEventListener("visibilitychange", () => this.settle());
  }

  // session, tried: how often it wanted to send; begun: how often it did.
  told(asking) {
    const { ghost } = this;
    const refused = ghost && asking.tried > ghost.tried && asking.begun === ghost.begun;
    if (ghost && (refused || asking.session !== ghost.session)) this.giveUp();
    this.asking = asking;
  }

  ask(text) {
    if (!this.asking || this.ghost || document.querySelector(".st-key-stop button")) return;
    const parent = document.querySelector(MAIN);
    if (!parent) return;
    const { session, tried, begun, conversation } = this.asking;
    this.leave();
    const now = this.settled() ? { text, conversation } : {};
    this.stream = this.off ? null : new Stream(this, { session, after: begun, ...now });
    const box = element("tuwen-ghost");
    this.ghost = { session, tried, begun, box, since: performance.now(), newest: this.newest() };
    const images = [...document.querySelectorAll(CARD_IMAGES)];
    if (images.length) {
      const row = element("images", box);
      for (const { src, alt } of images) Object.assign(row.appendChild(new Image()), { src, alt });
    }
    element("bubble", box).textContent = text.trim().slice(0, LONGEST);
    if (this.stream) box.append(this.stream.content);
    parent.append(box);
    document.documentElement.toggleAttribute("data-asking", true);
    this.look();
  }

  // Whether the server knows all that was done on this page: nothing runs, no file is on its way.
  settled() {
    const waits = [...(window.tuwenQueues?.values() ?? [])].some(({ waiting }) => waiting.length);
    return !waits && Boolean(document.querySelector('[data-test-script-state="notRunning"]'));
  }

  newest() {
    const all = document.querySelectorAll(REAL);
    return /newest_question-(\S+)/.exec(all[all.length - 1]?.className)?.[1];
  }

  // The server's own question takes the place of this one.
  look() {
    const { ghost } = this;
    if (!ghost) return;
    if (this.newest() !== ghost.newest) {
      ghost.box.querySelectorAll(".images, .bubble").forEach((each) => each.remove());
      document.documentElement.removeAttribute("data-asking");
    }
    const rests = document.querySelector('[data-test-script-state="notRunning"]');
    const sent = this.asking.begun > ghost.begun;
    const gone = performance.now() - ghost.since > GHOST;
    if (!ghost.box.isConnected) document.querySelector(MAIN)?.append(ghost.box); // a page drawn anew
    if ((sent && rests) || gone) this.giveUp();
    else requestAnimationFrame(() => this.look());
  }

  drop() {
    this.ghost?.box.remove();
    this.ghost = null;
    document.documentElement.removeAttribute("data-asking");
  }

  // Refused, or answered already.
  giveUp() {
    this.drop();
    if (!this.at) this.leave();
  }

  // No stream comes through: the script writes, from now on.
  without(stream) {
    this.off = true;
    stream.end();
  }

  // The place of a running answer, until it is taken away.
  place(root, { session, attempt }) {
    const place = (this.at = { root, session, attempt });
    this.settle();
    return () => {
      // It may be put up anew at once.
      setTimeout(() => this.at === place && this.leave(), ANEW);
    };
  }

  leave() {
    this.at = null;
    this.stream?.end();
    this.stream = null;
  }

  settle() {
    const { at } = this;
    if (!at) return;
    if (document.hidden) { // a browser has six connections for all of its tabs
      this.stream?.end();
      this.stream = null;
      return;
    }
    if (!this.off && this.stream?.attempt !== at.attempt) {
      // Its own question may not be known by its name yet.
      if (this.ghost && this.stream && !this.stream.attempt && !this.stream.over) return;
      this.stream?.end();
      this.stream = new Stream(this, { session: at.session, attempt: at.attempt });
    }
    if (this.stream && this.stream.content.parentElement !== at.root) at.root.replaceChildren(this.stream.content);
    this.drop();
  }
}

const growing = (window.tuwenGrowing ??= new Growing());
