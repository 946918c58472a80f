import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Announcer} from './chime.js';
import {plan} from './spoken.js';

const NOW = Date.parse('2026-03-02T02:30:00Z');
const call = (seq, number = `A00${seq}`, agoS = 0) => (
  {seq, at: NOW / 1000 - agoS, places: [{number}], room: 2, kind: 'group'});

/** A call in the names of its clips. */
const words = (call, lang) => plan(call, lang).map((piece) => piece.clip.slice(3)).join(' ');

/** A voice that notes what it does and ends each sentence when the test says so. */
function hall(options = {}) {
  const said = [];
  let finish = () => {};
  const kept = new Map();
  const voice = {
    chime: async () => { said.push('chime'); },
    say: (call, lang) => new Promise((done) => { said.push(`${lang}: ${words(call, lang)}`); finish = done; }),
    hush: () => { said.push('hush'); },
  };
  const memory = {getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value)};
  const announcer = new Announcer(voice, {memory, sleep: () => new Promise(() => {}), ...options});
  const settle = () => new Promise((done) => setImmediate(done));
  return {announcer, said, memory, settle, finish: async () => { finish(); await settle(); }};
}

test('one announcement at a time, chime first, in order', async () => {
  const h = hall();
  h.announcer.take('e1', [call(2), call(1)], NOW);
  await h.settle();
  assert.deepEqual(h.said, ['chime', 'id: number a 0 0 1 please room n2']);
  await h.finish();
  assert.equal(h.said.length, 4);
  assert.match(h.said[3], /a 0 0 2/);
});

test('a call is never said twice, not even after a reload', async () => {
  const h = hall();
  h.announcer.take('e1', [call(1)], NOW);
  await h.settle();
  await h.finish();
  h.announcer.take('e1', [call(1)], NOW);
  await h.settle();
  assert.equal(h.said.length, 2);
  const after = hall({memory: h.memory});
  after.announcer.take('e1', [call(1), call(2)], NOW);
  await after.settle();
  assert.equal(after.said.length, 2);
  assert.match(after.said[1], /0 2/, 'and one that came in between is not swallowed');
});

test('a reload in the middle of an announcement swallows neither it nor those that wait', async () => {
  const h = hall();
  h.announcer.take('e1', [call(1)], NOW);
  await h.settle();
  await h.finish();
  h.announcer.take('e1', [call(3), call(2), call(1)], NOW);
  await h.settle();
  const after = hall({memory: h.memory});
  after.announcer.take('e1', [call(3), call(2), call(1)], NOW);
  await after.settle();
  await after.finish();
  await after.finish();
  assert.deepEqual(after.said.filter((line) => line !== 'chime'), ['id: number a 0 0 2 please room n2', 'id: number a 0 0 3 please room n2']);
  const undone = hall({memory: h.memory});
  undone.announcer.take('e1', [{...call(3), withdrawn: true}, call(2), call(1)], NOW);
  const last = hall({memory: h.memory});
  last.announcer.take('e1', [{...call(3), withdrawn: true}, call(2), call(1)], NOW);
  await last.settle();
  assert.match(last.said[1], /a 0 0 3 wait/, 'nor the word that takes a call back');
});

test('a voice whose turn is over ends at once and says later nothing that another said meanwhile', async () => {
  const h = hall();
  h.announcer.take('e1', [call(2), call(1)], NOW);
  await h.settle();
  h.announcer.end();
  h.announcer.end();
  await h.finish();
  assert.deepEqual(h.said, ['chime', 'id: number a 0 0 1 please room n2', 'hush']);
  h.announcer.take('e1', [call(4), call(3, 'A003', 600)], NOW);
  await h.settle();
  assert.match(h.said[4], /0 4/);
  await h.finish();
  assert.equal(h.said.length, 5);
});

test('a new epoch starts its own count', async () => {
  const h = hall();
  h.announcer.take('e1', [call(9)], NOW);
  await h.settle();
  await h.finish();
  h.announcer.take('e2', [call(3)], NOW);
  await h.settle();
  assert.match(h.said[3], /0 3/);
});

test('a recall names only those who have not come', async () => {
  const h = hall();
  h.announcer.take('e1', [{...call(4), kind: 'recall', places: [{number: 'A001', here: true}, {number: 'A002'}]}], NOW);
  await h.settle();
  assert.equal(h.said[1], 'id: again number a 0 0 2 please room n2');
});

test('a withdrawn call is taken back aloud, once, and only if it was said', async () => {
  const gone = (seq) => ({...call(seq), withdrawn: true});
  const h = hall();
  h.announcer.take('e1', [call(1)], NOW);
  await h.settle();
  await h.finish();
  h.announcer.take('e1', [gone(1)], NOW);
  h.announcer.take('e1', [gone(1)], NOW);
  await h.settle();
  await h.finish();
  assert.equal(h.said.length, 4);
  assert.match(h.said[3], /a 0 0 1 wait/);
  h.announcer.take('e1', [gone(1), gone(2)], NOW);
  await h.settle();
  assert.equal(h.said.length, 4, 'what was never called needs no word');
  const waiting = hall();
  waiting.announcer.take('e1', [call(1), call(2)], NOW);
  waiting.announcer.take('e1', [call(1), gone(2)], NOW);
  await waiting.settle();
  await waiting.finish();
  assert.equal(waiting.said.length, 2, 'a call that still waited is dropped in silence');
  const late = hall();
  late.announcer.take('e1', [gone(1)], NOW);
  await late.settle();
  assert.equal(late.said.length, 0, 'a board that has just started knows no better');
});

test('an old call is on the board, not in the air', async () => {
  const h = hall();
  h.announcer.take('e1', [call(1, 'A001', 600), call(2, 'A002', 5)], NOW);
  await h.settle();
  await h.finish();
  assert.equal(h.said.length, 2);
  assert.match(h.said[1], /0 2/);
});

test('a flood keeps the newest', async () => {
  const h = hall({newestOnly: true});
  h.announcer.take('e1', [call(1)], NOW);
  h.announcer.take('e1', [call(2)], NOW);
  h.announcer.take('e1', [call(3)], NOW);
  await h.settle();
  await h.finish();
  await h.finish();
  const spoken = h.said.filter((line) => line !== 'chime');
  assert.equal(spoken.length, 2);
  assert.match(spoken[1], /0 3/);
});

test('two languages, one chime', async () => {
  const h = hall({languages: ['id', 'en']});
  h.announcer.take('e1', [call(1)], NOW);
  await h.settle();
  await h.finish();
  assert.deepEqual(h.said.map((line) => line.slice(0, 2)), ['ch', 'id', 'en']);
});

test('a voice that fails or hangs does not silence the next call', async () => {
  const failing = hall();
  failing.announcer.voice.say = async (call) => { failing.said.push(words(call, 'id')); throw new Error('no voice'); };
  failing.announcer.take('e1', [call(1), call(2)], NOW);
  await failing.settle();
  assert.equal(failing.said.filter((line) => line !== 'chime').length, 2);
  let giveUp = () => {};
  const hanging = hall({sleep: () => new Promise((done) => { giveUp = done; })});
  hanging.announcer.take('e1', [call(1), call(2)], NOW);
  await hanging.settle();
  giveUp();
  await hanging.settle();
  assert.deepEqual(hanging.said.map((line) => line.slice(0, 5)), ['chime', 'id: n', 'hush', 'chime', 'id: n'], 'and what hung is ended before the next begins');
});
