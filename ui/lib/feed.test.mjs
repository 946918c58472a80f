import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ServerClock} from './clock.js';
import {BACKOFF_FIRST_MS, BACKOFF_LAST_MS, GONE_MS, STALE_MS, Feed, ViewBook, buildOf, closing, pause} from './feed.js';
import {Store} from './store.js';

/** A browser under the test's control: its own time, timers and sockets. */
function world(more = {}) {
  const w = {time: 0, timers: new Map(), sockets: [], listeners: {}, reloads: 0, kept: new Map(), nextTimer: 1};
  const listen = {
    addEventListener: (name, run) => { w.listeners[name] = run; },
    removeEventListener: (name) => { delete w.listeners[name]; },
  };
  class Socket {
    constructor(url) { this.url = url; this.closed = false; w.sockets.push(this); }
    close() { this.closed = true; }
    open() { this.onopen?.(); }
    say(frame) { this.onmessage?.({data: typeof frame === 'string' ? frame : JSON.stringify(frame)}); }
    end(code) { this.onclose?.({code}); }
  }
  w.env = {
    WebSocket: Socket, fetch: null, now: () => w.time, random: () => 1, origin: 'http://branch', build: 'b1',
    setTimeout: (run, ms) => { w.timers.set(w.nextTimer, {run, at: w.time + ms}); return w.nextTimer++; },
    clearTimeout: (id) => w.timers.delete(id),
    window: listen, document: {visibilityState: 'visible', ...listen}, reload: () => { w.reloads += 1; },
    memory: {getItem: (key) => w.kept.get(key) ?? null, setItem: (key, value) => w.kept.set(key, value)},
    ...more,
  };
  w.pass = (ms) => {
    const until = w.time + ms;
    for (;;) {
      const due = [...w.timers].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      w.timers.delete(due[0]);
      w.time = due[1].at;
      due[1].run();
    }
    w.time = until;
  };
  w.last = () => w.sockets[w.sockets.length - 1];
  w.start = (onChange = () => {}) => new Feed('/api/v1/feed/lobby', onChange, w.env);
  return w;
}

const hello = (more = {}) => ({type: 'hello', epoch: 'e1', build: 'b1', seq: 5, at: '2026-03-02T02:30:00Z', ...more});
const view = (seq, content, more = {}) => ({type: 'view', subject: 'lobby', epoch: 'e1', seq, at: '2026-03-02T02:30:00Z', view: content, ...more});

test('the newest view wins within an epoch, and a new epoch starts afresh', () => {
  const book = new ViewBook();
  assert.equal(book.take(view(5, 'five')), true);
  assert.equal(book.take(view(4, 'four')), false);
  assert.equal(book.views.get('lobby').view, 'five');
  assert.equal(book.take(view(5, 'five, later')), true, 'an equal seq is newer by the clock');
  assert.equal(book.take(view(3, 'other room', {subject: 'room:2'})), true, 'subjects have their own order');
  assert.equal(book.seq, 5);
  assert.equal(book.take(view(1, 'restored', {epoch: 'e2'})), true);
  assert.deepEqual([...book.views.keys()], ['lobby'], 'what the old epoch said is gone');
  assert.equal(book.seq, 1);
});

test('a subject that is gone is forgotten', () => {
  const book = new ViewBook();
  book.take(view(5, 'five'));
  book.take(view(6, null));
  assert.equal(book.views.size, 0);
});

test('frames make the feed live, and it keeps the view over a reconnect', () => {
  const w = world();
  let changes = 0;
  const feed = w.start(() => { changes += 1; });
  assert.equal(w.last().url, 'ws://branch/api/v1/feed/lobby');
  assert.equal(feed.connection, 'connecting');
  w.last().open();
  w.last().say(hello());
  w.last().say(view(5, {n: 1}));
  assert.equal(feed.connection, 'live');
  assert.deepEqual(feed.view(), {n: 1});
  assert.equal(changes, 2);
  w.last().end(1012);
  assert.equal(feed.connection, 'live', 'a blink is not worth a banner');
  w.pass(BACKOFF_FIRST_MS);
  assert.equal(w.sockets.length, 2);
  assert.deepEqual(feed.view(), {n: 1});
  w.last().open();
  w.last().say(view(4, {n: 0}));
  assert.deepEqual(feed.view(), {n: 1}, 'an older view never replaces a newer one');
});

test('reconnects that fail quickly do not make an old view look alive', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello());
  w.last().say(view(5, 'five'));
  w.last().end(1006);
  for (let gone = 0; gone < STALE_MS; gone += 500) {
    w.pass(500);
    w.last().end(1006);
  }
  assert.equal(feed.connection, 'stale');
  assert.equal(feed.view(), 'five', 'the numbers stay, grey');
});

test('a connection that is known to be gone is stale sooner', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello());
  w.last().end(1006);
  w.pass(GONE_MS - 1);
  assert.equal(feed.connection, 'live', 'a restart is quicker than this');
  w.pass(1);
  assert.equal(feed.connection, 'stale');
});

test('a view made long ago does not turn the clock back', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello({at: '2026-03-02T02:37:00Z'}));
  w.last().say(view(5, 'quiet since', {at: '2026-03-02T02:30:00Z'}));
  assert.equal(feed.clock.now(), Date.parse('2026-03-02T02:37:00Z'));
  assert.equal(feed.asOf, '2026-03-02T02:37:00Z');
});

test('ten seconds of silence are stale, a frame is fresh again', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello());
  w.pass(STALE_MS - 1);
  assert.equal(feed.connection, 'live');
  w.pass(1);
  assert.equal(feed.connection, 'stale');
  assert.equal(w.sockets[0].closed, true, 'a silent socket is given up');
  assert.equal(w.sockets.length, 2);
  w.last().open();
  w.last().say({type: 'beat', seq: 7, at: '2026-03-02T02:30:20Z'});
  assert.equal(feed.connection, 'live');
  assert.equal(feed.book.seq, 7);
});

test('a replaced socket is not heard any more', () => {
  const w = world();
  const feed = w.start();
  const old = w.last();
  const oldMessage = old.onmessage;
  w.pass(STALE_MS);
  w.last().open();
  w.last().say(view(9, 'new'));
  oldMessage({data: JSON.stringify(view(99, 'ghost'))});
  assert.equal(feed.view(), 'new');
});

test('a server that never answers is tried again', () => {
  const w = world();
  const feed = w.start();
  w.pass(5 * STALE_MS);
  assert.equal(feed.connection, 'stale', 'whoever looks at it is told that nothing came');
  assert.ok(w.sockets.length >= 5, `${w.sockets.length} attempts`);
});

test('the pause doubles, has a lid and a random half', () => {
  assert.equal(pause(0, () => 1), BACKOFF_FIRST_MS);
  assert.equal(pause(1, () => 1), 2 * BACKOFF_FIRST_MS);
  assert.equal(pause(1, () => 0), BACKOFF_FIRST_MS);
  assert.equal(pause(500, () => 1), BACKOFF_LAST_MS);
});

test('closing codes say whether to come back', () => {
  for (const code of [1000, 1001, 1006, 1011, 1012, 4000, 4001, 4002, 4003, 4499]) assert.equal(closing(code).back, true, code);
  assert.deepEqual([4500, 4501, 4502, 4503, 4777].map((code) => closing(code).why),
    ['signed_out', 'forbidden', 'unknown', 'replaced', 'forbidden']);
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello());
  w.last().end(4500);
  assert.equal(feed.connection, 'stopped');
  assert.equal(feed.stopped, 'signed_out');
  w.pass(60_000);
  w.listeners.online();
  assert.equal(w.sockets.length, 1, 'it stays away');
});

test('waking up connects at once', () => {
  const w = world();
  w.start();
  w.last().open();
  w.last().say(hello());
  w.last().end(1006);
  w.listeners.online();
  assert.equal(w.sockets.length, 2);
  w.listeners.pageshow();
  assert.equal(w.sockets.length, 2, 'a young attempt is left alone');
  w.time += STALE_MS; // the machine slept and its timers with it
  w.listeners.visibilitychange();
  assert.equal(w.sockets.length, 3);
});

test('another build reloads the page once, not in a circle', () => {
  const w = world();
  w.start();
  w.last().open();
  w.last().say(hello());
  assert.equal(w.reloads, 0);
  w.last().say(hello({build: 'b2'}));
  w.last().say(hello({build: 'b2'}));
  assert.equal(w.reloads, 1);
  const other = world({memory: w.env.memory});
  other.start();
  other.last().open();
  other.last().end(4002);
  assert.equal(other.reloads, 0, 'the reload did not help: wait');
});

test('a refused connection asks over HTTP why', async () => {
  const asked = [];
  const w = world({fetch: async (path) => { asked.push(path); return {status: 401}; }});
  const feed = w.start();
  w.last().end(1006);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(asked, ['/api/v1/views/lobby']);
  assert.equal(feed.stopped, 'signed_out');
});

test('what is not JSON is not a sign of life', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say('<html>proxy login</html>');
  assert.equal(feed.connection, 'connecting');
});

test('closing ends everything', () => {
  const w = world();
  const feed = w.start();
  feed.close();
  assert.equal(w.last().closed, true);
  assert.equal(w.timers.size, 0);
  assert.deepEqual(Object.keys(w.listeners), []);
});

test('the build is in the address of the script', () => {
  assert.equal(buildOf('http://branch/ui/0123456789abcdef/lib/feed.js'), '0123456789abcdef');
  assert.equal(buildOf('file:///lib/feed.js'), '');
});

test('the store follows the feed and settles what a view has shown', () => {
  const drawn = [];
  const store = new Store((draw) => drawn.push(draw));
  const w = world();
  const feed = w.start((one) => store.follow(one));
  store.pend('call', {status: 'settling', key: 'k', request: {path: '/'}, epoch: 'e1', seq: 7, problem: null});
  store.pend('other', {status: 'sending', key: 'k', request: {path: '/'}, epoch: 'e1', seq: -1, problem: null});
  w.last().open();
  w.last().say(view(6, {}));
  assert.ok(store.state.pending.has('call'), 'seq 6 does not show record 7');
  w.last().say({type: 'beat', seq: 7, at: '2026-03-02T02:30:03Z'});
  assert.deepEqual([...store.state.pending.keys()], ['other'], 'the beat says that the view is as of 7');
  assert.equal(store.fresh(), true);
  let states = 0;
  store.subscribe(() => { states += 1; });
  assert.equal(drawn.length, 1, 'many changes, one redraw');
  drawn[0]();
  assert.equal(states, 1);
  store.update();
  assert.equal(drawn.length, 2);
  feed.close();
});

test('a new epoch settles everything that waited for the old', () => {
  const store = new Store(() => {});
  const w = world();
  w.start((one) => store.follow(one));
  store.pend('call', {status: 'settling', key: 'k', request: {path: '/'}, epoch: 'e1', seq: 700, problem: null});
  w.last().open();
  w.last().say(hello({epoch: 'e2', seq: 3}));
  assert.equal(store.state.pending.size, 0);
});

test('server time does not trust the PC', () => {
  const server = Date.parse('2026-03-02T02:30:00Z');
  let local = 1000;
  const clock = new ServerClock(() => local);
  assert.equal(clock.known(), false);
  clock.observe('2026-03-02T02:30:00Z');
  local += 3000;
  clock.observe(server + 2700); // 300 ms late on the wire
  assert.equal(clock.now(), server + 3000, 'the fastest frame is the most honest');
  assert.equal(clock.since(server / 1000), 3, 'views carry whole seconds');
  local += 1000;
  clock.observe(server + 400_000); // the server's clock was set
  assert.equal(clock.now(), server + 400_000);
  clock.observe('not a time');
  assert.equal(clock.now(), server + 400_000);
});

test('a demo runs faster, or stands still', () => {
  let local = 0;
  const clock = new ServerClock(() => local);
  clock.observe(1_000_000, 60);
  local += 1000;
  assert.equal(clock.now(), 1_000_060_000);
  clock.observe(1_000_060, 0);
  local += 5000;
  assert.equal(clock.now(), 1_000_060_000);
});

test('a screen that nobody touches asks again a minute after it was turned away, and shows until then that it is old', () => {
  const w = world();
  const feed = w.start();
  feed.unattended = true;
  w.last().open();
  w.last().say(view(5, 'five'));
  w.last().end(4500);
  const before = w.sockets.length;
  w.pass(59_000);
  assert.equal(w.sockets.length, before);
  for (let turned = 1; turned <= 5; turned += 1) {
    w.pass(1001);
    assert.equal(w.sockets.length, before + turned, 'one attempt a minute');
    assert.equal(feed.connection, 'stale');
    w.last().open();
    w.last().end(4500);
    assert.deepEqual([feed.connection, feed.stopped], ['stopped', 'signed_out']);
    w.pass(59_000);
  }
  w.pass(1001);
  w.last().open();
  w.last().say(hello());
  assert.deepEqual([feed.connection, feed.stopped], ['live', null]);
  w.last().end(4503);
  w.pass(10 * 60_000);
  assert.equal(w.sockets.length, before + 6, 'one that another page replaced stays away');
});

test('a reload in a future that was none does not keep the old build for ever', () => {
  const w = world();
  w.kept.set('lapak.reloaded', String(Date.now() + 365 * 24 * 3600 * 1000));
  w.start();
  w.last().open();
  w.last().say(hello({build: 'b2'}));
  assert.equal(w.reloads, 1);
});

test('each connection is greeted once, also one that came back before anybody noticed', () => {
  const w = world();
  const feed = w.start();
  w.last().open();
  w.last().say(hello());
  w.last().say(view(5, 'five'));
  assert.equal(feed.greeted, 1);
  w.last().end(4003);
  assert.equal(feed.connection, 'live', 'not old yet');
  w.pass(600);
  w.last().open();
  w.last().say(hello());
  assert.equal(feed.greeted, 2);
});
