// @ts-check
// The branch's own pictures, as of a revision.

export class Slides {
  rev = 0;
  /** @type {string[]} */
  list = [];

  /** Keeps up with the revision that a view tells. A list that did not come is asked for
   * again with the next view; until then the known one stays.
   * @param {number} rev @param {(path: string) => Promise<any>} read null where nothing came */
  async follow(rev, read) {
    if (rev === this.rev) return;
    this.rev = rev;
    const body = await read('/api/v1/media');
    if (body) this.list = body.items.filter((/** @type {any} */ item) => item.kind === 'slide').map((/** @type {any} */ item) => `/api/v1/media/files/${item.file}`);
    else this.rev = -1;
  }
}
