import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Slides} from './slides.js';

test('a list that did not come is asked for again, and what is known stays', async () => {
  const slides = new Slides();
  const answers = [{items: [{kind: 'slide', file: 'a.jpg'}, {kind: 'clip', file: 'b.mp3'}]}, null, {items: []}];
  let asked = 0;
  const read = async () => answers[asked++];
  await slides.follow(0, read);
  assert.equal(asked, 0, 'a branch without pictures is asked for none');
  await slides.follow(3, read);
  await slides.follow(3, read);
  assert.deepEqual([slides.list, asked], [['/api/v1/media/files/a.jpg'], 1]);
  await slides.follow(4, read);
  assert.deepEqual([slides.list.length, asked], [1, 2]);
  await slides.follow(4, read);
  await slides.follow(4, read);
  assert.deepEqual([slides.list.length, asked], [0, 3]);
});
