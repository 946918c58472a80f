// @ts-check
// Every screen and its pictures. A new screen adds its gallery.js here, a line for each.

import {shown as booth} from '../booth/gallery.js';
import {shown as desk} from '../desk/gallery.js';
import {shown as index} from '../index/gallery.js';
import {shown as kiosk} from '../kiosk/gallery.js';
import {shown as lobby} from '../lobby/gallery.js';
import {shown as audit} from '../manager/audit/gallery.js';
import {shown as now} from '../manager/now/gallery.js';
import {shown as reports} from '../manager/reports/gallery.js';
import {shown as rooms} from '../manager/rooms/gallery.js';
import {shown as devices} from '../manager/devices/gallery.js';
import {shown as media} from '../manager/media/gallery.js';
import {shown as policy} from '../manager/policy/gallery.js';
import {shown as promises} from '../manager/promises/gallery.js';
import {shown as staff} from '../manager/staff/gallery.js';
import {shown as whatIf} from '../manager/what-if/gallery.js';
import {shown as officer} from '../officer/gallery.js';
import {shown as pair} from '../pair/gallery.js';
import {shown as setup} from '../setup/gallery.js';
import {shown as visitor} from '../visitor/gallery.js';

/** @type {import('./fake.js').Shown[]} */
export const SHOWN = [
  index,
  lobby,
  officer,
  booth,
  now,
  audit,
  reports,
  rooms,
  staff,
  devices,
  media,
  policy,
  whatIf,
  promises,
  kiosk,
  desk,
  pair,
  setup,
  visitor,
];
