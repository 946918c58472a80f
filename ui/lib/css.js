// @ts-check
// Custom properties on an element, set through the CSS object model: the content
// security policy forbids style attributes, and rightly so. Use in a template as
//   html`<div class="bar" ${vars({'--share': '40%'})}></div>`

import {directive, Directive, PartType} from '../vendor/lit-html/directive.js';
import {nothing} from '../vendor/lit-html/lit-html.js';

class Vars extends Directive {
  /** @param {any} info */
  constructor(info) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('vars() belongs inside a tag, not in an attribute or a text');
    /** @type {Set<string>} */
    this.set = new Set();
  }

  /** @param {Record<string, string|number|null|undefined>} properties */
  render(properties) {
    return nothing;
  }

  /** @param {any} part @param {[Record<string, string|number|null|undefined>]} values */
  update(part, [properties]) {
    for (const name of this.set) {
      if (properties[name] === undefined || properties[name] === null) {
        part.element.style.removeProperty(name);
        this.set.delete(name);
      }
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null) continue;
      part.element.style.setProperty(name, String(value));
      this.set.add(name);
    }
    return nothing;
  }
}

export const vars = directive(Vars);
