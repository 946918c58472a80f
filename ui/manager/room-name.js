// @ts-check
// A room by its one name, wherever this screen says it: "Ruang 2", or "Meja samping 5"
// where it is a side desk.

import {t} from '../lib/catalogue.js';

/** The side desks of the branch, as the newest view has them. @type {Set<number>} */
let desks = new Set();

/** @param {any} view */
export function knowRooms(view) {
  desks = new Set(view.rooms.filter((/** @type {any} */ m) => m.room.desk).map((/** @type {any} */ m) => m.room.id));
}

/** @param {number} n @param {boolean} [desk] where it is known better, as in a drawing */
export function roomName(n, desk = desks.has(n)) {
  return desk ? t('manager.desk_room', {n}) : t('words.room_no', {n});
}
