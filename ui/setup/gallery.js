// @ts-check
// Pictures of the first set-up.

const REFUSED = {status: 422, body: {code: 'password_short', status: 422, title: 'Unprocessable Entity', field: 'password',
  detail: 'The password is too short: at least 12 characters. Three or four words in a row are easy to remember.'}};

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'setup', page: '/setup', size: [1440, 900], pictures: [
  {name: 'form', hash: '#made-up-token', answers: {}},
  {name: 'no-token', answers: {}},
  {name: 'refused', hash: '#made-up-token', answers: {'POST /api/v1/setup': REFUSED}, touches: [
    {type: ['input[autocomplete="username"]', 'sri']}, {type: ['input[autocomplete="new-password"]', 'short']},
    {type: ['label:last-of-type input', 'short']}, {click: 'form .button.primary[aria-disabled="false"]', until: '.said.refused'}]},
  {name: 'phone', size: [360, 740], hash: '#made-up-token', answers: {}},
]};
