/** Making elements. Text is always text: nothing here reads HTML. */

/**
 * Make an element.
 * @param {string} tag its name
 * @param {Object<string, unknown>} [properties] attributes; `on…` are listeners; `class`, `dataset` and `hidden` as
 *   one would think; null, undefined and false leave an attribute out, true writes it empty
 * @param {...(Node|string|null|false|Array)} children nodes, and texts that become text nodes
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draw an icon of one path in a box of 20 × 20.
 * @param {string} path its outline, as in `d`
 * @returns {SVGElement}
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * Return a text with its spans marked.
 * @param {string} text
 * @param {Array<[number, number]>} spans sorted, apart, in characters of Python: a rare character is one, not two
 * @returns {Array<Node|string>}
 */
export function marked(text, spans) {
  const characters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push(characters.slice(at, start).join(""), element("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  pieces.push(characters.slice(at).join(""));
  return pieces.filter((piece) => piece !== "");
}
