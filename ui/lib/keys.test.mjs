import assert from 'node:assert/strict';
import {before, test} from 'node:test';

// The templates' library looks for a document when it is loaded; these tests need
// none of what it does with it.
globalThis.document ??= {
  createTreeWalker: () => ({}), createComment: () => ({}), createElement: () => ({}), querySelector: () => null,
};

/** @type {typeof import('./keys.js')} */
let keys;
/** @type {typeof import('./room.js')} */
let room;

before(async () => {
  keys = await import('./keys.js');
  room = await import('./room.js');
});

const press = (key, more = {}) => ({key, target: {tagName: 'BODY'}, preventDefault() { this.defaultPrevented = true; }, ...more});
const target = {addEventListener() {}};

test('a key acts, unless it is meant for something else', () => {
  const shortcuts = new keys.Shortcuts('test', {storage: null, target});
  let runs = 0;
  let open = true;
  shortcuts.use([{key: 'n', say: () => 'next', run: () => { runs += 1; }, when: () => open}]);
  assert.equal(shortcuts.press(press('n')), true);
  assert.equal(shortcuts.press(press('N')), true, 'caps lock is no reason');
  assert.equal(runs, 2);
  for (const [why, event] of Object.entries({
    other: press('x'), held: press('n', {repeat: true}), copied: press('n', {ctrlKey: true}), composing: press('n', {isComposing: true}),
    typed: press('n', {target: {tagName: 'INPUT', type: 'text'}}), written: press('n', {target: {tagName: 'textarea'}}),
    edited: press('n', {target: {tagName: 'DIV', isContentEditable: true}}), taken: press('n', {defaultPrevented: true}),
  })) assert.equal(shortcuts.press(event), false, why);
  assert.equal(shortcuts.press(press('n', {target: {tagName: 'INPUT', type: 'checkbox'}})), true);
  open = false;
  assert.equal(shortcuts.press(press('n')), false);
  assert.equal(runs, 3);
});

test('shortcuts can be turned off, for good', () => {
  const kept = new Map();
  const storage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value)};
  const first = new keys.Shortcuts('test', {storage, target});
  first.enable(false);
  const again = new keys.Shortcuts('test', {storage, target});
  again.use([{key: 'n', say: () => 'next', run: () => assert.fail('it is off')}]);
  assert.equal(again.press(press('n')), false);
});

test('the list of keys opens with its way out in focus, not with its switch', () => {
  const had = {...globalThis.document};
  const done = [];
  const sheet = {showModal: () => done.push('opened'), querySelector: (what) => ({focus: () => done.push(what)})};
  Object.assign(globalThis.document, {createElement: () => sheet, body: {append() {}}});
  const shortcuts = new keys.Shortcuts('test', {storage: null, target});
  shortcuts.draw = () => {};
  shortcuts.help();
  Object.assign(globalThis.document, had);
  assert.deepEqual(done, ['opened', '.shut']);
});

test('keys that are off draw no keycaps', () => {
  const marks = [];
  globalThis.document.documentElement = {classList: {toggle: (name, on) => marks.push([name, on])}};
  const kept = new Map();
  const storage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value)};
  new keys.Shortcuts('test', {storage, target}).enable(false);
  new keys.Shortcuts('test', {storage, target});
  delete globalThis.document.documentElement;
  assert.deepEqual(marks, [['keys-off', false], ['keys-off', true], ['keys-off', true]]);
});

test('keys are named as they are printed', () => {
  assert.equal(keys.keyName('n'), 'N');
  assert.equal(keys.keyName('Enter'), '⏎');
  assert.equal(keys.keyName('F2'), 'F2');
});

const GRID = [1, 2, 3, 4, 5, 6].map((no) => ({no, x_mm: 900 + ((no - 1) % 3) * 1500, y_mm: no > 3 ? 2500 : 900}));

test('arrows lead to the neighbour', () => {
  const from = (no, key) => room.neighbour(GRID, GRID[no - 1], key)?.no ?? null;
  assert.equal(from(1, 'ArrowRight'), 2);
  assert.equal(from(3, 'ArrowRight'), null);
  assert.equal(from(2, 'ArrowDown'), 5);
  assert.equal(from(5, 'ArrowUp'), 2);
  assert.equal(from(5, 'ArrowLeft'), 4);
  assert.equal(from(1, 'Enter'), null);
});

test('boxes neither touch one another nor the walls', () => {
  for (const pitch of [900, 1500, 2500]) {
    const seats = GRID.map((seat) => ({...seat, x_mm: 700 + ((seat.no - 1) % 3) * pitch, y_mm: 700 + (seat.no > 3 ? pitch : 0)}));
    const {half} = room.layout({width_mm: 700 * 2 + 2 * pitch, depth_mm: 700 * 2 + pitch, seats});
    assert.ok(2 * half < pitch, `pitch ${pitch}: half ${half}`);
    assert.ok(half < 700, `wall: half ${half}`);
  }
});

test('boxes that are read are larger, do not touch, and stay in the picture', () => {
  for (const pitch of [900, 1500, 2500]) {
    const seats = GRID.map((seat) => ({...seat, x_mm: ((seat.no - 1) % 3) * pitch, y_mm: seat.no > 3 ? pitch : 0}));
    const walls = {width_mm: 2 * pitch, depth_mm: pitch, seats};
    const read = room.layout(walls, true);
    assert.ok(2 * read.half < pitch && read.half > room.layout(walls).half, `pitch ${pitch}: half ${read.half}`);
    for (const {x_mm, y_mm} of seats) {
      assert.ok(x_mm - read.half > read.left && x_mm + read.half < read.left + read.width && y_mm - read.half > read.top && y_mm + read.half < read.top + read.depth);
    }
  }
  assert.deepEqual(room.layout({seats: []}, true), {left: 0, top: 0, width: 4000, depth: 3000, half: 950});
});

test('a room without seats or walls can still be drawn', () => {
  assert.deepEqual(room.layout({seats: []}), {left: 0, top: 0, width: 4000, depth: 3000, half: 620});
  const one = room.layout({seats: [{no: 1, x_mm: 5000, y_mm: 5000}]});
  assert.ok(one.left < 5000 && one.left + one.width > 5000);
});
