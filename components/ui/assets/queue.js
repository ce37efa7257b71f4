// Files on their way to the server: they wait here until it says that it has them. Each has a name
// of its own, so that one which is sent twice is taken once. A page has one queue for each bar; it
// outlives the bar, which is drawn anew with its page.
const LOOK = 100; // ms between two looks at what waits
const STILL = 15_000; // ms without any progress after which files are sent once more
const LONG = 1000; // ms without an uploader after which that is said
const TRIES = 4; // of a file, before it is given up and named
const SAME = 3000; // ms within which what comes in belongs together
const ids = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");

class Queue {
  constructor() {
    this.waiting = []; // { id, file, owner, tries }
    this.given = null; // { round, session, ids, at, lost }, to the uploader
    this.problems = [];
    this.last = this.since = -Infinity;
  }

  // bar: what is drawn of it at the moment; data: what the server says.
  update(bar, data) {
    this.bar = bar;
    this.data = data;
    const taken = new Set(data.taken);
    const before = this.waiting.length;
    // Whoever comes after another gets nothing of theirs.
    this.waiting = this.waiting.filter((each) => !taken.has(each.id) && each.owner === data.owner);
    if (before !== this.waiting.length) this.last = performance.now();
    const { given } = this;
    if (given && (given.round !== data.round || given.session !== data.session)) this.given = null;
    this.show();
    this.look();
  }

  leave(bar) {
    if (this.bar === bar) this.bar = null;
  }

  // What came in together keeps its sentences together.
  begin() {
    if (!this.waiting.length && performance.now() - this.last > SAME) {
      this.burst = ids();
      this.problems = [];
    }
    this.last = performance.now();
  }

  add(files, known = []) {
    this.begin();
    files.forEach((file, n) => {
      const id = known[n] ?? ids();
      if (this.waiting.some((each) => each.id === id)) return;
      this.waiting.push({ id, file, owner: this.data.owner, tries: 0 });
    });
    this.show();
    this.look();
    return this.waiting.slice(-files.length);
  }

  problem(text) {
    this.problems.push(text);
    this.show();
  }

  look() {
    clearTimeout(this.timer);
    if (!this.waiting.length || !this.bar) return;
    this.step();
    this.timer = setTimeout(() => this.look(), LOOK);
  }

  step() {
    const input = this.bar.uploader(this.data.round);
    const off = Boolean(input && (input.disabled || input.closest('[aria-disabled="true"]')));
    const away = !input || off;
    if (!off) this.since = performance.now();
    const said = away && performance.now() - this.since > LONG;
    if (said !== this.away) {
      this.away = said;
      this.show();
    }
    // Without a connection the uploader takes nothing, and loses what it was sending.
    if (away) {
      if (this.given) this.given.lost = true;
      return;
    }
    const { given } = this;
    if (!given) return this.give(input);
    const state = this.bar.state(input);
    if (state === "sending") given.at = performance.now();
    if (given.lost) return this.again();
    if (state !== "failed" && performance.now() - given.at < STILL) return;
    this.waiting.forEach((each) => (each.tries += given.ids.has(each.id) ? 1 : 0));
    this.again();
  }

  give(input) {
    const { round, session } = this.data;
    if (this.refused === `${session} ${round}`) return; // its uploader holds what failed
    const spent = this.waiting.filter((each) => each.tries >= TRIES);
    spent.forEach((each) => this.problem(this.data.not_sent.replace("{name}", each.file.name)));
    this.waiting = this.waiting.filter((each) => each.tries < TRIES);
    if (!this.waiting.length) return this.show();
    const transfer = new DataTransfer();
    for (const each of this.waiting) {
      const name = `tuwen.${this.burst}.${each.id}.${each.file.name}`;
      transfer.items.add(new File([each.file], name, { type: each.file.type }));
    }
    const given = new Set(this.waiting.map((each) => each.id));
    this.given = { round, session, ids: given, at: performance.now(), lost: false };
    this.bar.hand(input, transfer.files);
  }

  again() {
    this.refused = `${this.given.session} ${this.given.round}`;
    this.given = null;
    this.bar.again(ids());
  }

  show() {
    const count = this.waiting.length;
    const said = count ? [(this.away ? this.data.waiting : this.data.reading).replace("{n}", count)] : [];
    this.bar?.say([...said, ...this.problems].join(" "), count > 0);
    this.bar?.coming(this.waiting);
  }
}

const queues = (window.tuwenQueues ??= new Map()); // by the key of the bar's container
const queueOf = (target) => {
  if (!queues.has(target)) queues.set(target, new Queue());
  return queues.get(target);
};
