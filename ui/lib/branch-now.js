// @ts-check

/** Branch time now, in whole seconds, from the newest view and the feed's clock.
 * @param {import('./store.js').Store} store @param {{now: () => number}} [clock] none yet: as of the view */
export function branchNow(store, clock) {
  const held = store.state.views.values().next().value;
  if (!held) return 0;
  return held.view.at + (Math.max(0, Math.floor(((clock?.now() ?? 0) - Date.parse(held.at)) / 1000)) || 0);
}
