import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "../../mapper/web/src/state/dates.js";
import {
  borderWords, citation, countPhrase, countWords, dateWords, dekParts, linkOf, reasonWords, sureWords, titleWords,
  typeLabel,
} from "../../mapper/web/src/state/describe.js";
import { createWords } from "../../mapper/web/src/state/words.js";
import { fakeStore } from "./fake_store.js";

const EN = {
  reports: { one: "{n} report", other: "{n} reports" },
  count_at_least: "at least {n}", count_up_to: "up to {n}", count_best: "{span} (best {best})",
  measure_killed: "{value} killed", measure_injured: "{value} injured", measure_people: "{value} people",
  kind_running: "running count on {day}", kind_total: "border-wide total", kind_unknown: "not said",
  date_unknown: "no date", date_about: "about {range}", type_clash: "Clash", type_none: "no type",
  precision_crossing: "crossing", sure_km: "{what}, ±{km} km", sure_none: "not found",
  border_side: "{side}, {km} km from {border}", border_unsure: "{sides}: cannot tell",
  title_border: "{a}–{b} border", title_plain: "Incidents", title_when: "{subject}, {period}",
  dek_plain: "{reports}, {period}", dek_hot: "{reports}, {period}, {hot} of them {span}", dek_undated: "{reports} undated",
};
const words = createWords("en", EN);
const plain = (text) => text.replace(/[\u2009\u202f\u00a0]/g, " ");

test("words: plurals, figures, missing messages", () => {
  assert.equal(words.t("reports", { n: 1 }), "1 report");
  assert.equal(words.t("reports", { n: 7902 }), "7,902 reports");
  assert.equal(words.t("no_such_message"), "no_such_message");
  const ar = createWords("ar", { reports: { two: "تقريران", other: "{n} تقرير" } });
  assert.equal(ar.t("reports", { n: 2 }), "تقريران");
  assert.equal(ar.t("reports", { n: 100 }), "100 تقرير");
  assert.ok(ar.rtl);
});

test("words: arguments are text, never patterns", () => {
  const tricky = createWords("en", { say: "{a} and {b}" });
  assert.equal(tricky.t("say", { a: "{b}", b: "${alert(1)}" }), "{b} and ${alert(1)}");
});

test("words: spans of days say no part twice", () => {
  const range = (lang, a, b) => plain(createWords(lang, {}).range(dayOf(a), dayOf(b)));
  assert.equal(range("en", "2019-02-21", "2019-02-28"), "21–28 Feb 2019");
  assert.equal(range("en", "2015-07-29", "2019-03-20"), "29 Jul 2015 – 20 Mar 2019");
  assert.equal(range("es", "2019-02-21", "2019-02-28"), "21–28 feb 2019");
  assert.equal(range("en", "2019-02-21", "2019-02-21"), "21 Feb 2019");
});

test("describe: a count as its source gives it", () => {
  assert.equal(countWords(words, NaN, NaN, NaN), "");
  assert.equal(countWords(words, NaN, 285, NaN), "285");
  assert.equal(countWords(words, 2, 2, 2), "2");
  assert.equal(countWords(words, 1, 1, 2), "1–2");
  assert.equal(countWords(words, 1, 3, 9), "1–9 (best 3)");
  assert.equal(countWords(words, 2, 2, NaN), "at least 2");
  assert.equal(countWords(words, 2, 5, NaN), "at least 2 (best 5)");
  assert.equal(countWords(words, NaN, NaN, 15), "up to 15");
  assert.equal(countWords(words, NaN, 0, NaN), "0");
});

const store = fakeStore([
  { event_type: "clash", date_start: "2019-02-22", date_end: "2019-02-24", fatalities_low: 4, fatalities_best: 4,
    fatalities_kind: "running", injured: 285, injured_kind: "total", shape: "point", precision: "crossing",
    uncertainty_km: 0.31, country: "CO|VE", border: "CO-VE", matched_name: "Bridge" },
  { event_type: "air raid", date_start: "2019-02-01", date_end: "2019-02-28", date_precision: "month", people: 567,
    people_role: "soldiers (cumulative)", people_kind: "event", shape: "point", country: "VE", border: "CO-VE", border_km: 12.4,
    precision: "settlement", uncertainty_km: 12, reason: "as stored", reason_code: "r", reason_args: '{"n": 2}' },
  { date_precision: "unknown", shape: "none" },
]);

test("describe: counts with their kinds in words", () => {
  assert.equal(plain(countPhrase(store, words, 0)),
    "at least 4 killed (running count on 24 Feb 2019); 285 injured (border-wide total)");
  assert.equal(countPhrase(store, words, 1), "567 soldiers (cumulative)");
  assert.equal(countPhrase(store, words, 2), "");
});

test("describe: dates as precise as they are known", () => {
  assert.equal(plain(dateWords(store, words, 0)), "22–24 Feb 2019");
  assert.equal(dateWords(store, words, 1), "February 2019");
  assert.equal(dateWords(store, words, 2), "no date");
});

test("describe: type, certainty, border", () => {
  assert.equal(typeLabel(words, "clash"), "Clash");
  assert.equal(typeLabel(words, "air raid"), "air raid");
  assert.equal(sureWords(store, words, 0), "crossing, ±0.31 km");
  assert.equal(sureWords(store, words, 2), "not found");
  assert.equal(borderWords(store, words, 0), "Colombia and Venezuela: cannot tell");
  assert.equal(borderWords(store, words, 1), "Venezuela, 12 km from Colombia–Venezuela");
});

test("describe: headline and dek from the data", () => {
  const hot = { from: dayOf("2019-02-21"), to: dayOf("2019-02-28") };
  assert.equal(titleWords(store, words, hot), "Colombia–Venezuela border, February 2019");
  const extent = { from: dayOf("2015-07-29"), to: dayOf("2019-03-20") };
  const dek = dekParts(words, { n: 203, extent, hot, inHot: 156 });
  assert.equal(plain(dek.map((part) => part.text).join("")),
    "203 reports, 29 Jul 2015 – 20 Mar 2019, 156 of them 21–28 Feb 2019");
  assert.equal(dek[0].field, "reports");
});

test("describe: a reason in the language of the page, else as stored", () => {
  const reasons = (messages) => createWords("en", messages);
  assert.equal(reasonWords(store, reasons({ r: "{n} times" }), 1), "2 times");
  assert.equal(reasonWords(store, reasons({ r: "{where} {n}" }), 1), "as stored");
  assert.equal(reasonWords(store, reasons({}), 1), "as stored");
});

test("describe: only web addresses are links", () => {
  assert.equal(linkOf("https://www.example.org/a")?.host, "example.org");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "", "example.org", " java\nscript:alert(1)", "file:///etc/passwd"]) {
    assert.equal(linkOf(bad), null);
  }
});

test("describe: a citation", () => {
  const record = { description: "Two died.", source_url: "https://e.org/1", incident_id: "X-1", source_date: "2019-02-24" };
  assert.equal(citation(record, "El País", "23 Feb 2019"),
    "El País (2019-02-24). “Two died.” 23 Feb 2019. https://e.org/1. [X-1]");
});

test("a round length has its unit in the language of the page", () => {
  assert.equal(createWords("en", {}).length(500), "500 m");
  assert.equal(createWords("es", {}).length(5000), "5 km");
  assert.equal(createWords("ar", {}).length(10000), "10 كم");
});

test("in a page from right to left what comes from the data keeps its own direction", () => {
  const store = fakeStore([{ reason_code: "r", reason_args: '{"name": "Ure\u00f1a"}', reason: "as stored" }]);
  const ar = createWords("ar", { r: "\u00ab{name}\u00bb \u0627\u0633\u0645" });
  assert.equal(reasonWords(store, ar, 0), "\u00ab\u2068Ure\u00f1a\u2069\u00bb \u0627\u0633\u0645");
  assert.equal(reasonWords(store, createWords("ar", {}), 0), "\u2068as stored\u2069");
});

test("a language is named in the reader's; what is no code stays as it is", () => {
  assert.equal(createWords("en", {}).tongue("es"), "Spanish");
  assert.equal(createWords("fr", {}).tongue("ar"), "arabe");
  assert.equal(createWords("en", {}).tongue("Spanish and Wayuu"), "Spanish and Wayuu");
  assert.equal(createWords("en", {}).tongue(""), "");
});
