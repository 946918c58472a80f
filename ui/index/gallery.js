// @ts-check
// Pictures of the first page: a demo, a branch's door, a member of staff, a new branch.

const ROOMS = [1, 2, 3, 4, 5].map((id) => ({id, seats: Array.from({length: id === 5 ? 2 : 6}, (_, i) => ({no: i + 1}))}));

const LOBBY = {
  date: '2026-03-02', open: true, zone_s: 25_200, offset_s: 0, hold_s: 120, calls: [], missed: [], next: ['A135', 'B031', 'C011'], waiting: 75, over: false,
  waits: [{lane: 'walk_in', low_s: 3300, high_s: 5100}, {lane: 'online', low_s: 1200, high_s: 2400}],
  rooms: ROOMS.map(({id}) => ({id, desk: id === 5, state: id === 4 ? 'cleaning' : 'running', present: id === 4 ? 0 : 5, capacity: id === 5 ? 2 : 6})),
};

const session = (/** @type {any} */ own) => ({body: {id: 0, name: '', display: '', demo: false, insecure: false, setup: false, epoch: 'gallery', build: '', ...own}});
const demo = {'GET /api/v1/session': session({kind: 'demo', role: 'manager', demo: true}), 'GET /api/v1/demo': {body: {speed: 60, paused: false, day: '2026-03-02', seed: 1, taken: [2]}},
  'GET /api/v1/rooms': {body: {rooms: ROOMS}}};

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'index', page: '/', size: [1440, 900], pictures: [
  {name: 'demo', feeds: {'/api/v1/feed/lobby': LOBBY}, answers: demo},
  {name: 'demo-phone', size: [360, 740], feeds: {'/api/v1/feed/lobby': LOBBY}, answers: demo},
  {name: 'offline', connection: 'offline', feeds: {'/api/v1/feed/lobby': LOBBY}, answers: demo},
  {name: 'sign-in', answers: {'GET /api/v1/session': session({kind: 'nobody', role: ''})}},
  {name: 'staff', answers: {'GET /api/v1/session': session({kind: 'session', id: 4, role: 'officer', name: 'dewi', display: 'Dewi Kusumaningrum-Hadiwidjojo'})}},
  {name: 'new-branch', answers: {'GET /api/v1/session': session({kind: 'nobody', role: '', setup: true})}},
  {name: 'no-answer', answers: {'GET /api/v1/session': {status: 503, body: {code: 'not_ready', status: 503, title: 'Not ready', detail: ''}}}},
]};
