import assert from 'node:assert/strict';
import test from 'node:test';
import {Bell} from './bell.js';

/** A phone that writes down what it did. */
function phone() {
  const did = [];
  const kept = new Map();
  const node = () => ({connect: () => node(), frequency: {}, gain: {setValueAtTime() {}, exponentialRampToValueAtTime() {}}, start: () => did.push('tone'), stop() {}});
  return {did, kept, world: {
    navigator: {vibrate: (what) => did.push(Array.isArray(what) ? 'buzz' : 'tick')},
    sessionStorage: {getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v)},
    AudioContext: class { currentTime = 0; createOscillator() { return node(); } createGain() { return node(); } resume() { did.push('resume'); } },
  }};
}

test('a call buzzes once, also on a page that was loaded again', () => {
  const {did, world} = phone();
  assert.equal(new Bell({}, world).ring('17.0'), true);
  assert.equal(new Bell({}, world).ring('17.0'), false);
  assert.deepEqual(did, ['buzz']);
  assert.equal(new Bell({}, world).ring('17.1'), true, 'a second call of the same number is a call');
});

test('it sounds only after a touch has allowed it', () => {
  const {did, world} = phone();
  const bell = new Bell({}, world);
  bell.ring('1.0');
  assert.ok(!did.includes('tone'));
  const button = {dataset: {on: 'on'}, textContent: 'off', attributes: {}, setAttribute(k, v) { this.attributes[k] = v; }};
  bell.offer(button);
  assert.equal(button.textContent, 'off');
  bell.allow();
  assert.deepEqual([button.textContent, button.attributes['aria-pressed']], ['on', 'true']);
  did.length = 0;
  bell.ring('2.0');
  assert.equal(did.filter((d) => d === 'tone').length, 6);
});

test('an old phone without sound, buzz and memory stays quiet', () => {
  const bell = new Bell({}, {});
  bell.allow();
  assert.equal(bell.ring('1.0'), true);
});

test('a page that nobody has touched does not try to buzz', () => {
  const {did, world} = phone();
  world.navigator.userActivation = {hasBeenActive: false};
  new Bell({}, world).ring('3.0');
  assert.deepEqual(did, []);
});
