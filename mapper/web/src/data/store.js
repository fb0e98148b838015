/**
 * The decoded data of the page: typed columns, one entry a report, sorted by place and date.
 *
 * How to read it
 *   store.n                                  number of reports, unplaced ones too
 *   store.dateStart[i], store.dateEnd[i]     days since 1970-01-01, NODATE where missing
 *   store.family[i]                          index into store.meta.families
 *   store.column("actor1")                   {codes, values}: codes[i] of a report; 0 is missing
 *   store.text("actor1", i)                  the string itself ("" where missing)
 *   store.number("fatalities_best", i)       the number itself (NaN where missing)
 *   store.place[i]                           index into the table of places
 *   store.column("country")                  place columns answer a row at a time too
 *   store.placeOf(i)                         everything about the place of a report, as an object
 *   store.id(i), store.indexOf(id)           incident_id, and back
 *   await store.report(i)                    all text columns of one report, as written
 *
 * ROW_TEXT    event_type date_precision event_id actor1 actor2 source_name source_lang
 *             people_role fatalities_kind injured_kind people_kind crossing_status relates_to
 *             source_file
 * ROW_NUMBER  fatalities_low fatalities_best fatalities_high injured_low injured injured_high
 *             people_low people people_high
 * PLACE_TEXT  place place_country place_admin1 place_admin2 status shape precision method
 *             matched_name place_id parts runner_up reason_code reason_args reason country admin1
 *             border nearest_crossing
 * PLACE_NUMBER latitude longitude uncertainty_km confidence n_candidates border_km crossing_km
 * report(i)   incident_id date_text event_label description source_url source_date claim_note
 *             crossing_status_detail source_row given_latitude
 *             given_longitude given_uncertainty_km and the file's own further columns
 *             (columns hidden or left out by --texts are absent)
 */
import { NODATE } from "./decode.js";
import { Strings } from "./strings.js";

export { NODATE };

/**
 * @typedef {object} Credit  who must be named, or what must be said, beside the map
 * @property {string} text  as it is written where no script runs
 * @property {string} url   "" for none
 * @property {string} [key]   of our own sentences: the message of the map's catalogue
 * @property {string} [view]  ISO2 of the country whose view of disputed ground is drawn
 */

/**
 * @typedef {Uint8Array|Uint16Array|Uint32Array} Codes
 * @typedef {{codes: Codes, values: Strings}} TextColumn      values.at(0) is ""
 * @typedef {{codes: Codes, values: Float64Array}} NumberColumn  values[0] is NaN
 *
 * @typedef {object} Family   a family of event types: one colour and one symbol
 * @property {string} key
 * @property {string[]} types
 * @property {"circle"|"triangle-up"|"bar"|"square"|"triangle-down"|"dot"} symbol
 * @property {string} light   colour on light ground
 * @property {string} dark    colour on dark ground
 *
 * @typedef {object} Interval  what one source says of one crossing for a stretch of time
 * @property {string} status   open restricted closed blocked disputed unknown
 * @property {string} side     ISO2 or ""
 * @property {string} mode     foot vehicles cargo all …
 * @property {number|null} from  day number
 * @property {number|null} to    day number (inclusive), null where it still lasts
 * @property {string} [at]  the hour it began on its first day, or "evening"
 * @property {string} source
 * @property {string} [detail]
 *
 * @typedef {object} Claim     a report that a crossing was closed, reopened or blocked
 * @property {number|null} day   day number, null where the report has no date
 * @property {number|null} to    last day the report is about (inclusive)
 * @property {string} type     border_closure border_reopening crossing_blocked
 * @property {string} source   who says it
 * @property {string} incident_id
 * @property {"crossing"|"near"|"border"} at  it names the crossing, a town by it, the whole border
 *
 * @typedef {object} Crossing
 * @property {string} id       crossing id, e.g. "co-ve-simon-bolivar"
 * @property {string} pair     "CO-VE"
 * @property {string} name
 * @property {Record<string, string>} names  by language
 * @property {number} lat
 * @property {number} lon
 * @property {string} mode
 * @property {Interval[]} status
 * @property {[number, string][]} calendar  first day and status of each stretch, in order
 * @property {Claim[]} [claims]  what reports say of it, by day; beside the status, never over it
 * @property {number} [claims_left_out]  how many earlier claims are not in the page
 *
 * @typedef {object} Dispute   a disputed stretch of a land border; drawn dashed, with its note
 * @property {string} id
 * @property {string} name
 * @property {string[]} claimants  ISO2
 * @property {string} note
 * @property {string} source
 *
 * @typedef {object} Hot       a group of places with many reports
 * @property {string} name     ready to show in the page's first language, e.g. "Táchira bridges"
 * @property {string} area     the name inside it that is no word of ours, e.g. "Táchira"
 * @property {string} kind     "place" | "crossings" | "strip"; message key `map.hot.<kind>` {area}
 * @property {number} count    reports in it before any filter
 * @property {[number, number, number, number]} bounds  south, west, north, east
 * @property {number[]} places  its places
 *
 * @typedef {object} Meta
 * @property {string} version       of mapper
 * @property {string} title         "" where none was given
 * @property {string} lang          the language the page opens in
 * @property {Record<string, Record<string, Record<string, string|Record<string, string>>>>} messages
 *   by language, stage ("page", "map", "geocode", …) and key; English fills what a language lacks
 * @property {Family[]} families    in the order of legends and stacks
 * @property {Record<"light"|"dark", Record<string, string>>} themes
 * @property {Crossing[]} crossings those near the reports
 * @property {Hot[]} hot            densest first
 * @property {Record<string, Record<string, string>>} countries  ISO2 → language → name
 * @property {Record<string, string>} admin1      code → name
 * @property {Record<string, string>} [admin2]    place_id → name of the second-level area it lies in
 * @property {{name: string, unit: string, kind: string, own: boolean}[]} columns  text columns
 *   report() may hold, in order; own: the file's own column rather than one of ours
 * @property {Credit[]} attribution
 * @property {Dispute[]} [disputes]  whose lines the basemap holds: paths of kind "disputed", key = id
 * @property {string} [view]         ISO2 whose drawing of disputed ground was asked for, or ""
 * @property {boolean} [exports]     false: the sources' terms forbid passing the data on as a file
 * @property {"full"|"short"|"none"} texts
 * @property {string[]} files       names of the input files
 * @property {string} [review]      name of the file of decisions; absent: no review view
 * @property {string} [places]      digest of the table of places written with the page
 * @property {any} [changes]     against the edition before, see state/changes.js; absent without one
 * @property {{url: string, host: string, name: string, max_zoom: number}} [tiles]  online, opt-in
 * @property {{min_zoom: number, max_zoom: number, layers: string[]}} [streets]  vector tiles in the page
 * @property {string} [marking]     handling mark at the head of page, print and picture
 * @property {string} safety        what was withheld or coarsened, in words; "" for nothing
 *
 * @typedef {object} Place          one record of the table of places
 * @property {string} place         as written
 * @property {string} shape         point area line list none
 * @property {number} latitude
 * @property {number} longitude
 * @property {number} uncertainty_km
 * @property {string} matched_name
 * @property {string} place_id
 */

/** A coded column whose codes are made when first asked for. @implements {TextColumn} */
class Coded {
  #make;

  /** @param {import("./decode.js").Column} make @param {any} values */
  constructor(make, values) {
    this.#make = make;
    this.values = values;
  }

  get codes() {
    return /** @type {Codes} */ (this.#make());
  }

  /** The code of one row; the others are not decoded for it. @param {number} i */
  code(i) {
    return this.#make.at(i);
  }
}

/** @param {Coded | {codes: Codes}} column @param {number} i @returns {number} */
const codeOf = (column, i) => (column instanceof Coded ? column.code(i) : column.codes[i]);

export class Store {
  /** @type {Map<string, TextColumn|NumberColumn>} */
  #columns = new Map();
  /** @type {Map<string, TextColumn|NumberColumn|(() => Float64Array)>} */
  #placeColumns = new Map();
  /** @type {import("./texts.js").Texts} */
  #texts;
  /** @type {import("./ids.js").Ids} */
  #ids;

  /**
   * @param {import("./decode.js").Decoded} decoded
   * @param {import("./texts.js").Texts} texts
   * @param {import("./ids.js").Ids} ids
   */
  constructor(decoded, texts, ids) {
    const { meta, rows, places, strings } = decoded;
    /** @type {Meta} */
    this.meta = meta;
    this.n = rows.n;
    this.dateStart = /** @type {Int32Array} */ (rows.columns.date_start());
    this.dateEnd = /** @type {Int32Array} */ (rows.columns.date_end());
    /** Index into the table of places. */
    this.place = /** @type {Codes} */ (rows.columns.place());
    /** Index into `meta.families`. */
    this.family = /** @type {Uint8Array} */ (rows.columns.family());
    /** Number of records in the table of places. */
    this.placeCount = places.n;
    this.latitude = /** @type {Float64Array} */ (places.columns.latitude());
    this.longitude = /** @type {Float64Array} */ (places.columns.longitude());
    this.#texts = texts;
    this.#ids = ids;
    for (const [into, table] of /** @type {const} */ ([
      [this.#columns, rows],
      [this.#placeColumns, places],
    ])) {
      for (const [name, make] of Object.entries(table.columns)) {
        // the rows' own `place` points into the table of places; its name is a column of theirs
        if (table === rows && name === "place") continue;
        const values = strings[name] ?? table.values[name];
        if (values) into.set(name, new Coded(make, values));
        else if (table === places) this.#placeColumns.set(name, /** @type {any} */ (make));
      }
    }
  }

  /** Names of all coded columns that `column` answers. */
  get names() {
    return [...this.#columns.keys(), ...this.#placeColumns.keys()];
  }

  /**
   * A text column with one code a report. Columns of places are spread over their reports once.
   * @param {string} name
   * @returns {TextColumn}
   */
  column(name) {
    const found = this.#columns.get(name);
    if (found) return /** @type {TextColumn} */ (found);
    const ofPlaces = /** @type {TextColumn|undefined} */ (this.#placeColumns.get(name));
    if (!ofPlaces || !("codes" in ofPlaces)) throw new RangeError(`no column ${name}`);
    const Kind = /** @type {any} */ (ofPlaces.codes).constructor;
    const codes = new Kind(this.n);
    for (let i = 0; i < this.n; i++) codes[i] = ofPlaces.codes[this.place[i]];
    const spread = { codes, values: ofPlaces.values };
    this.#columns.set(name, spread);
    return spread;
  }

  /**
   * A number column with one code a report.
   * @param {string} name
   * @returns {NumberColumn}
   */
  numbers(name) {
    const found = this.#columns.get(name);
    if (!found || !(found.values instanceof Float64Array)) throw new RangeError(`no column ${name}`);
    return /** @type {NumberColumn} */ (found);
  }

  /**
   * The text of a coded column for report `i`; "" where missing.
   * @param {string} name
   * @param {number} i
   * @returns {string}
   */
  text(name, i) {
    const own = this.#columns.get(name);
    if (own && own.values instanceof Strings) return own.values.at(codeOf(own, i));
    return this.placeText(name, this.place[i]);
  }

  /**
   * The number of a column for report `i`; NaN where missing.
   * @param {string} name
   * @param {number} i
   * @returns {number}
   */
  number(name, i) {
    const own = this.#columns.get(name);
    if (own && own.values instanceof Float64Array) return own.values[codeOf(own, i)];
    return this.placeNumber(name, this.place[i]);
  }

  /**
   * @param {string} name
   * @param {number} p  index of a place
   * @returns {string}
   */
  placeText(name, p) {
    const found = this.#placeColumns.get(name);
    if (!found || !("codes" in found) || !(found.values instanceof Strings)) return "";
    return found.values.at(codeOf(found, p));
  }

  /**
   * The codes and values of a text column of the table of places.
   * @param {string} name
   * @returns {TextColumn}
   */
  placeColumn(name) {
    const found = this.#placeColumns.get(name);
    if (!found || !("codes" in found)) throw new RangeError(`no place column ${name}`);
    return /** @type {TextColumn} */ (found);
  }

  /**
   * @param {string} name
   * @param {number} p  index of a place
   * @returns {number}
   */
  placeNumber(name, p) {
    const found = this.#placeColumns.get(name);
    if (typeof found === "function") return found()[p];
    if (found && found.values instanceof Float64Array) return found.values[codeOf(found, p)];
    return NaN;
  }

  /**
   * Everything about the place of report `i`.
   * @param {number} i
   * @returns {Place & Record<string, string|number>}
   */
  placeOf(i) {
    return this.placeRecord(this.place[i]);
  }

  /**
   * @param {number} p  index of a place
   * @returns {Place & Record<string, string|number>}
   */
  placeRecord(p) {
    /** @type {Record<string, string|number>} */
    const record = {};
    for (const [name, found] of this.#placeColumns) {
      const isText = "codes" in found && found.values instanceof Strings;
      record[name] = isText ? this.placeText(name, p) : this.placeNumber(name, p);
    }
    return /** @type {any} */ (record);
  }

  /**
   * The incident_id of report `i`.
   * @param {number} i
   * @returns {string}
   */
  id(i) {
    return this.#ids.at(i);
  }

  /**
   * The report with this incident_id, or -1.
   * @param {string} id
   * @returns {number}
   */
  indexOf(id) {
    return this.#ids.indexOf(id);
  }

  /**
   * All text columns of report `i`, as written. The block it lies in is inflated and kept.
   * @param {number} i
   * @returns {Promise<Record<string, string>>}
   */
  async report(i) {
    return { incident_id: this.id(i), ...(await this.#texts.row(i)) };
  }

  /**
   * Calls `visit(i, record)` for every report in order, a block at a time, yielding to the page
   * between blocks; stops when `visit` returns false.
   * @param {(i: number, record: Record<string, string>) => boolean|void} visit
   * @returns {Promise<void>}
   */
  eachReport(visit) {
    return this.#texts.each((i, record) => visit(i, { incident_id: this.id(i), ...record }));
  }

  /**
   * Searches the text columns off the main thread's critical path.
   * @param {(text: string) => boolean} matches
   * @param {(done: number, of: number) => void} [progress]
   * @returns {Promise<Uint8Array>} 1 where one of the report's texts matches
   */
  searchTexts(matches, progress) {
    return this.#texts.search(this.n, matches, progress);
  }
}
