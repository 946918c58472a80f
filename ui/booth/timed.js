// @ts-check
// How long each recording of the briefing lasts and when each of its sentences begins,
// in milliseconds. Written by clips/make together with the recordings.

/** @type {Record<string, {lasts: number, begins: number[]}[]>} */
export const TIMED = {
  id: [
    {lasts: 9867, begins: [0, 1580, 6429]},
    {lasts: 8296, begins: [0, 2526, 5158]},
    {lasts: 6795, begins: [0, 2448]},
    {lasts: 10548, begins: [0, 3227, 7675]},
    {lasts: 6677, begins: [0, 2460, 4205]},
    {lasts: 8823, begins: [0, 2112, 5810]},
    {lasts: 8724, begins: [0, 4245]},
    {lasts: 10445, begins: [0, 1852, 6560]},
  ],
  en: [
    {lasts: 7981, begins: [0, 1077, 5060]},
    {lasts: 7253, begins: [0, 2532, 4638]},
    {lasts: 6827, begins: [0, 2614]},
    {lasts: 9376, begins: [0, 2788, 6686]},
    {lasts: 5227, begins: [0, 1940, 3380]},
    {lasts: 6599, begins: [0, 1907, 4800]},
    {lasts: 7353, begins: [0, 4039]},
    {lasts: 8729, begins: [0, 1745, 5828]},
  ],
};
