import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import test from 'node:test';
import {Player, length, sentenceAt, sentences} from './player.js';
import {TIMED} from './timed.js';
import {words} from './words.js';

test('scenes follow one another and the last one ends the briefing', () => {
  const player = new Player([1000, 2000]);
  assert.equal(player.tick(999), false);
  assert.equal(player.tick(1000), true);
  assert.equal(player.scene, 1);
  assert.equal(player.share(2000), 50);
  assert.equal(player.tick(3000), false);
  assert.deepEqual([player.ended, player.playing, player.scene], [true, false, 1]);
});

test('a pause keeps the place, however long', () => {
  const player = new Player([1000, 1000]);
  player.pause(400);
  assert.equal(player.tick(90_000), false);
  assert.equal(player.share(90_000), 40);
  player.play(90_000);
  assert.equal(player.tick(90_599), false);
  assert.equal(player.tick(90_600), true);
});

test('it can be repeated after its end and walked by hand', () => {
  const player = new Player([1000, 1000]);
  player.go(1, 0);
  player.tick(1000);
  player.play(5000);
  assert.deepEqual([player.scene, player.playing, player.ended], [0, true, false]);
  player.go(-1, 5000);
  assert.equal(player.scene, 0);
  player.go(9, 5000);
  assert.equal(player.scene, 1);
});

test('it begins where somebody left off', () => {
  const player = new Player([1000, 1000, 1000]);
  player.reset(500, 2);
  assert.deepEqual([player.scene, player.playing, player.elapsed(700)], [2, true, 200]);
});

test('the sentence that is spoken', () => {
  assert.deepEqual(sentences('Satu. Dua? Tiga!'), ['Satu.', 'Dua?', 'Tiga!']);
  assert.deepEqual([0, 999, 1000, 5000].map((at) => sentenceAt([0, 1000, 2500], at)), [0, 0, 1, 2]);
  assert.equal(sentenceAt([], 700), -1, 'without times none is marked');
});

test('every caption has as many sentences as its recording, and stays as long', () => {
  const captions = Object.entries(words).filter(([key]) => key.startsWith('booth.scene_')).map(([, pair]) => pair);
  ['id', 'en'].forEach((lang, at) => {
    assert.equal(TIMED[lang].length, captions.length);
    TIMED[lang].forEach(({lasts, begins}, i) => {
      assert.equal(sentences(captions[i][at]).length, begins.length, captions[i][at]);
      assert.ok(begins[0] === 0 && begins.every((begin, n) => n === 0 || begin > begins[n - 1]) && lasts > begins.at(-1));
      assert.ok(length(captions[i][at], lasts) > lasts);
      assert.ok(existsSync(new URL(`../clips/briefing-${lang}/${i + 1}.mp3`, import.meta.url)));
    });
  });
});

test('a longer caption stays longer', () => {
  assert.ok(length('x'.repeat(200)) > length('x'.repeat(100)));
  assert.equal(length(''), 6000);
});
