/**
 * The strip at the map's edge: reports about whole countries and borders, one badge each. They
 * are not drawn on the map, where they would look like places; on focus their outline is.
 */

/**
 * @param {HTMLElement} container
 * @param {object} actions
 * @param {(badge: number|null) => void} actions.outline
 * @param {(badge: number) => void} actions.open
 */
export function createStrip(container, actions) {
  const box = document.createElement("div");
  box.className = "mapper-strip";
  box.setAttribute("role", "group");
  container.append(box);
  for (const kind of ["mousedown", "dblclick", "wheel", "pointerdown", "touchstart", "click"]) {
    box.addEventListener(kind, (event) => event.stopPropagation(), { passive: true });
  }
  return {
    element: box,
    /**
     * @param {string} label
     * @param {{badge: number, name: string, total: number, spoken: string, shares: number[]}[]} entries
     * @param {string[]} colours  of the families
     */
    show(label, entries, colours) {
      box.setAttribute("aria-label", label);
      box.hidden = entries.length === 0;
      const focused = document.activeElement?.closest?.(".mapper-strip")
        ? /** @type {HTMLElement} */ (document.activeElement).dataset.badge
        : undefined;
      box.replaceChildren(
        ...entries.map(({ badge, name, total, spoken, shares }) => {
          const button = document.createElement("button");
          button.type = "button";
          button.dataset.badge = String(badge);
          button.title = spoken;
          const text = document.createElement("span");
          text.textContent = name;
          const number = document.createElement("b");
          number.textContent = String(total);
          const bar = document.createElement("i");
          bar.setAttribute("aria-hidden", "true");
          shares.forEach((share, f) => {
            if (!share) return;
            const part = document.createElement("u");
            part.style.flexGrow = String(share);
            part.style.background = colours[f];
            bar.append(part);
          });
          button.append(text, number, bar);
          button.addEventListener("click", () => actions.open(badge));
          button.addEventListener("pointerenter", () => actions.outline(badge));
          button.addEventListener("pointerleave", () => actions.outline(null));
          button.addEventListener("focus", () => actions.outline(badge));
          button.addEventListener("blur", () => actions.outline(null));
          return button;
        }),
      );
      if (focused) {
        /** @type {HTMLElement|null} */ (box.querySelector(`[data-badge="${focused}"]`))?.focus();
      }
    },
  };
}
