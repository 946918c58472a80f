// @ts-check
// A room by its one name, wherever the console says it.

import {t} from '../lib/catalogue.js';

/** The side desks of the branch. @type {Set<number>} */
let desks = new Set();

/** @param {any[]} rooms */
export function knowRooms(rooms) {
  desks = new Set(rooms.filter((room) => room.desk).map((room) => room.id));
}

/** "Ruang 2", or "Meja samping 2" where it is a side desk.
 * @param {number} n */
export const roomName = (n) => desks.has(n) ? `${t('words.side_desk')} ${n}` : t('words.room_no', {n});
