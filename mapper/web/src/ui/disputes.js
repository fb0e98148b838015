// The disputed lines on the map, dashed there: what each is, who claims it, who says so.

import { countryName, linkOf } from "../state/describe.js";
import { data, el } from "./el.js";

/** @param {import("./app.js").App} app */
export function disputesPanel(app) {
  const { words, store } = app;
  const { disputes = [], view = "" } = store.meta;
  if (!disputes.length) return null;
  const rows = disputes.map(({ name, claimants, note, source }) => {
    const link = linkOf(source);
    return el("li", {}, data(name, "b"), " ",
      el("span", { class: "quiet", text: words.t("disputes_claimed", { countries: words.list(claimants.map((code) => countryName(store, words, code))) }) }),
      // the note is written in English alone
      words.lang === "en" && note ? [". ", data(note)] : null, source ? [" · ", link ? el("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", dir: "ltr", text: link.host }) : data(source)] : null);
  });
  return el("details", { class: "block disputes" },
    el("summary", {}, el("h2", { text: words.t("disputes_title", { n: disputes.length }) })),
    el("p", { class: "quiet", text: view ? words.t("disputes_view", { country: countryName(store, words, view) }) : words.t("disputes_dashed") }),
    el("ul", { class: "told" }, rows));
}
