// Where the parts stand: columns around the map on a desk, a map with a sheet on a phone.

import { el } from "./el.js";
import { changesPanel } from "./changes.js";
import { chipsBar } from "./chips.js";
import { crossingsPanel } from "./crossings.js";
import { detailsPanel } from "./details.js";
import { disputesPanel } from "./disputes.js";
import { filtersPanel } from "./facets.js";
import { hotJumps } from "./hot.js";
import { killedAnswer } from "./killed.js";
import { legend, legendLine } from "./legend.js";
import { masthead } from "./masthead.js";
import { printSheet } from "./print.js";
import { searchBox } from "./search.js";
import { sheetBar } from "./sheet.js";
import { tablePanel } from "./table.js";
import { timeline } from "./timeline.js";
import { tools } from "./tools.js";

/**
 * Tell the page around a small frame how tall this one would like to be: a map is three quarters as
 * tall as wide, but never less than a thumb can use. Nothing of the data is in the message.
 * @param {HTMLElement} foot  the line under the map
 */
function askForHeight(foot) {
  const ask = () => {
    const height = Math.round(Math.min(640, Math.max(320, innerWidth * 0.75)) + foot.offsetHeight);
    window.parent.postMessage({ type: "mapper:height", height }, "*");
  };
  new ResizeObserver(ask).observe(foot);
  ask();
}

/** @param {import("./app.js").App} app */
export function arrange(app) {
  const { root } = app;
  const mapBox = /** @type {HTMLElement} */ (root.querySelector("#map"));
  const stage = el("main", { class: "stage", id: "stage" });
  const frame = {
    side: el("aside", { class: "side" }),
    time: el("section", { class: "time", dataset: { mapper: "timeline" } }),
    stage,
    reading: el("aside", { class: "reading", dataset: { mapper: "details" } }),
  };
  const over = el("div", { class: "over" });
  const tableBox = el("section", { class: "tablebox", dataset: { mapper: "table" }, hidden: true });
  const foot = el("div", { class: "embed-line" });
  const bar = el("nav", { class: "sheetbar" });
  const sheet = el("section", { class: "printed" });
  const voice = el("div", { class: "voice", "aria-live": "polite", role: "status" });
  root.classList.add("app");
  root.classList.toggle("embed", app.embed);
  stage.append(over, tableBox, mapBox, foot);
  root.append(voice, frame.side, frame.time, stage, frame.reading, bar, sheet);

  const build = () => {
    const { words } = app;
    document.documentElement.lang = words.lang;
    document.documentElement.dir = words.rtl ? "rtl" : "ltr";
    app.addVoice((text) => {
      voice.textContent = text;
    });
    frame.side.setAttribute("aria-label", words.t("part_controls"));
    frame.reading.setAttribute("aria-label", words.t("part_details"));
    if (!mapBox.hasAttribute("role")) mapBox.setAttribute("role", "region");
    mapBox.setAttribute("aria-label", words.t("part_map"));
    const controls = el(
      "div",
      { class: "controls", id: "controls" },
      searchBox(app),
      legend(app),
      changesPanel(app),
      hotJumps(app),
      killedAnswer(app),
      crossingsPanel(app) ?? "",
      disputesPanel(app) ?? "",
      filtersPanel(app),
      tools(app),
    );
    frame.side.replaceChildren(masthead(app), controls);
    over.replaceChildren(chipsBar(app));
    if (app.embed) foot.replaceChildren(legendLine(app, true));
    tablePanel(app, tableBox);
    timeline(app, frame.time);
    detailsPanel(app, frame.reading);
    sheetBar(app, bar);
    printSheet(app, sheet);
    let last = -1;
    app.on("filter", ({ visible }) => {
      if (visible !== last) app.say(words.t("counts", { n: visible, all: app.store.n }));
      last = visible;
    });
  };
  app.rebuild = () => {
    const { selection } = app;
    app.release();
    build();
    app.bus.emit("filter", { mask: app.engine.mask, visible: app.engine.visible });
    if (app.showDetails) void app.showDetails(selection);
  };
  build();
  new ResizeObserver(() => app.map.resize()).observe(mapBox);
  if (app.embed && window.parent !== window) askForHeight(foot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (!app.theme) app.applyTheme();
  });
}
