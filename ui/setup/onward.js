// @ts-check
// What the new manager takes along to their own screen: the language that was chosen here,
// and being signed in.

/** The screen that follows opens in this language.
 * @param {Pick<Storage,'setItem'>|null} storage @param {string} lang */
export function carry(storage, lang) {
  try {
    storage?.setItem('lapak.lang.manager', lang);
  } catch {
    // A browser that keeps nothing begins in Bahasa Indonesia.
  }
}

/** Signs in with what was typed a moment ago. A refusal is no harm: the screen that
 * follows asks for the password.
 * @param {Pick<import('../lib/commands.js').Commands,'send'>} commands @param {{name: string, password: string}} who */
export function enter(commands, {name, password}) {
  return commands.send('enter', {path: '/api/v1/session', body: {name, password}});
}
