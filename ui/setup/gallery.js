// @ts-check
// Pictures of the first set-up.

const REFUSED = {status: 422, body: {code: 'bad_input', status: 422, title: 'Bad input', detail: '', field: 'password', reason: 'password_short'}};

/** @type {import('../gallery/fake.js').Shown} */
export const shown = {code: 'setup', page: '/setup', size: [1440, 900], pictures: [
  {name: 'form', hash: '#made-up-token', answers: {}},
  {name: 'no-token', answers: {}},
  {name: 'refused', hash: '#made-up-token', answers: {'POST /api/v1/setup': REFUSED}, touches: [
    {type: ['input[autocomplete="username"]', 'sri']}, {type: ['input[autocomplete="new-password"]', 'short']},
    {type: ['label:last-of-type input', 'short']}, {click: 'form .button.primary:not([disabled])'}]},
  {name: 'phone', size: [360, 740], hash: '#made-up-token', answers: {}},
]};
