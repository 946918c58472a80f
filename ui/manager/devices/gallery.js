// @ts-check
// Pictures of the devices: screens, lobbies and printers of a large branch.

import {NOW, answers, view} from '../gallery-branch.js';

const branch = view(6, 60);
branch.rooms[5] = {...branch.rooms[5], room: {...branch.rooms[5].room, desk: true, mode: 'single'}};

/** Seen within the last minute whenever the picture is taken. */
const SEEN = Math.floor(Date.now() / 1000);
const DAY_S = 86_400;

const device = (/** @type {number} */ id, /** @type {string} */ kind, /** @type {string} */ name, /** @type {any} */ more = {}) => ({id, kind, name, room: 0, seat: 0, lobby: 0, part: 0, parts: 0, seen: SEEN, from: `10.20.1.${20 + id}`, expires: NOW + 300 * DAY_S, ...more});
const DEVICES = [
  device(1, 'display', 'Papan depan kiri', {lobby: 1, part: 1, parts: 2}), device(2, 'display', 'Papan depan kanan', {lobby: 1, part: 2, parts: 2}), device(3, 'display', 'Papan lantai dua', {lobby: 2, live: true, muted: true}),
  device(4, 'kiosk', 'Kios pintu utama'), device(5, 'kiosk', 'Kios pintu samping', {seen: SEEN - 5400}), device(6, 'desk', 'Tablet gerbang'),
  ...[1, 2, 3].flatMap((room) => [1, 2, 3].map((seat) => device(room * 10 + seat, 'booth', `Layar ${room}.${seat}`, {room, seat, seen: seat === 3 && room === 2 ? 0 : SEEN}))),
];
const LOBBIES = {version: 4, lobbies: [{id: 1, name: 'Lantai dasar', rooms: [1, 2, 3], announcer: 2, english: true, contrast: false}, {id: 2, name: 'Lantai dua', rooms: [4, 5, 6], announcer: 3, english: false, contrast: true}, {id: 3, name: '', rooms: [], announcer: 0, english: false, contrast: false}],
  names: [{room: 1, name: 'Ruang Melati'}, {room: 6, name: 'dekat pintu keluar'}]};
const printer = (/** @type {number} */ id, /** @type {string} */ name, /** @type {any} */ more = {}) => ({id, name, kind: 'escpos', at: 'kiosk', devices: null, address: `10.20.1.${90 + id}`, width_mm: 80, qr: 'native', code_page: 'wpc1252', cut: true, silent: false, ...more});
const PRINTING = {branch: 'Kantor Cabang Contoh', printers: [printer(1, 'Pencetak pintu utama'), printer(2, 'Pencetak pintu samping', {width_mm: 58, qr: 'raster', silent: true}), printer(3, 'Pencetak meja depan', {at: 'desk', kind: 'browser', address: ''})]};

/** @param {string} name @param {any} [more] @param {any} [asks] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more = {}, asks = {}) {
  return {name, hash: '#devices', feeds: {'/api/v1/feed/manager': branch}, touches: [{until: '#printers'}], answers: answers(branch, {
    'GET /api/v1/devices': {body: {devices: DEVICES}}, 'GET /api/v1/lobbies': {body: LOBBIES}, 'GET /api/v1/printing': {body: PRINTING}, ...asks}), ...more};
}

const found = {'GET /api/v1/pairings/BCDF-GHJK': {body: {width: 1920, height: 1080, from: '10.20.1.77', expires_in: 540}}};
const wrong = {code: 'invalid', status: 422, title: 'Unprocessable', detail: 'An address is a host and a port.', field: 'printers[0].address'};
const long = DEVICES.map((one) => ({...one, name: 'Layar besar di dinding sebelah barat dekat pintu masuk ruang tunggu lantai dasar'}));

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'devices', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded'),
  picture('printers', {touches: [{until: '#printers'}, {click: '#p-name-0'}]}),
  picture('pairing', {touches: [{until: '#pair-code'}, {type: ['#pair-code', 'BCDFGHJK']}, {click: 'form:has(#pair-code) button:not([disabled])'}, {until: '.found'}]}, found),
  picture('from-link', {hash: '#devices/BCDF-GHJK', touches: [{until: '.compare'}]}, found),
  picture('unknown-code', {touches: [{until: '#pair-code'}, {type: ['#pair-code', 'BCDFGHJK']}, {click: 'form:has(#pair-code) button:not([disabled])'}, {until: '.wrong'}]},
    {'GET /api/v1/pairings/BCDF-GHJK': {status: 404, body: {code: 'unknown_pairing', status: 404, title: 'Not Found', detail: ''}}}),
  picture('refused', {touches: [{until: '#p-address-0'}, {type: ['#p-address-0', 'salah']}, {click: '[aria-labelledby="printers"] .act .button.primary[aria-disabled="false"]'}, {until: '.wrong'}]}, {'PUT /api/v1/printing': {status: 422, body: wrong}}),
  picture('empty', {}, {'GET /api/v1/devices': {body: {devices: []}}, 'GET /api/v1/lobbies': {body: {version: 0, lobbies: [{id: 1, name: '', rooms: [], announcer: 0, english: false, contrast: false}], names: []}}, 'GET /api/v1/printing': {body: {branch: '', printers: []}}}),
  picture('error', {touches: [{until: '.empty'}]}, {'GET /api/v1/devices': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('long-names', {}, {'GET /api/v1/devices': {body: {devices: long}}}),
  picture('offline', {connection: 'offline'}),
  picture('dark', {theme: 'dark'}),
]};
