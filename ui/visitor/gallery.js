// @ts-check
// Pictures of the visitor's page. The server writes it, also for made-up visits: their
// list is in hall/web/visitor_gallery.go.

/** @param {string} name @param {Partial<import('../gallery/fake.js').Picture>} [more]
 * @returns {import('../gallery/fake.js').Picture} */
const picture = (name, more = {}) => ({name, search: `?state=${name}`, feeds: {'/api/v1/feed/tickets/gallery': {}}, ...more});

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'visitor', page: '/gallery/visitor', size: [360, 740], served: true, pictures: [
  ...['waiting', 'waiting-long', 'waits-with-many', 'next', 'nobody-serves', 'counting', 'for-side-desk', 'over', 'side-desk', 'refused', 'booked', 'shut', 'guaranteed', 'arrived', 'incomplete', 'called', 'called-family',
    'missed', 'missed-late', 'stepped-out', 'parked', 'in-booth', 'representative', 'approved', 'returned', 'thanks', 'several-claims', 'long-texts', 'cancelled', 'left',
    'day-ended', 'closed'].map((name) => picture(name)),
  picture('offline', {connection: 'offline', touches: [{until: '[data-stale]:not([hidden])'}]}),
  picture('called', {name: 'called-dark', theme: 'dark'}),
  picture('called', {name: 'called-small', size: [320, 568]}),
]};
