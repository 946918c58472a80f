// @ts-check
// Text as large as its place allows, found by measuring: names, languages and numbers
// differ too much in width for a size to be guessed.

/** A line that would have to shrink below this share of its size breaks instead. */
const LINE_LEAST = 0.6;

/** The largest whole number from least to most that fits; least when none does.
 * @param {number} least @param {number} most @param {(size: number) => boolean} fits */
export function largest(least, most, fits) {
  let low = least;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What each place was fitted for: nothing is measured twice while nothing changed.
 * @type {WeakMap<Element, string>} */
let fitted = new WeakMap();

/** Forgets all measures: another font, another display. */
export function refit() {
  fitted = new WeakMap();
}

/** Fits everything that asks for it: data-fit="grid" sets --size so that a list of tiles
 * fills its place, data-fit="line" shrinks one line.
 * @param {ParentNode} root */
export function fitAll(root) {
  for (const list of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll('.recent'))) {
    // A list that has not even room for one whole row is better not begun.
    list.hidden = false;
    const rows = /** @type {HTMLElement} */ (list.querySelector('ul'));
    list.hidden = rows.clientHeight < /** @type {HTMLElement} */ (rows.firstElementChild).offsetHeight;
  }
  for (const one of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll('[data-fit]'))) {
    const key = () => `${one.textContent} ${one.className} ${one.clientWidth} ${one.clientHeight}`;
    if (fitted.get(one) === key()) continue;
    if (one.dataset.fit === 'grid') fitGrid(one);
    else fitLine(one);
    fitted.set(one, key());
  }
}

/** @param {HTMLElement} list */
function fitGrid(list) {
  const inside = () => list.scrollHeight <= list.clientHeight && list.scrollWidth <= list.clientWidth
    && [...list.children].every((tile) => tile.scrollWidth <= tile.clientWidth && tile.scrollHeight <= tile.clientHeight + 1);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const size = largest(Math.floor(rem * 0.8), Math.floor(rem * Number(list.dataset.most)), (px) => {
    list.style.setProperty('--size', `${px}px`);
    return inside();
  });
  list.style.setProperty('--size', `${size}px`);
}

/** @param {HTMLElement} line */
function fitLine(line) {
  line.style.fontSize = '';
  line.classList.remove('breaks');
  const share = line.clientWidth / line.scrollWidth;
  if (share >= 1) return;
  const size = parseFloat(getComputedStyle(line).fontSize);
  line.style.fontSize = `${Math.floor(size * Math.max(share, LINE_LEAST) * 10) / 10}px`;
  if (share < LINE_LEAST) line.classList.add('breaks');
}
