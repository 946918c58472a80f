// @ts-check
// Pictures of the officer's console: a made-up room in each state that it can be in.

/** The branch's second in every picture: half past nine on a Monday. */
const NOW = Date.parse('2026-03-02T02:30:00Z') / 1000;

const STEPS = [['briefing', 'visitor', 180], ['check', 'officer', 60], ['form', 'visitor', 720], ['verify', 'officer', 90], ['documents', 'visitor', 360], ['close', 'officer', 90]]
  .map(([step, who, mean_s]) => ({step, who, mean_s}));
const PAPERS = ['membership_card', 'identity', 'npwp', 'resignation_statement', 'bank_book', 'family_card'];
const MANY = [...PAPERS, 'death_certificate', 'heir_statement', 'heir_identity', 'birth_certificate', 'guardianship', 'mental_health_letter'];
const WHENS = /** @type {Record<string, string>} */ ({npwp: 'over_50m_or_partial_before', birth_certificate: 'child_heir', guardianship: 'guardian', mental_health_letter: 'mental_illness'});
const ORDER = [{code: 'first_in_order', a: 4260}, {code: 'leaves_most_seats', a: 4}];

/** One seat and who is there: state, number, step of the claim, seconds in it.
 * @typedef {{state: string, number?: string, step?: number, for_s?: number, persons?: number, help?: boolean, closed?: boolean,
 *   accessible?: boolean, programme?: string, reason?: string, papers?: string[], marks?: Record<string, string>, named?: boolean,
 *   priority?: string, channel?: string, claims?: number, too_near?: boolean, recalls?: number}} Place */

/** @param {Place} place @param {number} no */
function visitAt(place, no) {
  const step = place.step ?? 2;
  const claim = (/** @type {number} */ i) => ({id: 100 * no + i, programme: place.programme ?? 'JHT', reason: place.reason ?? 'jht_resign', person: 0, step: i === 0 ? step : 0, step_since: NOW - (place.for_s ?? 60),
    last: i === 0 && step === 5, steps: STEPS, checklist: 1, outcome: 'none',
    papers: (place.papers ?? PAPERS.slice(0, 4)).map((doc) => ({doc, required: !WHENS[doc], ...(WHENS[doc] ? {when: WHENS[doc]} : {}), mark: place.marks?.[doc] ?? 'not_seen'}))});
  return {id: no, number: place.number, channel: place.channel ?? 'walk_in', state: place.state === 'expected' ? 'called' : 'seated', priority: place.priority ?? 'none', accessible: Boolean(place.accessible),
    persons: place.persons ?? 1, named: place.named ?? true, arrived: NOW - 6000, since: NOW - 1500, effective: NOW - 6000, called_at: NOW - (place.state === 'expected' ? place.for_s ?? 40 : 1500), recalls: place.recalls ?? 0, overtaken: 0,
    room: 2, seats: [no], claims: Array.from({length: place.claims ?? 1}, (_, i) => claim(i))};
}

/** @param {Place[]} places @param {number} columns @param {any} [more] */
function room(places, columns, more = {}) {
  const rows = Math.ceil(places.length / columns);
  const seats = places.map((place, i) => ({no: i + 1, x_mm: 750 + 1500 * (i % columns), y_mm: 750 + 1500 * Math.floor(i / columns), accessible: Boolean(place.accessible), closed: Boolean(place.closed),
    state: place.state, since: NOW - (place.for_s ?? 60), person: 0, ...(place.number ? {visit: i + 1, number: place.number, claim: 100 * (i + 1)} : {}), ...(place.help ? {help: true} : {}), ...(place.too_near ? {too_near: true} : {}),
    ...(place.state === 'cleaning' ? {free_at: NOW + 73} : {}), ...(place.state === 'preparing' ? {officer_at: NOW + 400 - 30 * i, ends_at: NOW + 1200} : {})}));
  const turns = places.map((place, i) => ({place, i})).filter(({place}) => place.state === 'ready' || place.help).map(({place, i}) => ({room: 2, seat: i + 1, visit: i + 1, claim: 100 * (i + 1), since: NOW - (place.for_s ?? 60), expect_s: 60 + 30 * i, ...(place.help ? {help: true} : {}),
    why: [place.help ? {code: 'asked_for_help', a: 25} : (place.for_s ?? 0) > 480 ? {code: 'waited_beyond_bound', a: place.for_s, b: 480} : {code: 'shortest_task', a: 60 + 30 * i}]}))
    .sort((a, b) => Number(b.why[0].code === 'waited_beyond_bound') - Number(a.why[0].code === 'waited_beyond_bound') || Number(Boolean(b.help)) - Number(Boolean(a.help)));
  const present = seats.filter((seat) => seat.visit).length;
  const {session, proposal, officers, ...rest} = more;
  return {room: {id: 2, version: 1, width_mm: 1500 * columns, depth_mm: 1500 * rows, mode: 'default', desk: false, normal: seats.length, programmes: []}, at: NOW, offset_s: 0, zone_s: 25200, day_open: true, day_done: false,
    session: session === null ? null : {id: 4, state: 'running', mode: 'rolling', crew: [2], opened: NOW - 5400, since: NOW - 4000, last: false, ...session},
    capacity: {distance: seats.length, occupancy: seats.length, booths: seats.length, officer: seats.length, minutes: 60, persons: seats.length, binds: 'distance', present},
    seats, turns, proposal: {call: 'refill', due: false, persons: 0, picks: [], skips: [], wait: [], ...proposal},
    officers: session === null ? [] : (session?.crew ?? [2]).map((/** @type {number} */ id) => ({id, presence: 'on_shift', since: NOW - 5400, room: 2, ...(id === 2 ? officers : {})})),
    line: LINE, waiting: 69, undo: [], visits: Object.fromEntries(places.map((place, i) => [String(i + 1), place.number ? visitAt(place, i + 1) : null]).filter(([, visit]) => visit)),
    undo_s: 30, alarm_s: 3600, pooled: false, ...rest};
}

const LINE = Array.from({length: 24}, (_, i) => ({visit: 500 + i, number: `${'AAB'[i % 3]}${String(80 + i).padStart(3, '0')}`, persons: i % 7 === 3 ? 3 : 1, channel: i % 3 === 2 ? 'online' : 'walk_in', since: NOW - 4200 + 90 * i, waits_since: NOW - 4200 + 90 * i,
  effective: NOW - 4200 + 90 * i, ...(i % 9 === 4 ? {priority: 'elderly'} : {}), programmes: [i % 8 === 5 ? 'JKM' : 'JHT']}));
const pick = (/** @type {number} */ i, /** @type {number[]} */ seats, /** @type {any[]} */ why = [{code: 'next_in_order', a: i + 1, b: 4000 - 90 * i}, {code: 'leaves_most_seats', a: 5 - i}]) => ({visit: 500 + i, number: LINE[i].number, persons: seats.length || LINE[i].persons, ...(seats.length > 0 ? {seats} : {}), why});

const SIX = /** @type {Place[]} */ ([
  {state: 'ready', number: 'A112', step: 3, for_s: 188}, {state: 'cleaning', for_s: 47}, {state: 'ready', number: 'A113', step: 5, for_s: 612, marks: {identity: 'present', membership_card: 'present', resignation_statement: 'missing'}},
  {state: 'preparing', number: 'C008', step: 4, for_s: 92, help: true}, {state: 'preparing', number: 'C010', step: 2, for_s: 400}, {state: 'ready', number: 'B027', step: 1, for_s: 35, accessible: true, priority: 'elderly'}]);
const GROUP = {call: 'group', due: true, due_at: NOW + 60, persons: 6, picks: [pick(0, [1], ORDER), pick(1, [2]), pick(3, [4, 5, 6], [{code: 'next_in_order', a: 4, b: 3800}, {code: 'party_together', a: 3}]), pick(4, [3], [{code: 'priority_jump', a: 900}, {code: 'leaves_most_seats', a: 1}])],
  skips: [pick(2, [], [{code: 'other_programme'}]), pick(5, [], [{code: 'persons_do_not_fit', a: 1, b: 0}])], wait: [{code: 'group_full', a: 6}]};
const EMPTY6 = SIX.map((place) => /** @type {Place} */ ({state: 'free', accessible: place.accessible}));
const WITH = {with_room: 2, with_seat: 1, with_since: NOW - 32};
const held = (/** @type {Partial<Place>} */ more) => SIX.map((place, i) => (i === 0 ? /** @type {Place} */ ({...place, state: 'with_officer', for_s: 32, ...more}) : place));
const UNDO = [{seq: 90, at: NOW - 11, by: 2, role: 'officer', kind: 'group.called', number: 'A080 A081 B082 A083'}];
const COMING = SIX.map((place, i) => /** @type {Place} */ ({state: 'expected', number: ['A080', 'A081', 'B082', 'A083', 'A084', 'B085'][i], for_s: 42, accessible: place.accessible, recalls: i === 2 ? 1 : 0}));
const TWELVE = /** @type {Place[]} */ (Array.from({length: 12}, (_, i) => ({...SIX[i % 6], ...(SIX[i % 6].number ? {number: `A${120 + i}`} : {}), help: false, accessible: i === 11})));

const STAFF = [['Rina', 1], ['Budi', 2], ['Dewi', 0], ['Agus', 0]].map(([display, at], i) => ({id: i + 1, presence: i === 3 ? 'off_shift' : 'on_shift', since: NOW - 5000, ...(at ? {room: at} : {}), name: String(display).toLowerCase(), display, max_group: 0, programmes: []}));
const ROOMS = [6, 6, 5, 4, 1].map((n, i) => ({id: i + 1, version: 1, width_mm: 4500, depth_mm: 3000, mode: i === 4 ? 'single' : 'default', desk: i === 4, normal: n, programmes: i === 3 ? ['JHT', 'JKK', 'JKM', 'JP'] : [],
  seats: Array.from({length: n}, (_, k) => ({no: k + 1, x_mm: 750 + 1500 * (k % 3), y_mm: 750 + 1500 * Math.floor(k / 3), accessible: false, closed: false, state: 'free', since: 0, person: 0}))}));
const ME = {kind: 'session', id: 2, name: 'budi', display: 'Budi', role: 'officer', demo: false, insecure: false, setup: false, epoch: 'gallery', build: ''};
const ANSWERS = {'GET /api/v1/session': {body: ME}, 'GET /api/v1/rooms': {body: {rooms: ROOMS}}, 'GET /api/v1/officers': {body: {officers: STAFF}},
  'GET /api/v1/rooms/2/choice': {body: {persons: 5, picks: [pick(0, [1]), pick(2, [2]), pick(3, [3, 4, 5])]}}, 'GET /api/v1/visits/1/person': {body: {name: 'Siti Wulandari', phone: '+628120000000', id_type: 'nik', id_number_masked: '••••••••••••0007', memberships: 1}}};
const STALE_PLAN = {status: 409, body: {code: 'stale_proposal', status: 409, title: 'Conflict', detail: 'The proposal has changed since you saw it. Look at the new one and call again.'}};

/** @param {string} name @param {any} view @param {Partial<import('../gallery/fake.js').Picture>} [more] @returns {import('../gallery/fake.js').Picture} */
const picture = (name, view, more = {}) => ({name, search: '?room=2', feeds: {'/api/v1/feed/room/2': view}, ...more, answers: {...ANSWERS, ...more.answers},
  ...(more.touches ? {touches: [{until: '.foot'}, ...more.touches]} : {})});

const forming = room(EMPTY6, 3, {session: {state: 'forming'}, proposal: GROUP});
const running = room(SIX, 3, {proposal: {persons: 1, picks: [pick(0, [2], ORDER)]}});

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'officer', page: '/officer', size: [1366, 768], pictures: [
  {name: 'sign-in', answers: {'GET /api/v1/session': {status: 401, body: {code: 'not_signed_in', status: 401}}}},
  {name: 'rooms', answers: ANSWERS},
  picture('day-done', room(EMPTY6, 3, {session: null, day_open: false, day_done: true, waiting: 0, line: []})),
  picture('no-session', room(EMPTY6, 3, {session: null})),
  picture('empty', room(EMPTY6, 3, {session: {state: 'forming'}, waiting: 0, line: [], proposal: {call: 'group', wait: [{code: 'nobody_waiting'}]}})),
  picture('forming', forming),
  picture('passed-over', room([...EMPTY6.slice(0, 5).map(() => /** @type {Place} */ ({state: 'cleaning', for_s: 20})), {state: 'expected', number: 'A080', for_s: 124}], 3, {
    proposal: {skips: Array.from({length: 12}, (_, i) => pick(i, [], [{code: 'persons_do_not_fit', a: LINE[i].persons, b: 0}])), wait: []}})),
  picture('change-group', forming, {touches: [{press: 'v'}, {click: '.entry:nth-child(2)'}, {click: '.entry:nth-child(5)'}, {until: '.verdict.good'}]}),
  picture('called', room(COMING, 3, {session: {state: 'called'}, undo: UNDO})),
  picture('crowded', running),
  picture('crowded-dark', running, {theme: 'dark'}),
  picture('with', room(held({}), 3, {officers: WITH})),
  picture('outcome', room(held({step: 5, marks: {identity: 'present', membership_card: 'present', npwp: 'present', resignation_statement: 'missing'}}), 3, {officers: WITH, undo: [{seq: 91, at: NOW - 4, by: 2, role: 'officer', kind: 'step.done', number: 'A112'}]})),
  picture('settled', room(held({step: 5}), 3, {officers: WITH}), {touches: [{press: 's'}, {until: '.strip strong'}], answers: {'POST /api/v1/claims/100/settle': {body: {seq: 1}},
    'GET /api/v1/visits/1': {body: {claims: [{id: 100, promise: '2026-03-09'}]}}}}),
  picture('returned', room(held({step: 5}), 3, {officers: WITH}), {touches: [{press: 'k'}, {click: '.option:nth-child(2)'}, {until: '.option.on'}]}),
  picture('correct', room(held({claims: 2}), 3, {officers: WITH}), {touches: [{press: 'c'}, {until: 'dialog[open]'}]}),
  picture('reason', room(held({reason: '', papers: []}), 3, {officers: WITH}), {touches: [{press: '1'}, {until: 'dialog[open]'}]}),
  picture('reason-unknown', room(held({reason: '', papers: []}), 3, {officers: WITH})),
  picture('blocked', room(held({}), 3, {officers: WITH}), {touches: [{press: 'q'}, {until: '.foot .whole .said'}]}),
  picture('name', room(held({}), 3, {officers: WITH}), {touches: [{press: 'i'}, {until: '.person strong'}]}),
  picture('undo', room(SIX.map((place, i) => (i === 1 ? /** @type {Place} */ ({state: 'expected', number: 'A080', for_s: 11}) : place)), 3, {undo: UNDO})),
  picture('refusal', forming, {answers: {'POST /api/v1/rooms/2/call': STALE_PLAN}, touches: [{press: 'Enter'}, {until: '.refused'}]}),
  picture('refusal-bar', running, {answers: {'POST /api/v1/rooms/2/last-call': {status: 409, body: {code: 'last_call_made', status: 409, title: 'Conflict', detail: 'The last call of this session was made already.'}}}, touches: [{press: 'l'}, {until: '.foot .refused'}]}),
  picture('refusal-claim', room(held({}), 3, {officers: WITH}), {answers: {'POST /api/v1/officers/2/finish': {status: 409, body: {code: 'other_visitor', status: 409, title: 'Conflict', detail: 'You are with somebody else by now. Look who it is and press again.'}}}, touches: [{press: 'f'}, {until: '.refused'}]}),
  picture('pending', running, {answers: {'POST /api/v1/officers/2/take': null}, touches: [{press: ' '}, {until: '[aria-busy="true"]'}]}),
  picture('offline', running, {connection: 'offline', answers: {'GET /api/v1/views/room/2': null}, touches: [{until: '[data-connection="stale"]'}]}),
  picture('silent', running, {connection: 'silent', touches: [{until: '[data-connection="stale"]'}]}),
  picture('break', room(SIX, 3, {officers: {presence: 'on_break', until: NOW + 900}})),
  picture('last-call', room(SIX.map((place) => (place.state === 'cleaning' ? /** @type {Place} */ ({state: 'free'}) : place)), 3, {session: {state: 'closing', last: true}})),
  picture('cleaning', room(EMPTY6.map(() => /** @type {Place} */ ({state: 'cleaning', for_s: 40})), 3, {session: {state: 'cleaning'}})),
  picture('single', room([{state: 'ready', number: 'A112', step: 3, for_s: 75}], 1, {session: {mode: 'single'}})),
  picture('four', room(SIX.slice(2), 2, {session: {mode: 'closed'}})),
  picture('twelve', room(TWELVE, 4, {proposal: {persons: 2, picks: [pick(0, [2], ORDER), pick(1, [8])]}})),
  picture('twelve-with', room(TWELVE.map((place, i) => (i === 0 ? /** @type {Place} */ ({...place, state: 'with_officer', papers: MANY, reason: 'jht_death'}) : i === 1 || i === 7 ? {state: 'expected', number: `A${150 + i}`, for_s: 20} : place)), 4, {officers: WITH})),
  picture('pooled', room(SIX, 3, {session: {crew: [2, 1]}, pooled: true})),
  picture('help-a-colleague', room(SIX, 3, {session: {crew: [1]}, pooled: true}), {answers: {'GET /api/v1/officers': {body: {officers: STAFF.map((one) => (one.id === 2 ? {...one, room: undefined} : one))}}}}),
  picture('crew', running, {touches: [{press: '/'}, {until: 'dialog[open]'}]}),
  picture('keys', running, {touches: [{press: '?'}]}),
  picture('long-texts', room(held({papers: MANY, reason: 'jht_death', claims: 3, channel: 'collective', priority: 'guaranteed', accessible: true, persons: 4}), 3, {officers: WITH, undo: UNDO})),
  picture('small', room(held({papers: MANY, reason: 'jht_death'}), 3, {officers: WITH, undo: UNDO}), {size: [1280, 720]}),
  picture('large', running, {size: [1920, 1080]}),
]};
