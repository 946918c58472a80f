// @ts-check
// What becomes of one number's paper. Each number has a slot of its own: whoever stands
// here next must neither wait for the paper of the person before nor be told of it.

/** @typedef {import('./ticket.js').Printing} Printing */

/** What the refusals of a printer mean on the screen. */
const TROUBLE = /** @type {Record<string, Printing>} */ ({
  printer_paper_out: 'paper_out', printer_cover_open: 'cover_open', printer_offline: 'offline', printer_unsure: 'unsure',
});

/** Prints a number, or notes that the browser does; tells what is known of the paper.
 * @param {import('../lib/commands.js').Commands} commands @param {{kind?: string}|null} printer
 * @param {{visit: number, link: string}} of @param {string} lang @param {boolean} again
 * @returns {Promise<Printing>} */
export async function printed(commands, printer, of, lang, again) {
  if (!printer?.kind) return 'none';
  const slot = `print-${of.visit}`;
  const by = printer.kind === 'browser' ? {by: 'browser'} : {};
  const answer = await commands.send(slot, {path: `/api/v1/visits/${of.visit}/print?at=kiosk`, body: {link: of.link, lang, again, ...by}});
  commands.dismiss(slot);
  if (printer.kind === 'browser') return 'browser';
  if (answer.ok) return 'printed';
  const code = answer.problem?.code ?? '';
  return code ? TROUBLE[code] ?? 'fault' : 'unsure';
}
