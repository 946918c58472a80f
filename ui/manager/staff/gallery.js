// @ts-check
// Pictures of the people page, with the branch to practise in beside it.

import {NOW, answers, view} from '../gallery-branch.js';

const DAY_S = 86_400;

/** @type {[string, string, string, any?][]} */
const PEOPLE = [
  ['rina', 'Rina', 'officer'], ['budi', 'Budi', 'officer', {max_group: 4}], ['dewi.k', 'Dewi Kusumaningrum-Hadiwidjojo', 'officer'], ['agus', 'Agus', 'officer', {programmes: ['JKK', 'JKM', 'JP']}],
  ['joko', 'Joko', 'officer'], ['sari.w', 'Sari Wulandari', 'officer', {programmes: ['JHT', 'JP']}], ['putri', 'Putri', 'officer'], ['andi', 'Andi', 'officer', {disabled: true}],
  ['wati', 'Wati', 'desk'], ['tono', 'Tono', 'desk'], ['lina', 'Lina', 'desk', {disabled: true}], ['ratna', 'Ibu Ratna', 'manager'], ['kanwil', 'Kantor wilayah', 'observer'],
];
const accounts = (/** @type {typeof PEOPLE} */ list) => list.map(([name, display, role, more], i) => ({id: i + 2, name, display, role, disabled: Boolean(more?.disabled), created: NOW - 90 * DAY_S, password_changed: NOW - (i + 3) * DAY_S}));
const officers = (/** @type {typeof PEOPLE} */ list) => list.map(([name, display, role, more], i) => ({id: i + 2, name, display, role, max_group: more?.max_group ?? 0, programmes: more?.programmes ?? []})).filter((one) => one.role === 'officer' || one.role === 'manager');

const branch = view(6, 60);
branch.officers = branch.officers.map((/** @type {any} */ o) => ({...o, id: o.id + 1}));

/** @param {string} name @param {any} more @param {any} [asks] @param {typeof PEOPLE} [people] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more, asks = {}, people = PEOPLE) {
  return {name, hash: '#staff', feeds: {'/api/v1/feed/manager': branch}, touches: [{until: '.page-staff .card'}], answers: answers(branch, {
    'GET /api/v1/accounts': {body: {accounts: accounts(people)}}, 'GET /api/v1/officers': {body: {officers: officers(people)}}, 'GET /api/v1/training': {body: {running: false}}, ...asks}), ...more};
}

const long = /** @type {typeof PEOPLE} */ (PEOPLE.map(([name, , role, more]) => [`${name}.kusumawardhani.prawirodirdjo`, 'Siti Nurhaliza Kusumawardhani Prawirodirdjo', role, {...more, programmes: ['JHT', 'JKK', 'JKM', 'JP']}]));
const taken = {code: 'name_taken', status: 409, title: 'Conflict', detail: 'That name is taken.', field: 'name'};
const typed = (/** @type {string} */ display, /** @type {string} */ name) => [{until: '#new-display'}, {type: ['#new-display', display]}, {type: ['#new-name', name]}, {type: ['#new-password', 'kata-sandi-contoh']}];

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'staff', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded', {}),
  picture('person', {hash: '#staff/3', touches: [{until: '#max-group'}]}),
  picture('closed-account', {hash: '#staff/9', touches: [{until: '#display'}]}),
  picture('new', {hash: '#staff/new', touches: typed('Yusuf', 'yusuf')}),
  picture('refused', {hash: '#staff/new', touches: [...typed('Rina', 'rina'), {click: 'form:has(#new-name) .act .button[aria-disabled="false"]'}, {until: '.wrong'}]}, {'POST /api/v1/accounts': {status: 409, body: taken}}),
  picture('training', {}, {'GET /api/v1/training': {body: {running: true, port: 8090, until: NOW + 7200}}}),
  picture('empty', {}, {}, []),
  picture('error', {touches: [{until: '.empty'}]}, {'GET /api/v1/accounts': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('long-names', {hash: '#staff/4'}, {}, long),
  picture('offline', {hash: '#staff/3', connection: 'offline'}),
  picture('dark', {hash: '#staff/3', theme: 'dark'}),
]};
