/**
 * What is told where the page comes to grief before its map stands: in the language of the page, from
 * the page itself, with the still picture and the table below. Imported first of all.
 */
const page = document.documentElement;

/** @param {unknown} error */
export function fail(error) {
  if (page.dataset.mapper !== "building") return;
  page.dataset.mapper = "error";
  const root = document.getElementById("mapper");
  if (root) root.hidden = true;
  const notice = document.getElementById("mapper-failed");
  if (!notice) return;
  notice.hidden = false;
  const said = document.createElement("bdi");
  said.className = "mapper-error-said";
  said.textContent = ` (${error instanceof Error ? error.message : error})`;
  notice.append(said);
}

const early = new AbortController();
// what is thrown before the program has begun, in an old browser say
addEventListener("error", ({ error, message }) => fail(error ?? message), { signal: early.signal });

/** From here on errors are told by the promise of the page. */
export const begun = () => early.abort();
