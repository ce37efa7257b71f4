// Where the reader is in the conversation. The page follows what is added at its end as long as they
// are there; who has scrolled up stays where they read, and has a button to the newest. Who asks is
// brought to their own question. Streamlit's own way to the end is left out, see `hold`.
const PAGE = ".stMain";
const FAR = 200; // px from the end from which on the button is there
const END = 24; // px: so near one is at the end
const SETTLES = 3000; // ms in which a page that was opened, or a question, is drawn
const HAND = 600; // ms after a key, a wheel or a finger in which what moves is moved by it
const STILL = 300; // ms without a change of size after which nothing else can have moved it
const UP = new Set(["ArrowUp", "PageUp", "Home", " "]);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class Newest {
  constructor() {
    this.follows = true;
    this.until = 0; // until when what is drawn is what was just asked for
    this.acted = this.changed = -Infinity;
    this.sizes = new ResizeObserver((all) => this.grew(all));
    document.addEventListener("scroll", (event) => event.target === this.page && this.scrolled(), true);
    const acts = () => (this.acted = performance.now());
    addEventListener("wheel", acts, { capture: true, passive: true });
    addEventListener("touchmove", acts, { capture: true, passive: true });
    addEventListener("keydown", (event) => UP.has(event.key) && acts(), true);
    addEventListener("pointerdown", (event) => (this.drags = event.target === this.page), true); // its bar
    addEventListener("pointerup", () => (this.drags = false), true);
  }

  // conversation: id of the one that is shown, "" for none.
  update(button, texts, conversation) {
    this.button = button;
    this.texts = texts;
    button.onclick = () => this.go();
    if (conversation !== this.conversation) {
      // One that gets its address from its first question is no other one.
      if (!(this.asked && !this.conversation)) this.arrive(Boolean(conversation));
      this.conversation = conversation;
      this.asked = false;
    }
    this.look();
  }

  arrive(somewhere) {
    this.follows = somewhere;
    this.until = performance.now() + SETTLES;
    if (somewhere) this.toEnd();
    else this.page?.scrollTo({ top: 0 });
  }

  sent() {
    this.asked = true;
    this.follows = true;
    this.until = performance.now() + SETTLES;
    this.toEnd();
  }

  // Somewhere else in the conversation.
  leave() {
    this.follows = false;
  }

  go() {
    this.follows = true;
    this.until = performance.now() + SETTLES;
    this.toEnd(calm() ? "instant" : "smooth");
    const small = matchMedia("(max-width: 640px), (pointer: coarse)").matches; // a keyboard would cover it
    const to = small ? this.page : document.querySelector('[data-testid="stChatInputTextArea"]');
    to?.focus({ preventScroll: true });
  }

  toEnd(behavior = "instant") {
    this.page?.scrollTo({ top: this.page.scrollHeight, behavior });
  }

  get streams() {
    return Boolean(document.querySelector(".st-key-stop"));
  }

  // Whether the page goes along with its end: not with what somebody unfolds there.
  get goesAlong() {
    if (this.streams) this.until = Math.max(this.until, performance.now() + SETTLES / 2);
    return this.follows && performance.now() < this.until;
  }

  // Called whenever something was drawn.
  look() {
    const page = document.querySelector(PAGE);
    const content = page?.querySelector('[data-testid="stMainBlockContainer"]');
    const foot = page?.querySelector('[data-testid="stBottom"]');
    if (page && content && foot && (page !== this.page || content !== this.content || foot !== this.foot)) {
      this.sizes.disconnect();
      if (page !== this.page) this.hold(page);
      [this.page, this.content, this.foot, this.top] = [page, content, foot, page.scrollTop];
      for (const each of [page, content, foot]) this.sizes.observe(each);
      if (this.goesAlong) this.toEnd();
    }
    this.show();
  }

  // Streamlit goes to the end, and nowhere else, by setting this. It takes the first turn of a wheel
  // after something has grown for that growth, and would take the reader back.
  hold(page) {
    const own = Object.getOwnPropertyDescriptor(Element.prototype, "scrollTop");
    Object.defineProperty(page, "scrollTop", {
      configurable: true,
      get: () => own.get.call(page),
      set: () => {},
    });
  }

  grew(all) {
    this.changed = performance.now();
    this.high = this.page.scrollHeight;
    const inContent = all.every((each) => each.target === this.content);
    if (inContent ? this.goesAlong : this.follows) this.toEnd();
    this.show();
  }

  get left() {
    return this.page.scrollHeight - this.page.clientHeight - this.page.scrollTop;
  }

  // Up goes a reader, or a page of which something was taken away.
  scrolled() {
    const { scrollTop, scrollHeight } = this.page;
    const now = performance.now();
    const still = scrollHeight === this.high && now - this.changed > STILL;
    const byHand = this.drags || now - this.acted < HAND || still;
    if (scrollTop < this.top && byHand && this.left > END) this.follows = false;
    else if (scrollTop > this.top && this.left <= END) this.follows = Boolean(this.conversation || this.asked);
    this.top = scrollTop;
    this.high = scrollHeight;
    this.show();
  }

  show() {
    if (!this.button?.isConnected || !this.page?.isConnected) return;
    const away = this.conversation && !this.goesAlong && this.left > FAR;
    const streams = Boolean(away && this.streams);
    this.button.hidden = !away;
    this.button.toggleAttribute("data-streams", streams);
    const said = this.texts[streams ? "newest_grows" : "newest"];
    if (this.button.title !== said) {
      this.button.title = said;
      this.button.setAttribute("aria-label", said);
    }
  }
}

const newest = (window.tuwenNewest ??= new Newest());

