// @ts-check
// Exchanging what has changed on a page that the server wrote, and nothing else: a form
// that somebody is filling in and a list that they opened stay as they are.

/** The page as it is now, or null when its link is over. The browser itself reads the
 * document; no text becomes markup here.
 * @param {string} address @returns {Promise<HTMLElement|null>} */
export function fetchPage(address) {
  return new Promise((done, failed) => {
    const ask = new XMLHttpRequest();
    ask.open('GET', address);
    ask.responseType = 'document';
    ask.timeout = 8000;
    ask.onload = () => {
      const main = /** @type {HTMLElement|null} */ (ask.response?.querySelector('main[data-feed]') ?? null);
      if (ask.status === 200 && main) done(main);
      else if (ask.status === 404) done(null);
      else failed(new Error(`status ${ask.status}`));
    };
    ask.onerror = ask.ontimeout = () => failed(new Error('no answer'));
    ask.send();
  });
}

/** The call that a page shows, "" for none.
 * @param {{dataset: DOMStringMap}} main */
export function called(main) {
  return main.dataset.call ?? '';
}

/** The steps that make one list of parts into another: which to keep, to put in anew and
 * to take out. Parts are known by name, and are the same when their text is.
 * @param {{name: string, text: string}[]} old @param {{name: string, text: string}[]} fresh
 * @returns {{name: string, keep: boolean}[]} in the fresh order */
export function plan(old, fresh) {
  const was = new Map(old.map((part) => [part.name, part.text]));
  return fresh.map(({name, text}) => ({name, keep: was.get(name) === text}));
}

/** Puts the fresh page's parts into the shown one.
 * @param {HTMLElement} main @param {HTMLElement} fresh */
export function exchange(main, fresh) {
  const parts = (/** @type {HTMLElement} */ of) => /** @type {HTMLElement[]} */ ([...of.querySelectorAll(':scope > [data-part]')]);
  const told = (/** @type {HTMLElement} */ part) => ({name: part.dataset.part ?? '', text: source(part)});
  const old = new Map(parts(main).map((part) => [part.dataset.part, part]));
  const steps = plan(parts(main).map(told), parts(fresh).map(told));
  const keep = new Set(steps.filter((step) => step.keep || typing(old.get(step.name))).map((step) => step.name));
  for (const [name, part] of old) if (!keep.has(name ?? '')) part.remove();
  /** @type {Element|null} */
  let at = main.querySelector(':scope > [data-part]');
  for (const part of parts(fresh)) {
    const name = part.dataset.part ?? '';
    const node = keep.has(name) ? old.get(name) : remember(document.importNode(part, true), source(part));
    // What stays is not even moved, so that it keeps the focus and its place.
    if (node === at) at = at.nextElementSibling;
    else main.insertBefore(/** @type {HTMLElement} */ (node), at);
  }
  Object.assign(main.dataset, fresh.dataset);
  document.title = fresh.ownerDocument.title;
}

/** Keeps the parts as the server wrote them, before a script touches any.
 * @param {HTMLElement} main */
export function note(main) {
  for (const part of main.querySelectorAll(':scope > [data-part]')) source(/** @type {HTMLElement} */ (part));
}

/** A part's text as the server wrote it: what the script showed and what somebody opened
 * since does not count.
 * @type {WeakMap<Element, string>} */
const written = new WeakMap();

/** @param {HTMLElement} part */
function source(part) {
  const known = written.get(part);
  if (known !== undefined) return known;
  const text = new XMLSerializer().serializeToString(part);
  written.set(part, text);
  return text;
}

/** @param {HTMLElement} part @param {string} text */
function remember(part, text) {
  written.set(part, text);
  return part;
}

/** Whether somebody has begun to answer there.
 * @param {HTMLElement|undefined} part */
function typing(part) {
  const inputs = part ? /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll('input[type="radio"]')]) : [];
  return inputs.some((input) => input.checked !== input.defaultChecked);
}
