// @ts-check
// Values that one page hands to another: what was tried out elsewhere, for the policy's
// form. A page of its own, so that neither loads the other.

/** @type {{path: string, value: any}[]} */
let proposed = [];

/** Puts values into the policy's form as unsaved changes: somebody who tried them out
 * elsewhere sees them there, beside what is in force, and decides.
 * @param {{path: string, value: any}[]} list */
export function propose(list) {
  proposed = list;
}

/** What was proposed, once. */
export function takeProposed() {
  return proposed.splice(0);
}
