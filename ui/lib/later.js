// @ts-check
// Pages of a screen that come when they are opened, or once the screen is left alone.

/** @template T */
export class Later {
  /** @param {Record<string, () => Promise<T>>} pages how each is fetched
   * @param {() => void} changed called when one came, or did not
   * @param {Record<string, T>} [here] those that came with the screen */
  constructor(pages, changed, here = {}) {
    this.pages = pages;
    this.changed = changed;
    /** @private @type {Record<string, T>} */
    this.here = here;
    /** Those on their way, and those that did not come.
     * @private @type {Map<string, 'coming'|'failed'>} */
    this.away = new Map();
  }

  /** @param {string} code */
  has(code) {
    return Object.hasOwn(this.here, code) || Object.hasOwn(this.pages, code);
  }

  /** A page, null while it is not here; the first question fetches it.
   * @param {string} code @returns {T|null} */
  page(code) {
    if (!Object.hasOwn(this.here, code) && !this.away.has(code)) this.fetch(code);
    return this.here[code] ?? null;
  }

  /** Whether a page did not come. @param {string} code */
  failed(code) {
    return this.away.get(code) === 'failed';
  }

  /** Fetches a page unless it is here or on its way.
   * @param {string} code */
  async fetch(code) {
    if (Object.hasOwn(this.here, code) || this.away.get(code) === 'coming') return;
    this.away.set(code, 'coming');
    try {
      this.here[code] = await this.pages[code]();
      this.away.delete(code);
    } catch {
      this.away.set(code, 'failed');
    }
    this.changed();
  }

  /** Fetches them all, one after the other, so that what the screen itself asks for goes
   * first. */
  async rest() {
    for (const code of Object.keys(this.pages)) await this.fetch(code);
  }
}
