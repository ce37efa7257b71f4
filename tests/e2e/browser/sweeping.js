// What stands in somebody's way on a page as it is, each with the element it is about. axe is there.
(() => {
  const IMPACTS = ["moderate", "serious", "critical"];
  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const LEAST = 23.5; // px: 24, as a browser rounds
  const CONTROLS = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex='0']",
    ...["button", "tab", "radio", "checkbox", "switch", "slider", "menuitem", "option"].map((role) => `[role=${role}]`)].join();
  const FOCUS_SHOWS_IN = ["outline", "boxShadow", "borderColor", "backgroundColor", "textDecoration", "opacity", "clipPath"];
  // Not there for anybody, a folded sidebar among it.
  const AWAY = "[aria-hidden=true], [inert], [data-testid=stSidebar]:is([aria-expanded=false], [data-collapsed=true])";
  const AROUND = 6; // elements, from the one with the focus outwards

  // By the key of what it stands in, and itself.
  function called(each) {
    const key = /st-key-\S+/.exec(each.closest('[class*="st-key-"]')?.className)?.[0] ?? "";
    return `${key} ${each.outerHTML.slice(0, 160)}`;
  }

  function* within(root) {
    for (const each of root.querySelectorAll("*")) {
      if (each.matches(CONTROLS)) yield each;
      if (each.shadowRoot) yield* within(each.shadowRoot);
    }
  }

  const large = (each) => Math.min(each.getBoundingClientRect().width, each.getBoundingClientRect().height) > 1;

  // What is for screen readers alone lies in a box of one pixel.
  function seen(each) {
    return large(each) && large(each.parentElement ?? each) && !each.disabled && !each.closest(AWAY)
      && each.checkVisibility({ visibilityProperty: true });
  }

  const controls = () => [...within(document)].filter(seen);

  // What can't be used needs no contrast, nor does its label.
  const disabled = (node) => document.querySelector(node.target[0])?.closest('[data-testid="stElementContainer"]:has([aria-disabled=true], :disabled)');

  async function axe(runOnly) {
    const { violations } = await window.axe.run(document, { runOnly });
    return violations.filter(({ impact }) => IMPACTS.includes(impact)).flatMap(({ id, impact, nodes }) =>
      nodes.filter((node) => !disabled(node)).map((node) => `${id} (${impact}): ${node.html.slice(0, 300)}`));
  }

  function hit(each) {
    const style = getComputedStyle(each);
    if (style.pointerEvents === "none" || style.opacity === "0") return false;
    return !(each.matches("a") && style.display === "inline"); // within a sentence it is as high as its line
  }

  function small() {
    return controls().filter(hit).flatMap((each) => {
      const box = each.matches("[type=checkbox], [type=radio]") && each.closest("label"); // hit as well
      const { width, height } = (box || each).getBoundingClientRect();
      const size = `${width.toFixed(1)} x ${height.toFixed(1)}`;
      return Math.min(width, height) < LEAST ? [`target (${size}): ${called(each)}`] : [];
    });
  }

  function look(each) {
    const around = [];
    for (let at = each; at && around.length < AROUND; at = at.parentElement ?? at.getRootNode().host) around.push(at);
    return [...around, ...each.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].map((part) => {
      const style = getComputedStyle(one, part || null);
      return FOCUS_SHOWS_IN.map((name) => style[name]).join();
    })).join();
  }

  // A table drawn on a canvas shows it within the drawing.
  const shows = (each) => !each.matches("canvas");
  const shown = new WeakSet(); // what did in a state before
  const inWindow = (each) => each.closest("[role=dialog]");

  async function unseenFocus() {
    const still = document.createElement("style");
    still.textContent = "*, ::before, ::after { transition: none !important }";
    document.head.append(still);
    const first = document.activeElement;
    const found = [];
    for (const each of controls().filter((one) => shows(one) && !shown.has(one))) {
      document.activeElement?.blur?.();
      await new Promise(setTimeout);
      // A window gives the focus back to its first.
      if (each.getRootNode().activeElement === each) controls().find((one) => one !== each && inWindow(one))?.focus({ preventScroll: true });
      const before = look(each);
      each.focus({ preventScroll: true });
      await new Promise(setTimeout);
      const has = each.getRootNode().activeElement === each;
      if (has && look(each) === before) found.push(`focus: ${called(each)}`);
      else if (has) shown.add(each);
    }
    first?.focus?.({ preventScroll: true });
    still.remove();
    return found;
  }

  // The page, and what scrolls in its place.
  function sideways() {
    const wide = [document.documentElement, document.querySelector(".stMain")].filter((each) =>
      each && each.scrollWidth > each.clientWidth + 1);
    if (!wide.length) return [];
    const over = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1);
    return [`sideways (${wide[0].scrollWidth} of ${innerWidth} px): ${over.slice(-2).map(called).join(" | ")}`];
  }

  const CHECKS = {
    axe: () => axe(TAGS),
    contrast: () => axe({ type: "rule", values: ["color-contrast"] }),
    targets: small,
    focus: unseenFocus,
    sideways,
  };

  // moved: the page was drawn anew meanwhile, and what was found may be of neither.
  window.sweep = async (checks) => {
    let moved = false;
    const watch = new MutationObserver(() => (moved = true));
    const app = document.querySelector("[data-test-script-state]");
    if (app) watch.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
    const found = [];
    for (const each of checks) found.push(...(await CHECKS[each]()));
    watch.disconnect();
    return { found, moved };
  };
})();
