// @ts-check
// Pictures of the lobby's board: every state, every size, with made-up numbers.

/** 09.30 WIB, in whole seconds as views carry it. */
const NOW = Date.UTC(2026, 2, 2, 2, 30) / 1000;

const number = (/** @type {number} */ n) => `${'ABC'[n % 3]}${String(n).padStart(3, '0')}`;
const place = (/** @type {number} */ n, /** @type {number[]} */ seats, here = false) => ({number: number(n), seats, here});
const call = (/** @type {number} */ seq, /** @type {number} */ room, /** @type {any[]} */ places, /** @type {any} */ more = {}) => ({seq, at: NOW - (100 - seq) * 20, kind: 'group', room, places, ...more});

/** Rooms in every state. @param {number} n */
function roomsOf(n) {
  const states = ['running', 'forming', 'called', 'cleaning', 'closing', 'closed', 'seating'];
  return Array.from({length: n}, (_, i) => {
    const state = states[i % states.length];
    return {id: i + 1, desk: n === 5 && i === 4, state, present: state === 'forming' ? 0 : 3 + (i % 4), capacity: n === 5 && i === 4 ? 2 : 6,
      until: ['running', 'closing', 'cleaning'].includes(state) ? NOW + 180 + i * 70 : undefined, frees: i % 2 === 0 || undefined,
      next: state === 'forming' ? Array.from({length: 6}, (__, k) => number(140 + i * 10 + k)) : undefined};
  });
}

const EMPTY = {
  date: '2026-03-02', open: true, zone_s: 25_200, offset_s: 0, hold_s: 120, calls: [], missed: [], next: [], waiting: 0, over: false, as_of: NOW,
  hours: {open_s: 28_800, last_ticket_s: 54_000, close_s: 57_600},
  waits: [{lane: 'walk_in', low_s: 0, high_s: 240}, {lane: 'online', low_s: 0, high_s: 180}, {lane: 'collective', low_s: 0, high_s: 600}], rooms: roomsOf(5),
};
const BUSY = {...EMPTY, next: Array.from({length: 10}, (_, i) => number(121 + i)), waiting: 83,
  waits: [{lane: 'walk_in', low_s: 3300, high_s: 5100}, {lane: 'online', low_s: 1200, high_s: 2400}, {lane: 'collective', low_s: 6000, high_s: 10_800}],
  missed: Array.from({length: 11}, (_, i) => number(7 + i * 5)), notice: 'Loket foto salinan ada di lantai dasar. Salat Jumat: panggilan berhenti pukul 11.45 sampai 13.00.'};

const HERE = Array.from({length: 8}, (_, i) => call(60 - i * 4, 1 + (i % 4), [place(90 - i, i % 4 === 3 ? [1, 2, 4] : [1 + (i % 6)], true)]));
const one = {...BUSY, calls: [call(99, 2, [place(112, [3])], {kind: 'refill'}), ...HERE]};
const six = {...BUSY, calls: [call(99, 2, [1, 2, 3, 4, 5, 6].map((n) => place(100 + n, [n], n === 2))), call(98, 1, [place(97, [4])]), call(96, 3, [place(95, [2, 3])]), ...HERE]};
// Nothing that takes turns: how long it is until the branch is missed is not the same twice.
const lost = {...six, missed: six.missed.slice(0, 6), notice: 'Loket foto salinan ada di lantai dasar.'};
const twenty = {...BUSY, calls: [call(99, 2, Array.from({length: 20}, (_, i) => place(101 + i, [i + 1], i % 7 === 3))), ...HERE]};
const crowded = {...BUSY, calls: [call(99, 4, [place(119, [5])]), ...Array.from({length: 11}, (_, i) => call(98 - i, 1 + (i % 5), [place(118 - i, i % 4 === 1 ? [2, 3, 4] : [1 + (i % 6)], i > 7)], {kind: i === 2 ? 'recall' : 'refill'})), ...HERE]};
const twelve = {...crowded, rooms: roomsOf(12), calls: [call(99, 12, Array.from({length: 8}, (_, i) => place(111 + i, [i + 1]))), ...crowded.calls.slice(1)]};
const long = {...twelve, rooms: roomsOf(12).map((room, i) => ({...room, name: ['Lantai 2 sebelah kanan, dekat tangga darurat', 'Melati', 'Pelayanan Klaim Kolektif Perusahaan dan Badan Usaha'][i % 3]})),
  calls: [call(99, 12, [{number: 'JKM1024', seats: [10, 11, 12]}, {number: 'JHT2048', seats: [3, 7]}, place(113, [14])]), ...crowded.calls.slice(1)],
  notice: 'Mohon siapkan KTP asli, kartu peserta, dan buku tabungan sebelum masuk ruang; petugas tidak menyimpan dokumen asli Anda. Layanan ini tidak dipungut biaya. Laporkan pungutan liar kepada kepala cabang.'};
const back = {...BUSY, calls: [call(99, 2, [place(112, [3]), place(113, [4])], {withdrawn: true}), call(98, 1, [place(111, [4])]), ...HERE]};
const recall = {...BUSY, calls: [call(99, 3, [place(104, [2]), place(108, [5])], {kind: 'recall'}), call(97, 1, [place(111, [4])]), ...HERE]};
// Families at seats that are not side by side: the longest words that a tile has.
const families = {...BUSY, calls: [call(99, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => place(100 + n, n % 4 === 3 ? [10, 14, 15] : [n])), {kind: 'recall'}),
  call(98, 1, [place(121, [10, 14, 15]), place(122, [3])]), call(97, 12, [1, 2, 3, 4].map((n) => place(122 + n, n === 2 ? [2, 11, 13, 16] : [n])), {kind: 'recall'}), ...HERE]};
const seated = {...BUSY, calls: HERE};
const closed = {...EMPTY, open: false, waits: [], rooms: roomsOf(5).map((room) => ({...room, state: 'closed', next: undefined, until: undefined})), waiting: 14, next: [1, 2, 3, 4].map(number)};
const over = {...closed, open: true, over: true, next: [], missed: BUSY.missed, calls: []};

const feed = (/** @type {any} */ view) => ({'/api/v1/feed/lobby': view});
/** What a board asks over plain HTTP that cannot connect. @param {any} view */
const still = (view) => ({'GET /api/v1/views/lobby': {body: view}});
const TALL = /** @type {[number, number]} */ ([1080, 1920]);
const FOUR_K = /** @type {[number, number]} */ ([3840, 2160]);

/** What a lost branch shows is waited for. */
const LOST = [{until: '.banner'}];

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'lobby', page: '/lobby', size: [1920, 1080], pictures: [
  {name: 'one', feeds: feed(one)},
  {name: 'six', feeds: feed(six)},
  {name: 'twenty', feeds: feed(twenty)},
  {name: 'twenty-shared', search: '?page=1of2', feeds: feed(twenty)},
  {name: 'crowded', feeds: feed(crowded)},
  {name: 'twelve-rooms', feeds: feed(twelve)},
  {name: 'long-texts', search: '?title=Kantor%20Cabang%20Jakarta%20Grogol%20Petamburan%20%E2%80%93%20Lobi%20Lantai%20Dua', feeds: feed(long)},
  {name: 'withdrawn', feeds: feed(back)},
  {name: 'recall', feeds: feed(recall)},
  {name: 'families', feeds: feed(families)},
  {name: 'families-silent', connection: 'silent', touches: LOST, feeds: feed(families), answers: still(families)},
  {name: 'seated', feeds: feed(seated)},
  {name: 'empty', feeds: feed(EMPTY)},
  {name: 'nobody-serves', feeds: feed({...EMPTY, waits: [], no_wait: 'nobody', rooms: closed.rooms})},
  {name: 'closed', feeds: feed(closed)},
  {name: 'over', feeds: feed(over)},
  {name: 'other-lobby', search: '?rooms=1,2', feeds: feed(crowded)},
  {name: 'sound-locked', search: '?sound=1', feeds: feed(six)},
  {name: 'offline', connection: 'offline', touches: LOST, feeds: feed(lost), answers: still(lost)},
  {name: 'silent', connection: 'silent', touches: LOST, feeds: feed(crowded), answers: still(crowded)},
  {name: 'unpaired', connection: 4500, feeds: feed(EMPTY)},
  {name: 'contrast', search: '?contrast=high', feeds: feed(six)},
  {name: 'light', theme: 'light', feeds: feed(six)},
  {name: 'portrait-one', size: TALL, feeds: feed(one)},
  {name: 'portrait-six', size: TALL, feeds: feed(six)},
  {name: 'portrait-twenty', size: TALL, feeds: feed(twenty)},
  {name: 'portrait-families', size: TALL, feeds: feed(families)},
  {name: 'portrait-crowded', size: TALL, feeds: feed(crowded)},
  {name: 'portrait-twelve', size: TALL, feeds: feed(long)},
  {name: 'portrait-closed', size: TALL, feeds: feed(closed)},
  {name: 'portrait-offline', size: TALL, connection: 'offline', touches: LOST, feeds: feed(twelve), answers: still(twelve)},
  {name: '4k-six', size: FOUR_K, feeds: feed(six)},
  {name: '4k-twelve', size: FOUR_K, feeds: feed(twelve)},
]};
