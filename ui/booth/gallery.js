// @ts-check
// The screen at a seat in every state.

const AT = 1772418600; // 2026-03-02, 09.30 WIB

const STEPS = ['briefing', 'check', 'form', 'verify', 'documents', 'close'].map((step) => ({
  step, who: step === 'briefing' ? 'group' : step === 'form' || step === 'documents' ? 'visitor' : 'officer', mean_s: 180}));

/** @param {string} doc @param {string} mark @param {any} [more] */
const paper = (doc, mark, more = {}) => ({doc, required: true, when: '', mark, ...more});

const FEW = [paper('membership_card', 'present'), paper('identity', 'not_seen'),
  paper('npwp', 'not_seen', {required: false, when: 'over_50m_or_partial_before'}), paper('termination_proof', 'missing')];

const MANY = [...FEW, paper('family_card', 'not_seen'), paper('bank_book', 'not_seen'), paper('work_certificate', 'not_seen'),
  paper('death_certificate', 'present'), paper('heir_statement', 'not_seen'), paper('heir_identity', 'not_seen'),
  paper('leave_statement', 'not_seen'), paper('mental_health_letter', 'not_seen', {required: false, when: 'mental_illness'}),
  paper('guardianship', 'not_seen', {required: false, when: 'guardian'}), paper('mass_termination_letter', 'not_seen')];

/** @param {number} step @param {any} [more] */
const claim = (step, more = {}) => ({id: 4, programme: 'JHT', reason: 'jht_phk', person: 1, step, step_since: AT - 120, last: false,
  steps: STEPS, papers: FEW, checklist: 1, outcome: 'none', ...more});

/** @param {any} c */
const brief = (c) => ({id: c.id, programme: c.programme, reason: c.reason, outcome: c.outcome});

/** @param {string} state @param {any} [more] */
const view = (state, more = {}) => ({room: 2, seat: 3, at: AT, offset_s: 0, zone_s: 25200, state, since: AT - 60, help: false, ahead: 0,
  accessible: false, done: [], claims: more.claim ? [brief(more.claim)] : [], ...(state === 'free' || state === 'closed' || state === 'cleaning' ? {} : {number: 'A014', visit: 7}), ...more});

/** @param {any} more */
const done = (more) => claim(5, {outcome: 'approved', receipt: 1041, promise: '2026-03-09', ...more});
const APPROVED = done({});
const RETURNED = done({id: 5, programme: 'JKM', reason: 'jkm_death', outcome: 'returned', promise: '', receipt: 1042, because: 'papers_missing', missing: ['heir_statement', 'family_card', 'bank_book']});
const ESCALATED = done({id: 6, programme: 'JP', reason: 'jp_spouse', outcome: 'escalated', promise: '2026-03-16', receipt: 1043, because: 'data_mismatch'});

/** A code of nothing in particular: three corners and a pattern. */
const QR = {size: 25, path: corner(0, 0) + corner(18, 0) + corner(0, 18)
  + Array.from({length: 120}, (_, i) => [8 + ((i * 7) % 17), 8 + ((i * 5 + Math.floor(i / 9)) % 17)]).map(([x, y]) => `M${x} ${y}h1v1H${x}z`).join('')};

/** @param {number} x @param {number} y */
function corner(x, y) {
  return `M${x} ${y}h7v1H${x}zM${x} ${y + 6}h7v1H${x}zM${x} ${y + 1}h1v5H${x}zM${x + 6} ${y + 1}h1v5H${x + 6}zM${x + 2} ${y + 2}h3v3H${x + 2}z`;
}

/** @param {any[]} list @param {any} [more] */
const left = (list, more = {}) => view('cleaning', {last_number: 'A014', done: list, claims: list.map(brief), qr: QR,
  survey: {visit: 7, due: true, answered: false}, ...more});

/** Every picture is of a visit of its own, also when the page is opened again: what the
 * screen remembers of one person must not show in the next picture. */
let visits = Math.floor(performance.timeOrigin);

/** @param {any} seen */
function own(seen) {
  visits += 1;
  return {...seen, ...(seen.visit ? {visit: visits} : {}), ...(seen.survey ? {survey: {...seen.survey, visit: visits}} : {})};
}

/** @param {string} name @param {any} seen @param {Partial<import('../gallery/fake.js').Picture>} [more]
 * @returns {import('../gallery/fake.js').Picture} */
const picture = (name, seen, {answers, ...more} = {}) => ({name, search: '?room=2&seat=3', feeds: {'/api/v1/feed/seat/2/3': own(seen)},
  answers: {'GET /api/v1/media': {body: {rev: 0, items: [], scenes: []}}, 'GET /api/v1/printer': {body: {branch: 'Kantor Cabang Bandung Suci'}}, ...answers}, ...more});

const SMALL = /** @type {[number, number]} */ ([1024, 600]);
const WIDE = /** @type {[number, number]} */ ([1920, 1080]);
const LATER = 'footer .button.primary:not([aria-disabled="true"])';

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'booth', page: '/booth', size: [1280, 800], pictures: [
  picture('free', view('free')),
  picture('accessible', view('free', {accessible: true})),
  picture('closed', view('closed')),
  picture('day-over', view('free', {day_done: true})),
  picture('expected', view('expected', {claim: claim(0)})),
  picture('expected-small', view('expected', {claim: claim(0), number: 'AB1204'}), {size: SMALL}),
  picture('not-mine', view('expected', {claim: claim(0)}), {touches: [{click: `footer .second`}]}),
  picture('briefing', view('preparing', {claim: claim(0)})),
  picture('briefing-small', view('preparing', {claim: claim(0)}), {size: SMALL, touches: [{click: '.player .button:nth-of-type(3)'}, {click: '.player .button:nth-of-type(3)'}, {click: '.player .button:nth-of-type(3)'}]}),
  picture('briefing-own', view('preparing', {claim: claim(0)}), {answers: {'GET /api/v1/media': {body: {rev: 3, items: [], scenes: [
    {caption: {id: 'Selamat datang di kantor cabang kami. Bilik ini milik Anda selama klaim.', en: 'Welcome to our branch. This booth is yours during your claim.'}}]}}}}),
  picture('may-be-wrong', view('preparing', {claim: claim(2), since: AT, mistake_until: AT + 30}), {size: SMALL}),
  picture('own', view('preparing', {claim: claim(2)})),
  picture('own-many', view('preparing', {claim: claim(4, {programme: 'JKM', reason: 'jkm_death', papers: MANY})}), {size: SMALL}),
  picture('own-plain', view('preparing', {claim: claim(2, {papers: []})})),
  picture('several-claims', view('preparing', {claim: claim(2, {id: 5, programme: 'JP', reason: 'jp_spouse'}), claims: [brief(APPROVED), {id: 5, programme: 'JP', reason: 'jp_spouse', outcome: 'none'}, {id: 6, programme: 'JKM', reason: 'jkm_death', outcome: 'none'}]}), {size: WIDE}),
  picture('help', view('preparing', {claim: claim(2), help: true})),
  picture('gathering', view('gathering', {claim: claim(0)})),
  picture('ready-third', view('ready', {claim: claim(3), ahead: 2})),
  picture('ready-next', view('ready', {claim: claim(3), ahead: 0})),
  picture('with-officer', view('with_officer', {claim: claim(3)})),
  picture('beside', view('beside', {claim: claim(5)})),
  picture('approved', left([APPROVED])),
  picture('returned', left([RETURNED]), {size: SMALL}),
  picture('escalated', left([ESCALATED])),
  picture('outcomes', left([APPROVED, RETURNED, ESCALATED, done({id: 8})]), {size: WIDE}),
  picture('outcomes-small', left([APPROVED, RETURNED, ESCALATED, done({id: 8})]), {size: SMALL}),
  picture('survey', left([APPROVED]), {touches: [{click: LATER}, {click: '.answer.a4'}, {click: '.answer.a3'}]}),
  picture('survey-small', left([APPROVED]), {size: SMALL, touches: [{click: LATER}]}),
  picture('survey-end', left([APPROVED]), {touches: [{click: LATER}, ...Array.from({length: 9}, () => ({click: '.answer.a4'}))]}),
  picture('wiped', left([APPROVED]), {touches: [{click: 'footer .second'}]}),
  picture('cleaning', view('cleaning', {last_number: 'A014'})),
  picture('one-button', view('preparing', {claim: claim(2)}), {search: '?room=2&seat=3&button=1', size: SMALL}),
  picture('offline', view('preparing', {claim: claim(2)}), {connection: 'offline', answers: {'GET /api/v1/views/seat/2/3': null, 'GET /api/v1/media': null, 'GET /api/v1/printer': null}, touches: [{until: '.banner.stale'}]}),
  picture('signed-out', view('free'), {connection: 4500}),
  picture('dark', view('ready', {claim: claim(3), ahead: 4}), {theme: 'dark'}),
]};
