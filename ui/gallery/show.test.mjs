import assert from 'node:assert/strict';
import test from 'node:test';
import {install} from './fake.js';
import {loadedBy} from './show.js';

const PAGE = `<!doctype html><html lang="id" data-scale="wall" data-theme="dark"><head>
<link rel="stylesheet" href="/ui/0123456789abcdef/lib/tokens.css">
<link rel="stylesheet" href="/ui/0123456789abcdef/lobby/style.css">
<script type="module" src="/ui/0123456789abcdef/lobby/app.js"></script></head></html>`;

test('a picture loads what the page of its screen names', () => {
  assert.deepEqual(loadedBy(PAGE), {
    styles: ['/ui/0123456789abcdef/lib/tokens.css', '/ui/0123456789abcdef/lobby/style.css'],
    scripts: ['/ui/0123456789abcdef/lobby/app.js'],
    data: {scale: 'wall', theme: 'dark'},
  });
});

/** @param {any} picture */
function world(picture) {
  const made = {performance: {now: () => 5}, setTimeout: (/** @type {any} */ run) => run(), setInterval: () => 0, WebSocket: null, fetch: null};
  install(picture, made);
  return /** @type {any} */ (made);
}

/** What a screen hears when it opens a feed. @param {any} picture @param {string} path @param {any} [made] */
function heard(picture, path, made = world(picture)) {
  /** @type {any[]} */
  const list = [];
  const later = made.setTimeout;
  made.setTimeout = (/** @type {any} */ run) => queue.push(run);
  /** @type {any[]} */
  const queue = [];
  const socket = new made.WebSocket(`ws://x${path}`);
  socket.onmessage = (/** @type {any} */ event) => list.push(JSON.parse(event.data));
  socket.onclose = (/** @type {any} */ event) => list.push(event.code);
  queue.forEach((run) => run());
  made.setTimeout = later;
  return list;
}

test('a feed greets and sends its made-up view, with the clock standing still', () => {
  const [hello, view] = heard({name: 'x', feeds: {'/api/v1/feed/lobby': {open: true}}, connection: 'silent'}, '/api/v1/feed/lobby');
  assert.equal(hello.type, 'hello');
  assert.equal(hello.speed, 0);
  assert.deepEqual(view.view, {open: true});
});

test('a lost branch sends one view, breaks off, and is not there again', () => {
  const picture = {name: 'x', feeds: {'/f': {}}, connection: 'offline'};
  const made = world(picture);
  assert.deepEqual(heard(picture, '/f', made).map((one) => one.type ?? one), ['hello', 'view', 1006]);
  assert.deepEqual(heard(picture, '/f', made), [1006]);
});

test('a subject that the picture does not have is unknown, and a code closes at once', () => {
  assert.deepEqual(heard({name: 'x'}, '/f'), [4502]);
  assert.deepEqual(heard({name: 'x', feeds: {'/f': {}}, connection: 4503}, '/f'), [4503]);
});

test('requests get their answers, by the whole address first, and a problem where there is none', async () => {
  const {fetch} = world({name: 'x', answers: {'GET /a': {body: 1}, 'GET /a?b=2': {body: 2}, 'POST /a': {status: 409, body: {code: 'no'}}}});
  assert.equal(await (await fetch('/a?c=3')).json(), 1);
  assert.equal(await (await fetch('/a?b=2')).json(), 2);
  const refused = await fetch('/a', {method: 'POST'});
  assert.equal(refused.status, 409);
  assert.equal(refused.headers.get('Content-Type'), 'application/problem+json');
  assert.equal((await fetch('/nowhere')).status, 404);
});
