// @ts-check
// A branch that is not there: a screen's own script runs as it is, and its feed and its
// requests are answered from made-up data. The branch's clock stands still, so that a
// picture taken twice is the same picture.

/** @typedef {{status?: number, body: any}|null} Answer what a request gets; null: never an answer */
/** @typedef {{press?: string, click?: string, type?: [string, string], until?: string, focused?: string}} Touch
 *   a key, a click on a selector, a text typed into one, a selector to wait for, or one to be focused */
/** One picture of a screen.
 * @typedef {object} Picture
 * @property {string} name for the address: crowded, empty, offline …
 * @property {string} [search] what stands behind the screen's address: "?room=1&seat=2"
 * @property {string} [hash] what stands behind it after the #
 * @property {Record<string, any>} [feeds] a view for each feed: "/api/v1/feed/lobby"
 * @property {Record<string, Answer>} [answers] for each request: "GET /api/v1/rooms"
 * @property {'live'|'offline'|'silent'|number} [connection] offline: lost after the first
 *   view; silent: open and mute after it; a number: closed at once with that code
 * @property {string} [at] the branch's time, RFC 3339
 * @property {Touch[]} [touches] what somebody does after the first picture
 * @property {'light'|'dark'} [theme]
 * @property {[number, number]} [size] when it differs from the screen's own */
/** A screen and its pictures.
 * served: the server writes the page itself, one for each picture.
 * @typedef {{code: string, page: string, size: [number, number], served?: boolean, pictures: Picture[]}} Shown */

/** The branch's time in every picture that does not say another: a Monday, 09.30 WIB. */
export const AT = '2026-03-02T02:30:00Z';

/** How much faster time passes in a picture of a lost branch, so that nobody waits ten
 * seconds to see what ten seconds of silence look like. */
const HURRY = 20;

/** Puts the made-up branch in the place of the real one; to be called before the
 * screen's script is loaded.
 * @param {Picture} picture @param {any} [world] */
export function install(picture, world = globalThis) {
  const lost = picture.connection === 'offline' || picture.connection === 'silent';
  if (lost) hurry(world, HURRY);
  world.WebSocket = class {
    /** @param {string} address */
    constructor(address) {
      this.readyState = 0;
      const path = address.replace(/^wss?:\/\/[^/]*/, '').replace(/\?.*$/, '');
      const again = opened.has(path);
      opened.add(path);
      world.setTimeout(() => serve(this, picture, path, again), 0);
    }
    send() {}
    close() { this.readyState = 3; }
    /** @param {string} kind @param {(event: any) => void} tell */
    addEventListener(kind, tell) { /** @type {any} */ (this)[`on${kind}`] = tell; }
    removeEventListener() {}
  };
  /** @type {Set<string>} */
  const opened = new Set();
  paint(world);
  world.fetch = (/** @type {any} */ input, /** @type {any} */ init = {}) => answer(picture, String(input?.url ?? input), init.method ?? 'GET');
}

/** Where the branch's own pictures are, and the codes of its tickets' pages. */
const FILES = ['/api/v1/media/files/', '/api/v1/tickets/'];

/** What is shown in the place of a picture that a branch would have uploaded: one dot of
 * a colour of its own for each name, as a GIF.
 * @param {string} address */
export function drawn(address) {
  const mix = [...address].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 16_777_216, 7);
  const colour = [16, 8, 0].map((bits) => 96 + ((mix >> bits) & 127));
  const bytes = [71, 73, 70, 56, 57, 97, 1, 0, 1, 0, 128, 0, 0, ...colour, 0, 0, 0, 44, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 68, 1, 0, 59];
  return `data:image/gif;base64,${btoa(String.fromCharCode(...bytes))}`;
}

/** @param {any} world */
function paint(world) {
  if (!world.Element) return;
  const set = world.Element.prototype.setAttribute;
  world.Element.prototype.setAttribute = function (/** @type {string} */ name, /** @type {any} */ value) {
    const own = name === 'src' && this.localName === 'img' && FILES.some((path) => String(value).startsWith(path));
    return set.call(this, name, own ? drawn(value) : value);
  };
}

/** @param {any} world @param {number} times */
function hurry(world, times) {
  const now = world.performance.now.bind(world.performance);
  const later = world.setTimeout.bind(world);
  const often = world.setInterval.bind(world);
  world.performance.now = () => now() * times;
  world.setTimeout = (/** @type {any} */ run, /** @type {number} */ ms, /** @type {any[]} */ ...more) => later(run, (ms ?? 0) / times, ...more);
  world.setInterval = (/** @type {any} */ run, /** @type {number} */ ms, /** @type {any[]} */ ...more) => often(run, Math.max(20, (ms ?? 0) / times), ...more);
}

/** What a feed's server does. @param {any} socket @param {Picture} picture @param {string} path @param {boolean} again */
function serve(socket, picture, path, again) {
  const close = (/** @type {number} */ code) => { socket.readyState = 3; socket.onclose?.({code}); };
  const {connection = 'live', at = AT} = picture;
  const view = picture.feeds?.[path];
  if (connection === 'offline' && again) return close(1006);
  socket.readyState = 1;
  socket.onopen?.({});
  if (typeof connection === 'number') return close(connection);
  if (view === undefined) return close(4502);
  if (connection === 'silent' && again) return undefined;
  const say = (/** @type {any} */ frame) => socket.onmessage?.({data: JSON.stringify(frame)});
  // Speed 0 is a branch that stands still, as a paused demo does.
  say({type: 'hello', epoch: 'gallery', seq: 1, at, speed: 0});
  say({type: 'view', subject: path, epoch: 'gallery', seq: 1, at, view});
  if (connection === 'offline') return close(1006);
  if (connection === 'live') setInterval(() => say({type: 'beat', epoch: 'gallery', seq: 1, at, speed: 0}), 3000);
  return undefined;
}

/** @param {Picture} picture @param {string} address @param {string} method */
function answer(picture, address, method) {
  const path = address.replace(/^https?:\/\/[^/]*/, '');
  const given = picture.answers?.[`${method} ${path}`] ?? picture.answers?.[`${method} ${path.replace(/\?.*$/, '')}`];
  if (given === null) return new Promise(() => {});
  const {status = 200, body} = given ?? {status: 404, body: {code: 'not_found', status: 404, title: 'Not found', detail: `The gallery has no answer for ${method} ${path}.`}};
  const kind = status < 400 ? 'application/json' : 'application/problem+json';
  return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), {status, headers: {'Content-Type': kind}}));
}
