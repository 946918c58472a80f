// @ts-check
// Pictures of sound and media, with uploads.

import {answers, view} from '../gallery-branch.js';

const branch = view(4, 40);
const LIMITS = {items: 300, total_bytes: 67_108_864, image_bytes: 10_485_760, clip_bytes: 2_097_152, audio_bytes: 5_242_880, clip_ms: 10_000, audio_ms: 120_000, scenes: 12, caption: 240, title: 120};

/** @param {number} i */
const file = (i) => `file-${i * 7919}`;
const slide = (/** @type {number} */ i, /** @type {string} */ title) => ({id: i, kind: 'slide', title, file: file(i), type: 'image/jpeg', bytes: 210_000 + i * 37_000, width: 1920, height: 1080});
const clip = (/** @type {number} */ id, /** @type {string} */ name) => ({id, kind: 'clip', for: name, title: '', file: file(id), type: 'audio/mpeg', bytes: 21_000, last_ms: 700});
const ITEMS = [slide(1, 'Siapkan kartu peserta dan KTP asli'), slide(2, 'Layanan tanpa biaya'), slide(3, ''), slide(4, 'Klaim juga dapat lewat aplikasi'), slide(5, 'Terima kasih atas kesabaran Anda'), slide(6, 'Jam layanan: Senin sampai Jumat, 07.30 sampai 15.00'), clip(20, 'chime'), clip(21, 'a'), clip(22, 'room')];
const SCENES = ['Duduklah di bilik Anda dan letakkan berkas di meja.', 'Isi formulir di layar; petugas melihatnya saat Anda siap.', 'Tekan “Saya siap” bila semua berkas sudah lengkap.']
  .map((id, i) => ({caption: {id, en: ['Sit down at your booth and put your papers on the desk.', 'Fill in the form on the screen; the officer sees it when you are ready.', 'Press “I am ready” when every paper is there.'][i]}, audio: i === 0 ? {id: file(30)} : {}}));

/** @param {string} name @param {any} [more] @param {any} [own] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more = {}, own = {}) {
  return {name, hash: '#media', feeds: {'/api/v1/feed/manager': branch}, touches: [{until: '.media'}], answers: answers(branch, {'GET /api/v1/media': {body: {rev: 7, items: ITEMS, scenes: SCENES, limits: LIMITS, ...own}}}), ...more};
}

const long = ITEMS.map((one) => ({...one, title: one.title && 'Siapkan kartu peserta, KTP asli, kartu keluarga, buku tabungan, dan surat keterangan berhenti bekerja sebelum dipanggil'}));

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'media', page: '/manager', size: [1440, 900], pictures: [
  picture('uploads'),
  picture('changed', {touches: [{until: '#scene-0-id'}, {type: ['#scene-0-id', 'Duduklah, lalu letakkan berkas di meja.']}]}),
  picture('caption-missing', {touches: [{until: '#scene-0-en'}, {type: ['#scene-0-en', '']}]}),
  picture('empty', {}, {rev: 0, items: [], scenes: []}),
  picture('long-texts', {}, {items: long}),
  {...picture('error', {touches: [{until: '.empty'}]}), answers: answers(branch, {'GET /api/v1/media': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}})},
  picture('offline', {connection: 'offline'}),
  picture('dark', {theme: 'dark'}),
]};
