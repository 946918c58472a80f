import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setLanguage} from './catalogue.js';
import {Commands, newKey, sentence} from './commands.js';
import {Store} from './store.js';

const CALL = {path: '/api/v1/rooms/2/call', body: {}};

function answer(status, body, headers = {}) {
  return {
    status, ok: status >= 200 && status < 300,
    text: async () => (typeof body === 'string' ? body : JSON.stringify(body)),
    headers: {get: (name) => headers[name] ?? null},
  };
}

/** A server that gives the listed answers in turn; an Error is a lost network. */
function server(...answers) {
  const seen = [];
  const waits = [];
  let keys = 0;
  const store = new Store(() => {});
  const commands = new Commands(store, {
    fetch: async (path, init) => {
      seen.push({path, key: init.headers['Idempotency-Key'], method: init.method, body: init.body});
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof Error) throw next;
      return next;
    },
    sleep: async (ms) => { waits.push(ms); },
    newKey: () => `key-${++keys}`,
  });
  return {store, commands, seen, waits};
}

test('an answer settles with the view that shows it', async () => {
  const {store, commands, seen} = server(answer(200, {seq: 9}));
  commands.sleep = () => new Promise(() => {});
  const got = await commands.send('call', CALL);
  assert.equal(got.ok, true);
  assert.deepEqual(seen, [{path: CALL.path, key: 'key-1', method: 'POST', body: '{}'}]);
  assert.equal(store.state.pending.get('call').status, 'settling');
  store.follow({book: {epoch: '', seq: 9, views: new Map()}, connection: 'live', stopped: null, asOf: null});
  assert.equal(store.state.pending.size, 0);
});

test('an answer that the screen already shows is settled at once', async () => {
  const {store, commands} = server(answer(200, {seq: 9}));
  store.update({seq: 9});
  await commands.send('call', CALL);
  assert.equal(store.state.pending.size, 0);
});

test('a button does not stay grey when no view comes', async () => {
  const {store, commands, waits} = server(answer(200, {seq: 9}));
  await commands.send('call', CALL);
  await Promise.resolve();
  assert.equal(store.state.pending.size, 0);
  assert.equal(waits.length, 1);
});

test('a double click is one command', async () => {
  const {commands, seen} = server(answer(200, {}));
  const [a, b] = await Promise.all([commands.send('call', CALL), commands.send('call', CALL)]);
  assert.equal(seen.length, 1);
  assert.equal(a, b);
  await commands.send('call', CALL);
  assert.deepEqual(seen.map((one) => one.key), ['key-1', 'key-2'], 'a later press is another command');
});

test('a lost network repeats the same key', async () => {
  const {commands, seen} = server(new Error('lost'), answer(503, ''), answer(200, {}));
  const got = await commands.send('call', CALL);
  assert.equal(got.ok, true);
  assert.deepEqual(seen.map((one) => one.key), ['key-1', 'key-1', 'key-1']);
});

test('after long silence pressing again is still the same command', async () => {
  const {store, commands, seen} = server(new Error('lost'));
  const got = await commands.send('call', CALL);
  assert.equal(got.ok, false);
  assert.equal(store.state.pending.get('call').status, 'unsure');
  await commands.send('call', CALL);
  assert.deepEqual([...new Set(seen.map((one) => one.key))], ['key-1']);
  await commands.send('call', {...CALL, body: {seat: 4}});
  assert.equal(seen.at(-1).key, 'key-2', 'another request is another command');
});

test('a refusal stands by the button until it is read', async () => {
  setLanguage('id');
  const {store, commands, waits} = server(answer(409, {code: 'room_cleaning', detail: 'Room 2 is being cleaned for 40 s more.'}));
  const got = await commands.send('refill', CALL);
  assert.equal(got.problem.code, 'room_cleaning');
  assert.equal(waits.length, 0, 'no is an answer, not a reason to try again');
  assert.equal(sentence(store.state.pending.get('refill').problem), 'Ruang sedang dibersihkan. Nyatakan bersih, atau tunggu.');
  setLanguage('en');
  assert.equal(sentence(got.problem), 'Room 2 is being cleaned for 40 s more.', 'the rules speak English, and more precisely');
  commands.dismiss('refill');
  assert.equal(store.state.pending.size, 0);
});

test('sentences are filled, and a newer code brings its own', () => {
  setLanguage('en');
  assert.equal(sentence({code: 'too_long', status: 400, field: 'name', detail: 'The name has more than 80 characters.'}), 'The name has more than 80 characters.');
  assert.equal(sentence({code: 'no_network', status: 0}), 'The branch server cannot be reached. Check the cable or the network, then try again.');
  assert.equal(sentence({code: 'moon_is_full', status: 409, detail: 'Wait a week.'}), 'The command was refused (moon_is_full). Wait a week.');
  setLanguage('id');
  assert.equal(sentence({code: 'locked_out', status: 429, retry_after_s: 120}), 'Terlalu banyak percobaan. Coba lagi dalam 2 menit.');
});

test('Retry-After is taken over, an unreadable answer says so', async () => {
  setLanguage('en');
  const busy = await server(answer(429, {code: 'locked_out'}, {'Retry-After': '60'})).commands.send('a', CALL);
  assert.equal(busy.problem.retry_after_s, 60);
  const proxy = await server(answer(200, '<html>')).commands.send('a', CALL);
  assert.equal(proxy.ok, false);
  assert.equal(proxy.problem.code, 'no_answer');
  const empty = await server(answer(204, '')).commands.send('a', CALL);
  assert.equal(empty.ok, true);
});

test('keys are random also over plain HTTP', () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newKey(), shape);
  const own = crypto.randomUUID;
  try {
    Object.defineProperty(crypto, 'randomUUID', {value: undefined, configurable: true});
    assert.match(newKey(), shape);
    assert.notEqual(newKey(), newKey());
  } finally {
    Object.defineProperty(crypto, 'randomUUID', {value: own, configurable: true});
  }
});
