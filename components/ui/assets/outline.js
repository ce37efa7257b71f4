// The questions of a long conversation as a rail in the right margin: anchors, the one that is read marked.
const QUESTIONS = '[data-testid="stChatMessage"] :is([class*="st-key-question-"], [class*="st-key-newest_question-"])';
const FEWEST = 3; // questions; of fewer no outline is needed
const SAID = 80; // letters of a question
const READ = 160; // px below the top of the page, up to where what is read has begun

class Outline {
  constructor() {
    document.addEventListener("scroll", (event) => event.target.matches?.(".stMain") && this.mark(), true);
  }

  update(root, label) {
    this.root = root;
    root.setAttribute("aria-label", label);
    this.look();
  }

  // What the page has by now.
  look() {
    if (!this.root?.isConnected) return;
    const questions = [...document.querySelectorAll(QUESTIONS)].filter((each) => each.querySelector('[class*="st-key-bubble-"]'));
    const said = questions.map((each) => each.querySelector('[class*="st-key-bubble-"]').textContent.trim().slice(0, SAID));
    const drawn = JSON.stringify(said);
    this.questions = questions;
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.root.hidden = questions.length < FEWEST;
      this.root.replaceChildren(...said.map((words, n) => this.link(words, n)));
    }
    this.mark();
  }

  link(words, n) {
    const made = document.createElement("a");
    made.href = `#question-${n + 1}`;
    // Not as text: a search in the page finds each question once.
    made.setAttribute("aria-label", words);
    made.appendChild(document.createElement("span")).dataset.words = words;
    made.onclick = (event) => {
      event.preventDefault(); // the address is the conversation's
      newest.leave();
      this.questions[n]?.scrollIntoView({ behavior: calm() ? "instant" : "smooth", block: "start" });
    };
    return made;
  }

  mark() {
    if (!this.root || this.root.hidden) return;
    const { scrollHeight, clientHeight, scrollTop } = this.questions[0].closest(".stMain");
    const atEnd = scrollHeight - clientHeight - scrollTop < END;
    const read = atEnd ? Infinity : READ;
    const begun = this.questions.filter((each) => each.getBoundingClientRect().top < read).length;
    [...this.root.children].forEach((each, n) => {
      if (n === Math.max(0, begun - 1)) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    });
  }
}

const outline = (window.tuwenOutline ??= new Outline());
