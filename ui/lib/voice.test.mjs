import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Sound} from './sound.js';
import {BrowserVoice} from './voice.js';

/** A machine whose sound is written down: every clip lasts half a second, and time
 * passes when the test says so. */
function machine({missing = [], state = 'running'} = {}) {
  const fetched = [];
  const started = [];
  const audio = {
    state, currentTime: 100, destination: {},
    resume: async () => { audio.state = 'running'; },
    decodeAudioData: async (bytes) => {
      const address = new TextDecoder().decode(bytes);
      if (address.includes('broken')) throw new Error('not a sound');
      return {duration: 0.5, address};
    },
    createBufferSource: () => {
      const source = {buffer: null, onended: null, connect: () => {}, stop: () => source.onended?.(),
        start: (at, skip) => { started.push({at, skip, address: source.buffer.address}); last = source; }};
      return source;
    },
  };
  let last = null;
  const fetch = async (address) => {
    fetched.push(address);
    const ok = !missing.some((name) => address.includes(name));
    return {ok, status: ok ? 200 : 404, arrayBuffer: async () => new TextEncoder().encode(address).buffer};
  };
  const sound = new Sound({context: () => audio, fetch});
  const voice = new BrowserVoice(sound);
  const clips = () => started.map(({address}) => address.replace(/.*\/clips\//, '').replace('.mp3', ''));
  const settle = async () => { for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done)); };
  return {voice, sound, audio, fetched, started, clips, settle, end: async () => { last.onended?.(); await settle(); }};
}

const CALL = {numbers: ['A001'], room: 2, kind: 'group'};

test('clips follow each other without touching, in the order of the sentence', async () => {
  const m = machine();
  await m.voice.unlock();
  const over = m.voice.say(CALL, 'id');
  await m.settle();
  assert.deepEqual(m.clips(), ['id/number', 'id/a', 'id/0', 'id/0', 'id/1', 'id/please', 'id/room', 'id/n2']);
  for (let i = 1; i < m.started.length; i++) assert.ok(m.started[i].at >= m.started[i - 1].at + 0.5, `clip ${i} begins into the one before`);
  await m.end();
  await over;
});

test('each clip is fetched once', async () => {
  const m = machine();
  await m.voice.unlock();
  await m.voice.prepare(['id']);
  const before = m.fetched.length;
  assert.equal(new Set(m.fetched).size, before);
  m.voice.say(CALL, 'id');
  await m.settle();
  assert.equal(m.fetched.length, before);
  assert.equal(m.started.length, 8);
});

test('the branch\'s own clip takes the place of the bundled one, and a damaged one does not silence it', async () => {
  const m = machine();
  await m.voice.unlock();
  m.voice.use([{kind: 'clip', for: 'id/number', file: 'own.mp3'}, {kind: 'clip', for: 'id/room', file: 'broken.mp3'}, {kind: 'slide', file: 'x.jpg'}]);
  m.voice.say(CALL, 'id');
  await m.settle();
  assert.deepEqual([m.clips()[0], m.clips()[6]], ['/api/v1/media/files/own', 'id/room']);
});

test('the side desk and the own clips come with the view', async () => {
  const m = machine();
  const asked = m.sound.fetch;
  m.sound.fetch = async (address, init) => (address === '/api/v1/media'
    ? {json: async () => ({items: [{kind: 'clip', for: 'id/desk', file: 'own.mp3'}]})} : asked(address, init));
  await m.voice.unlock();
  await m.voice.follow({rooms: [{id: 2}, {id: 9, desk: true}], media: 4}, ['id']);
  m.voice.say({...CALL, room: 9}, 'id');
  await m.settle();
  assert.deepEqual(m.clips().slice(-2), ['id/please-to', '/api/v1/media/files/own']);
  const before = m.fetched.length;
  await m.voice.follow({rooms: [], media: 4}, ['id']);
  assert.equal(m.fetched.length, before, 'the same revision is asked for once');
  await m.voice.follow({rooms: [], media: 0}, ['id']);
  assert.equal(m.voice.own.size, 0);
});

test('nothing is played before a tap, and nothing of a call whose clip is missing', async () => {
  const m = machine({missing: ['n2']});
  await m.voice.say(CALL, 'id');
  assert.equal(m.started.length, 0);
  await m.voice.unlock();
  await assert.rejects(m.voice.say(CALL, 'id'));
  assert.equal(m.started.length, 0, 'half a sentence sends people to the wrong room');
  m.voice.say({...CALL, room: 3}, 'id');
  await m.settle();
  assert.equal(m.started.length, 8);
});

test('hush ends what is being said', async () => {
  const m = machine();
  await m.voice.unlock();
  const over = m.voice.say(CALL, 'id');
  await m.settle();
  m.voice.hush();
  await over;
});

test('a browser that stopped the sound is asked again', async () => {
  const m = machine({state: 'suspended'});
  assert.equal(m.voice.unlocked(), false);
  assert.equal(await m.voice.unlock(), true);
});

test('a row can begin in its middle', async () => {
  const m = machine();
  await m.sound.unlock();
  m.sound.play([{buffer: {duration: 2}, gap: 0}, {buffer: {duration: 1}, gap: 0}], 1.5);
  assert.equal(m.started[0].skip, 1.5);
  assert.equal(m.started[1].at - m.started[0].at, 0.5);
});
