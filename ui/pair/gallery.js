// @ts-check
// Pictures of a screen that waits to be paired.

const session = (/** @type {any} */ own) => ({body: {kind: 'none', id: 0, name: '', display: '', role: '', demo: false, insecure: false, setup: false, epoch: 'gallery', build: '', ...own}});
const begun = {status: 201, body: {code: 'BCDF-GHJK', expires_in: 600, interval: 5, approve: '/manager#devices/BCDF-GHJK'}};
const waits = {'GET /api/v1/session': session({}), 'POST /api/v1/pair': begun, 'GET /api/v1/pair': {body: {state: 'pending', interval: 3600}}};

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'pair', page: '/pair', size: [1920, 1080], pictures: [
  {name: 'code', answers: waits},
  {name: 'code-portrait', size: [1080, 1920], answers: waits},
  {name: 'code-tablet', size: [1024, 600], answers: waits},
  {name: 'no-server', answers: {...waits, 'POST /api/v1/pair': {status: 503, body: {code: 'unavailable', status: 503, title: '', detail: ''}}}},
  {name: 'paired', answers: {'GET /api/v1/session': session({kind: 'device', id: 3, name: 'lobi kiri', device: {kind: 'display'}})}},
]};
