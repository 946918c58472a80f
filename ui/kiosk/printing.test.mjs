import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Commands} from '../lib/commands.js';
import {Store} from '../lib/store.js';
import {printed} from './printing.js';

/** Commands whose answers come when the test gives them, by path. */
function desk() {
  const store = new Store(() => {});
  const waiting = new Map();
  const sent = [];
  const commands = new Commands(store, {
    fetch: (path, init) => new Promise((done) => { sent.push([path, JSON.parse(init.body)]); waiting.set(path, done); }),
    sleep: () => new Promise(() => {}),
  });
  const give = (visit, status, body) => waiting.get(path(visit))({status, ok: status < 300, text: async () => JSON.stringify(body), headers: {get: () => null}});
  return {store, commands, sent, give};
}

const path = (visit) => `/api/v1/visits/${visit}/print?at=kiosk`;
const network = {kind: 'escpos'};

test('the next person\'s paper neither waits for the one before nor is told of it', async () => {
  const {store, commands, sent, give} = desk();
  const first = printed(commands, network, {visit: 1, link: 'one'}, 'id', false);
  const second = printed(commands, network, {visit: 2, link: 'two'}, 'en', false);
  assert.deepEqual(sent.map(([to]) => to), [path(1), path(2)]);
  give(2, 409, {code: 'printer_paper_out'});
  assert.equal(await second, 'paper_out');
  give(1, 200, {});
  assert.equal(await first, 'printed');
  assert.equal(store.state.pending.size, 0, 'nothing of either stays');
});

test('pressed twice the same paper is asked for once', async () => {
  const {commands, sent, give} = desk();
  const both = [printed(commands, network, {visit: 1, link: 'one'}, 'id', true), printed(commands, network, {visit: 1, link: 'one'}, 'id', true)];
  give(1, 200, {});
  assert.deepEqual(await Promise.all(both), ['printed', 'printed']);
  assert.equal(sent.length, 1);
});

test('without a printer nothing is sent, and a browser\'s own is noted as such', async () => {
  const {commands, sent, give} = desk();
  assert.equal(await printed(commands, null, {visit: 1, link: 'one'}, 'id', false), 'none');
  const own = printed(commands, {kind: 'browser'}, {visit: 1, link: 'one'}, 'id', false);
  assert.deepEqual(sent, [[path(1), {link: 'one', lang: 'id', again: false, by: 'browser'}]]);
  give(1, 200, {});
  assert.equal(await own, 'browser');
});

test('a refusal of no printer is a fault', async () => {
  const {commands, give} = desk();
  const one = printed(commands, network, {visit: 1, link: 'one'}, 'id', false);
  give(1, 404, {code: 'not_found'});
  assert.equal(await one, 'fault');
});
