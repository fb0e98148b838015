// On a phone everything but the map lies in a sheet at the lower edge, with three stops.

import { el } from "./el.js";

const STOPS = ["low", "half", "full"];

/** @param {import("./app.js").App} app @param {HTMLElement} bar */
export function sheetBar(app, bar) {
  const { root, words } = app;
  /** @param {string} stop */
  const moveTo = (stop) => {
    root.dataset.sheet = stop;
    grip.setAttribute("aria-expanded", String(stop !== "low"));
    grip.setAttribute("aria-label", words.t(`sheet_${stop}`));
  };
  /** @param {string} tab */
  const show = (tab) => {
    root.dataset.tab = tab;
    for (const [name, button] of tabs) button.setAttribute("aria-pressed", String(name === tab));
    if (tab === "table") app.openTable?.(true);
  };
  const grip = el("button", { type: "button", class: "grip", on: { click: () => {
    if (dragged) return;
    const now = STOPS.indexOf(root.dataset.sheet ?? "low");
    moveTo(STOPS[(now + 1) % STOPS.length]);
  } } }, el("span", { class: "grip-mark" }));
  const tabs = /** @type {[string, HTMLButtonElement][]} */ (["controls", "reading", "table"].map((name) => [
    name,
    el("button", { type: "button", class: "tab", text: words.t(`tab_${name}`), on: { click: () => {
      const same = root.dataset.tab === name && root.dataset.sheet !== "low";
      show(name);
      moveTo(same ? "low" : root.dataset.sheet === "low" ? "half" : root.dataset.sheet ?? "half");
    } } }),
  ]));
  let dragged = false;
  let start = 0;
  grip.addEventListener("pointerdown", (event) => {
    start = event.clientY;
    dragged = false;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    if (Math.abs(event.clientY - start) > 8) dragged = true;
    if (dragged) root.style.setProperty("--drag", `${innerHeight - event.clientY}px`);
  });
  grip.addEventListener("pointerup", (event) => {
    root.style.removeProperty("--drag");
    if (!dragged) return;
    const share = 1 - event.clientY / innerHeight;
    moveTo(share < 0.28 ? "low" : share < 0.7 ? "half" : "full");
  });
  bar.setAttribute("aria-label", words.t("part_sheet"));
  bar.replaceChildren(grip, el("div", { class: "tabs", role: "group" }, tabs.map(([, button]) => button)));
  app.openSheet = (tab) => {
    show(tab);
    if ((root.dataset.sheet ?? "low") === "low") moveTo("half");
  };
  show(root.dataset.tab ?? "controls");
  moveTo(root.dataset.sheet ?? "low");
}
