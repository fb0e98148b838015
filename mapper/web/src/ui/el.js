// Elements made the only way this page makes them: no markup is ever parsed from a text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined | false} Plain
 * @typedef {Plain | Plain[]} Child
 * @typedef {Record<string, any>} Attributes  `class`, `dataset`, `on` (listeners), `style` (custom
 *   and plain properties, set through the CSSOM), `text`, and attributes by name; `false`, null
 *   and undefined leave an attribute out, `true` sets it empty
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  return /** @type {any} */ (dress(document.createElement(tag), attributes, children));
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  return /** @type {any} */ (dress(document.createElementNS(SVG, tag), attributes, children));
}

/** @param {Element} node @param {Attributes} attributes @param {(Child | Child[])[]} children */
function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") node.setAttribute("class", value);
    else if (name === "text") node.textContent = String(value);
    else if (name === "dataset") Object.assign(/** @type {HTMLElement} */ (node).dataset, value);
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "style") {
      for (const [property, set] of Object.entries(value)) {
        /** @type {HTMLElement} */ (node).style.setProperty(property, String(set));
      }
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** @param {Element} node @param {(Child | Child[])[]} children */
function append(node, children) {
  for (const child of children.flat(2)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(typeof child === "number" ? String(child) : /** @type {Node | string} */ (child));
  }
}

/**
 * Put other children into an element.
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/**
 * Text of the data: shown as it is, in the direction of its own script.
 * @param {string} text
 * @param {string} [tag]
 * @param {Attributes} [attributes]
 */
export function data(text, tag = "span", attributes = {}) {
  return el(/** @type {any} */ (tag), { dir: "auto", text, ...attributes });
}

/**
 * A message as nodes, with chosen arguments set bold (or made into any node).
 * @param {import("../state/words.js").Part[]} parts
 * @param {string[]} bold names of the arguments to set bold
 * @param {Record<string, Node>} [nodes] nodes to stand for arguments
 * @returns {(Node | string)[]}
 */
export function rich(parts, bold = [], nodes = {}) {
  return parts.map(({ text, field }) => {
    if (field && nodes[field]) return nodes[field];
    return field && bold.includes(field) ? el("b", { text }) : text;
  });
}
