// @ts-check
// The kiosk in its states, with made-up data; see gallery/fake.js.

const NOW = 1_772_418_600; // Monday 2026-03-02, 09.30 WIB
const day = {date: '2026-03-02', open: true, over: false, number: 1, extended: false, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000};
const hours = {gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000};
const DAYS = [{date: '2026-03-02', ...hours, today: true}, {date: '2026-03-03', ...hours, today: false}, {date: '2026-03-04', ...hours, today: false}];

/** @param {any} [more] */
const view = (more = {}) => ({
  at: NOW, offset_s: 0, zone_s: 25_200, day, days: DAYS, quota: 0, given: 42, full: false, told_at: NOW, waiting: 38,
  waits: [{lane: 'walk_in', low_s: 2100, high_s: 3600}, {lane: 'online', low_s: 900, high_s: 1800}, {lane: 'collective', low_s: 2400, high_s: 4200}],
  lobby: {persons: 44, max: 120}, papers_first: true, policy_version: 3, ...more,
});

/** @param {string} doc @param {string} [when] @param {boolean} [required] */
const paper = (doc, when = '', required = true) => ({doc, required, when});
const base = [paper('membership_card'), paper('identity'), paper('npwp', 'over_50m_or_partial_before')];
/** @param {string} reason @param {any[]} [docs] @param {number} [wait_months] */
const reason = (reason, docs = base, wait_months = 0) => ({reason, wait_months, version: 2, docs});
const heirs = [...base, paper('death_certificate'), paper('heir_statement'), paper('heir_identity'), paper('family_card'), paper('birth_certificate', 'child_heir'), paper('guardianship', 'guardian'), paper('will', 'by_will'), paper('mental_health_letter', 'mental_illness'), paper('marriage_book', 'spouse_heir')];
const LISTS = {date: '2026-03-02', policy_version: 3, programmes: [
  {programme: 'JHT', group: true, inform_only: false, reasons: [reason('jht_age56'), reason('jht_pkb'), reason('jht_pkwt'), reason('jht_bpu'), reason('jht_resign', [...base, paper('resignation_statement')], 1), reason('jht_phk', [...base, paper('termination_proof')], 1),
    reason('jht_leave_id'), reason('jht_disability'), reason('jht_death', heirs), reason('jht_10'), reason('jht_30'), reason('jht_pmi')]},
  {programme: 'JKK', group: false, inform_only: false, reasons: [reason('jkk_report'), reason('jkk_recovered')]},
  {programme: 'JKM', group: false, inform_only: false, reasons: [reason('jkm_death', heirs)]},
  {programme: 'JP', group: false, inform_only: false, reasons: [reason('jp_age'), reason('jp_disability'), reason('jp_spouse'), reason('jp_child')]},
  {programme: 'JKP', group: false, inform_only: true, reasons: [reason('jkp_layoff')]},
]};

const PRINTER = {branch: 'Kantor Cabang Bandung Suci', kind: 'escpos', name: 'Pintu utama', width_mm: 58, trouble: '', public: false};
const SLIP = {number: 'A043', branch: PRINTER.branch, title: 'NOMOR ANTREAN ANDA', lane: 'Datang langsung', ahead: 'Silakan ke meja depan: berkas Anda diperiksa dahulu', wait: 'Perkiraan tunggu 35–60 menit, per pukul 09.30',
  please: '', when: 'Senin, 2 Maret 2026, 09.30 WIB', thanks: 'Terima kasih atas kunjungan Anda'};
const refused = (/** @type {string} */ code) => ({status: 409, body: {code, status: 409, title: 'Conflict', detail: code === 'quota_used' ? 'All 40 numbers of today for people without a booking are given.' : 'The printer has no paper.'}});

/** @param {any} [more] */
const answers = (more = {}) => ({
  'GET /api/v1/session': {body: {demo: true, role: '', build: ''}}, 'GET /api/v1/checklists': {body: LISTS}, 'GET /api/v1/printer': {body: PRINTER},
  'POST /api/v1/visits': {status: 201, body: {seq: 1, at: NOW, id: 43, visit: 43, number: 'A043', link: 'made-up'}},
  'GET /api/v1/tickets/made-up/slip': {body: SLIP}, 'POST /api/v1/visits/43/print': {body: {seq: 1, at: NOW, visit: 43}}, ...more,
});

const toReason = [{click: '[data-code="JHT"]', until: '[data-code="jht_resign"]'}];
const toPapers = [...toReason, {click: '[data-code="jht_resign"]', until: '[data-act="all"]'}];
const toPeople = [...toPapers, {click: '[data-act="all"]', until: '[data-act="take"]'}];
const toTicket = [...toPeople, {click: '[data-act="take"]', until: '.ticket-ahead'}];

/** @param {string} name @param {any} [more] @returns {import('../gallery/fake.js').Picture} */
const picture = (name, {view: v = view(), answers: a = {}, ...rest} = {}) => ({name, feeds: {'/api/v1/feed/kiosk': v}, answers: answers(a), ...rest});

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {
  code: 'kiosk', page: '/kiosk', size: [1080, 1920],
  pictures: [
    picture('claim'),
    picture('lying', {size: [1920, 1080]}),
    picture('reason', {touches: toReason}),
    picture('papers', {touches: toPapers}),
    picture('long-papers', {touches: [{click: '[data-code="JKM"]', until: '[data-act="all"]'}]}),
    picture('missing', {touches: [...toPapers, {click: '[data-act="some"]', until: '.mark-paper'}, {click: '[data-code="resignation_statement"]', until: '[aria-pressed="true"]'}]}),
    picture('elsewhere', {touches: [{click: '[data-code="JKP"]', until: '.note'}]}),
    picture('booking', {touches: [{click: '[data-code="booking"]', until: '#code'}]}),
    picture('people', {touches: toPeople}),
    picture('large-print', {touches: [{click: '[data-aid="large"]'}, ...toPeople]}),
    picture('contrast', {touches: [{click: '[data-aid="contrast"]'}, ...toReason]}),
    picture('ticket', {touches: [...toTicket, {until: '.printing.good'}]}),
    picture('paper-out', {answers: {'POST /api/v1/visits/43/print': refused('printer_paper_out')}, touches: [...toTicket, {until: '.printing.bad'}]}),
    picture('printer-offline', {size: [1920, 1080], answers: {'POST /api/v1/visits/43/print': refused('printer_offline')}, touches: [...toTicket, {until: '.printing.bad'}]}),
    picture('no-paper-before', {answers: {'GET /api/v1/printer': {body: {...PRINTER, trouble: 'paper_out'}}}, touches: [{until: '.no-paper'}]}),
    picture('crowded', {view: view({waiting: 312, told_at: 0, lobby: {persons: 140, max: 120}, waits: [{lane: 'walk_in', low_s: 9000, high_s: 16_000}]})}),
    picture('nobody-serves', {view: view({waits: [], no_wait: 'nobody', waiting: 3})}),
    picture('closed', {view: view({day: {...day, open: false}})}),
    picture('after-calls', {view: view({day: {...day, last_ticket_s: 30_000, over: true}, waits: []})}),
    picture('after-last', {view: view({day: {...day, last_ticket_s: 30_000}})}),
    picture('quota', {view: view({quota: 40, given: 40})}),
    picture('holiday', {size: [1920, 1080], view: view({day: {...day, date: '2026-02-27', open: false}, days: DAYS.slice(1)})}),
    picture('error', {answers: {'POST /api/v1/visits': refused('quota_used')}, touches: [...toPeople, {click: '[data-act="take"]', until: '.refused'}]}),
    picture('offline', {connection: 'offline', touches: [{until: '.shut.offline'}]}),
    picture('not-paired', {answers: {'GET /api/v1/session': {body: {demo: false, role: ''}}}, touches: [{until: '.gate a'}]}),
  ],
};
