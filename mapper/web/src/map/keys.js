/**
 * The marks for the keyboard and the screen reader: one invisible button over each mark in view.
 * Tab enters and leaves the group as a whole, arrow keys go to the nearest mark that way.
 */

/**
 * @typedef {import("./marks.js").Mark} Mark
 * @param {HTMLElement} container
 * @param {object} actions
 * @param {(mark: Mark) => string} actions.name
 * @param {(mark: Mark|null) => void} actions.focus
 * @param {(mark: Mark) => void} actions.activate
 */
export function createKeys(container, actions) {
  const box = document.createElement("div");
  box.className = "mapper-keys";
  box.setAttribute("role", "group");
  container.append(box);
  /** @type {{mark: Mark, x: number, y: number, button: HTMLButtonElement}[]} */
  let shown = [];
  let current = 0;

  /** @param {number} k */
  function go(k) {
    shown[current]?.button.setAttribute("tabindex", "-1");
    current = k;
    shown[k].button.setAttribute("tabindex", "0");
    shown[k].button.focus({ preventScroll: true });
  }

  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || !shown.length) return;
    event.preventDefault();
    event.stopPropagation();
    const k = nearestTowards(shown, current, step[0], step[1]);
    if (k >= 0) go(k);
  });

  return {
    /**
     * @param {{mark: Mark, x: number, y: number}[]} marks  with positions in the container
     * @param {string} label
     */
    show(marks, label) {
      box.setAttribute("aria-label", label);
      const held = box.contains(document.activeElement) ? shown[current] : null;
      shown = marks.map(({ mark, x, y }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("tabindex", "-1");
        button.setAttribute("aria-label", actions.name(mark));
        const size = Math.max(24, 2 * mark.r + 4);
        button.style.width = `${size}px`;
        button.style.height = `${size}px`;
        button.style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`;
        button.addEventListener("focus", () => actions.focus(mark));
        button.addEventListener("blur", () => actions.focus(null));
        button.addEventListener("click", () => actions.activate(mark));
        return { mark, x, y, button };
      });
      box.replaceChildren(...shown.map(({ button }) => button));
      current = 0;
      if (held) {
        let least = Infinity;
        shown.forEach(({ mark, x, y }, k) => {
          const far = mark.spot === held.mark.spot && mark.badge === held.mark.badge ? -1 : Math.hypot(x - held.x, y - held.y);
          if (far < least) [least, current] = [far, k];
        });
      }
      shown[current]?.button.setAttribute("tabindex", "0");
      if (held && shown[current]) shown[current].button.focus({ preventScroll: true });
    },
  };
}

/**
 * The mark nearest to another in a direction; -1 where there is none.
 * @param {{x: number, y: number}[]} marks
 * @param {number} from
 * @param {number} dx
 * @param {number} dy
 * @returns {number}
 */
export function nearestTowards(marks, from, dx, dy) {
  let best = -1;
  let least = Infinity;
  marks.forEach(({ x, y }, k) => {
    const along = (x - marks[from].x) * dx + (y - marks[from].y) * dy;
    const aside = Math.abs((x - marks[from].x) * dy) + Math.abs((y - marks[from].y) * dx);
    if (k === from || along <= 0.5) return;
    // straight ahead first; what lies more beside than ahead only where nothing else does
    const far = along + 2.5 * aside + (aside > 2 * along ? 1e5 : 0);
    if (far < least) [best, least] = [k, far];
  });
  return best;
}
