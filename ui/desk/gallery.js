// @ts-check
// The front desk in its states, with made-up data; see gallery/fake.js.

const NOW = 1_772_418_600; // Monday 2026-03-02, 09.30 WIB
const DAWN = 1_772_410_200; // 07.10 WIB
const day = {date: '2026-03-02', open: true, over: false, number: 1, extended: false, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000};
const PAPERS = [{doc: 'membership_card', required: true, when: '', mark: 'present'}, {doc: 'identity', required: true, when: '', mark: 'present'}, {doc: 'resignation_statement', required: true, when: '', mark: 'missing'}, {doc: 'npwp', required: true, when: 'over_50m_or_partial_before', mark: 'not_seen'}];

/** @param {number} id @param {string} number @param {string} state @param {any} [more] */
const visit = (id, number, state, more = {}) => ({id, number, state, channel: number.startsWith('B') ? 'online' : 'walk_in', priority: 'none', persons: 1, accessible: false, named: false, company: 0,
  arrived: NOW - 60 * id, since: NOW - 60 * id, due: 0, claims: [{id, programme: 'JHT', reason: 'jht_resign', papers: PAPERS}], ...more});
const few = [visit(4, 'A041', 'arrived'), visit(9, 'A036', 'incomplete', {persons: 3, priority: 'with_baby'}), visit(11, '', 'booked', {arrived: 0, due: NOW + 900}), visit(12, '', 'booked', {arrived: 0, due: NOW - 900}), visit(20, 'B004', 'no_show'), visit(22, 'A018', 'at_desk')];
const many = Array.from({length: 60}, (_, i) => visit(i + 1, `${i % 7 === 0 ? 'B' : 'A'}${String(200 - i).padStart(3, '0')}`, i % 3 === 0 ? 'incomplete' : 'arrived', {priority: ['none', 'elderly', 'disabled'][i % 3], persons: 1 + (i % 4)}));
const settled = [visit(30, 'A012', 'settled', {since: NOW - 300, claims: [{id: 30, programme: 'JHT', reason: 'jht_resign', papers: [], outcome: 'approved', receipt: 84736, promise: '2026-03-09'}]}),
  visit(31, 'A009', 'settled', {since: NOW - 900, persons: 2, claims: [{id: 31, programme: 'JKM', reason: 'jkm_death', papers: [], outcome: 'returned', receipt: 84992, because: 'papers_missing', missing: ['heir_statement', 'family_card']}, {id: 32, programme: 'JP', reason: 'jp_spouse', papers: [], outcome: 'escalated', receipt: 85248, promise: '2026-03-16', because: 'data_mismatch'}]}),
  visit(33, 'B002', 'settled', {since: NOW - 2400, claims: [{id: 33, programme: 'JHT', reason: 'jht_phk', papers: [], outcome: 'refused', receipt: 85504, because: 'not_eligible'}]})];
const over = {answers: {'GET /api/v1/visits': {body: {visits: settled, more: false}}}};
const COMPANIES = {companies: [{company: 2, name: 'PT Garmen Sentosa', workforce: 412, laid_off: 180, date: '2026-02-24', at: NOW - 600_000, people: 174}, {company: 1, name: 'PT Tekstil Maju Jaya', workforce: 1000, laid_off: 300, date: '2026-02-16', at: NOW - 1_300_000, people: 96}], min_layoff_pct: 30, wave: 6, opens: [{date: '2026-03-02', open_s: 27_000}, {date: '2026-03-03', open_s: 32_400}]};
const COMPANY = {company: 3, entered: false, rule: {laid_off: 300, workforce: 1000, pct: 30, need: 300, ok: true}, ignored: ['No'], days: [{date: '2026-03-03', people: 2, first_s: 32_400, last_s: 34_200}], new: 2, known: 0, wrong: 2,
  lines: [{line: 2, state: 'new', date: '2026-03-03', due_s: 32_400}, {line: 3, state: 'wrong', faults: [{column: 3, field: 'NIK', code: 'nik_length', detail: 'A NIK has exactly 16 digits.'}]},
    {line: 4, state: 'wrong', faults: [{column: 2, field: 'Nama', code: 'name_missing', detail: 'The name is missing.'}, {column: 3, field: 'NIK', code: 'number_rounded', detail: 'The spreadsheet has rounded this number.'}]}, {line: 5, state: 'new', date: '2026-03-03', due_s: 34_200}]};
/** What is typed into a company's form, the list last. */
const TYPED = [['#company-name', 'PT Kulit Utama'], ['#company-workforce', '1000'], ['#company-laidOff', '300'], ['#company-date', '2026-03-03'], ['#company-text', 'No;Nama;NIK\n1;Orang Satu;9901010101900001\n2;Orang Dua;12345\n3;;9,90101E+15\n4;Orang Empat;9901010101900004']];
const gate = Array.from({length: 14}, (_, i) => visit(i + 1, `A${String(i + 1).padStart(3, '0')}`, 'waiting', {arrived: DAWN - 600 + 40 * i, since: DAWN - 600 + 40 * i, persons: 1 + (i % 5 === 0 ? 1 : 0), company: i % 6 === 3 ? 4 : 0}));

/** @param {any} [more] */
const view = (more = {}) => ({at: NOW, offset_s: 0, zone_s: 25_200, day, waits: [{lane: 'walk_in', low_s: 2100, high_s: 3600}, {lane: 'online', low_s: 900, high_s: 1800}], waiting: 38, unserved: [], elsewhere: ['JKP'], lobby: {persons: 44, max: 120}, visits: few, ...more});
const HASH = '60bf07c488aad18fda339df07e4fbc47b4f00be71711936f18d04d352ad01890';
const proof = {version: 1, date: '2026-03-02', round: 1, present_at_commit: 0, commit: HASH, list: gate.map((v) => ({number: v.number, arrived: v.arrived})), list_hash: 'c0c4cc8df36f7127f70589301cce10b73e9a88d660ca64cace888020c032fd7e', entropy: '', secret: '', order: /** @type {string[]} */ ([])};
const held = {...proof, entropy: '35261', secret: '5a'.repeat(32), order: [...gate.slice(9), ...gate.slice(3, 9), ...gate.slice(0, 3)].map((v) => v.number)};

/** @param {any} [more] */
const answers = (more = {}) => ({
  'GET /api/v1/session': {body: {demo: true, role: '', build: ''}}, 'GET /api/v1/visits': {body: {visits: [], more: false}}, 'GET /api/v1/draw': {body: {phase: 'none', proof: null}},
  'GET /api/v1/printer': {body: {branch: '', kind: 'escpos', name: 'Meja depan', width_mm: 80, trouble: '', public: false}}, ...more,
});

/** @param {string} name @param {any} [more] @returns {import('../gallery/fake.js').Picture} */
const picture = (name, {view: v = view(), answers: a = {}, ...rest} = {}) => ({name, feeds: {'/api/v1/feed/desk': v}, answers: answers(a), ...rest});
const drawn = (/** @type {string} */ phase, /** @type {any} */ p) => ({view: view({at: DAWN, visits: gate, waiting: 14}), at: new Date(DAWN * 1000).toISOString(), hash: '#gate', answers: {'GET /api/v1/draw': {body: {phase, proof: p}}}});
const LIST = 'K01 08.15\nK02 08.20 2\nA045 08.31 1 JKM\nBudi 08.40\nK01 08.50\nK07 9.10 1 JP\nK08 12.40';
const TRIED = {rows: [{slip: 'K01', state: 'new', number: 'A043'}, {slip: 'K02', state: 'new', number: 'A044'}, {slip: 'A045', state: 'new', number: 'A045'}, {slip: 'K07', state: 'known', number: 'A039'}, {slip: 'K08', state: 'wrong', code: 'not_yet', detail: 'The time on the paper has not come yet. Check the branch\'s clock.'}], new: 3, known: 1, wrong: 1};

const UNSERVED = [{programme: 'JKM', desk: true, waiting: 3, persons: 4}];
const crowd = () => view({visits: many, waiting: 211, lobby: {persons: 131, max: 120}});
/** A number just given where visitors have a page and nothing prints: its code is shown. */
const given = () => ({view: crowd(), answers: {'GET /api/v1/printer': {body: {branch: '', kind: '', name: '', width_mm: 0, trouble: '', public: true}}, 'POST /api/v1/visits': {status: 201, body: {visit: 60, number: 'A141', link: 'x'}}},
  touches: [{click: '[data-slot="give"] button', until: '.given-now'}, {until: '.row-item.current'}]});
const CHOSEN = [{click: '.row-item:nth-child(1)', until: '.checklist'}];

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {
  code: 'desk', page: '/desk', size: [1366, 768],
  pictures: [
    picture('quiet'),
    picture('papers', {touches: [{click: '.row-item', until: '.checklist'}]}),
    picture('tablet', {size: [1280, 800], touches: [{click: '.row-item', until: '.checklist'}]}),
    picture('tablet-small', {size: [1024, 768], view: crowd(), touches: CHOSEN}),
    picture('tablet-upright', {size: [800, 1280], view: crowd(), touches: CHOSEN}),
    picture('elsewhere', {size: [1024, 768], touches: [{type: ['.claim-row select', 'JKP'], until: '[data-slot="give"] .said'}]}),
    picture('side-desk', {size: [1024, 768], view: view({unserved: UNSERVED}), touches: [{type: ['.claim-row select', 'JKM'], until: '.warned'}]}),
    ...[[1280, 800], [1024, 768]].map(([w, h]) => picture(`given-${w}`, {...given(), size: [w, h]})),
    picture('after-calls', {view: view({day: {...day, over: true}, waits: []})}),
    picture('crowded', {view: crowd()}),
    picture('full-by-default', {view: view({visits: many, waiting: 24, lobby: {persons: 27, max: 20, usual: true}})}),
    picture('empty', {view: view({visits: [], waiting: 0, lobby: {persons: 0, max: 120}})}),
    picture('closed', {view: view({day: {...day, open: false}, visits: [], waits: []})}),
    picture('done', {...over, touches: [{click: '.tabs button:last-child', until: '.row-item .is-approved'}, {click: 'li:nth-child(2) .row-item', until: '.ended'}]}),
    picture('done-tablet', {...over, size: [1280, 800], touches: [{click: '.tabs button:last-child', until: '.row-item .is-approved'}, {click: '.row-item', until: '.ended'}]}),
    picture('gate', drawn('none', null)),
    picture('gate-sealed', drawn('prepared', {...proof, list: [], list_hash: ''})),
    picture('gate-dice', drawn('frozen', proof)),
    picture('gate-drawn', drawn('held', held)),
    picture('gate-again', drawn('lost', {...proof, commit: '', round: 2})),
    picture('paper-empty', {hash: '#paper'}),
    picture('paper-tried', {hash: '#paper', answers: {'POST /api/v1/visits/paper-list': {body: TRIED}}, touches: [{type: ['#paper-text', LIST], until: '[data-slot="paper-check"] button[aria-disabled="false"]'}, {click: '[data-slot="paper-check"] button', until: '.paper-in .banner'}]}),
    picture('company-empty', {hash: '#company', answers: {'GET /api/v1/companies': {body: COMPANIES}}, touches: [{until: '.company-page table'}]}),
    picture('company-tried', {hash: '#company', answers: {'GET /api/v1/companies': {body: COMPANIES}, 'POST /api/v1/companies/list': {body: COMPANY}},
      touches: [...TYPED.map((type, i) => ({type, until: i === TYPED.length - 1 ? '[data-slot="company-check"] button[aria-disabled="false"]' : '.company-page'})), {click: '[data-slot="company-check"] button', until: '.faults'}]}),
    picture('error', {answers: {'POST /api/v1/visits': {status: 409, body: {code: 'quota_used', status: 409, title: 'Conflict', detail: 'All numbers are given.'}}}, touches: [{click: '[data-slot="give"] button', until: '.said.refused'}]}),
    picture('offline', {connection: 'offline', touches: [{until: '.banner'}]}),
    picture('signed-out', {answers: {'GET /api/v1/session': {body: {demo: false, role: ''}}}, touches: [{until: 'form'}]}),
  ],
};
