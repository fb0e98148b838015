// Title and dek: what this is, how much of it, when.

import { dekParts, titleWords } from "../state/describe.js";
import { data, el, rich } from "./el.js";

/** @param {import("./app.js").App} app */
export function masthead(app) {
  const { store, words, hot, extent } = app;
  const title = store.meta.title || titleWords(store, words, hot);
  document.title = title;
  const dek = el("p", { class: "dek" });
  let inHot = 0;
  for (let i = 0; hot && i < store.n; i++) {
    if (store.dateStart[i] <= hot.to && store.dateEnd[i] >= hot.from) inHot++;
  }
  dek.append(...rich(dekParts(words, { n: store.n, extent, hot, inHot }), ["reports"]));
  if (app.unplaced.length) {
    dek.append(
      " · ",
      el("button", {
        class: "plain",
        type: "button",
        dataset: { mapper: "unplaced" },
        text: words.t("dek_off", { n: app.unplaced.length }),
        on: {
          click: () =>
            app.showList?.({
              indexes: app.unplaced,
              title: words.t("unplaced_title", { n: app.unplaced.length }),
            }),
        },
      }),
    );
  }
  const safety = store.meta.safety ? data(store.meta.safety, "p", { class: "safety" }) : null;
  return el("header", { class: "masthead" }, data(title, "h1"), dek, safety);
}
