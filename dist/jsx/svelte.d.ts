// Declares the `data-personalize-*` attributes for Svelte: `import 'personalize-beacon/jsx/svelte'`.

// TypeScript extends only an interface of a module that it has read.
import type {} from 'svelte/elements';
import type { PersonalizeAttributes } from '../jsx.js';

declare module 'svelte/elements' {
  // The attributes of HTML and SVG extend it. Components take their props from there.
  interface AriaAttributes extends PersonalizeAttributes {}
}

declare global {
  // In an element's spread, Svelte's own `data-*` attributes of any type hide the ones above, but not these.
  namespace svelteHTML {
    // biome-ignore lint/suspicious/noExplicitAny: Svelte's own declaration
    interface HTMLAttributes<T extends EventTarget = any> extends PersonalizeAttributes {}
    // biome-ignore lint/suspicious/noExplicitAny: Svelte's own declaration
    interface SVGAttributes<T extends EventTarget = any> extends PersonalizeAttributes {}
  }
}
