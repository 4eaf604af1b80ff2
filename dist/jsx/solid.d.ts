// Declares the `data-personalize-*` attributes for Solid: `import 'personalize-beacon/jsx/solid'`.
// TypeScript extends only an interface of a module that it has read.
import type {} from 'solid-js';
import type { PersonalizeAttributes } from '../jsx.js';

declare module 'solid-js' {
  namespace JSX {
    // The attributes of HTML and SVG extend it.
    interface AriaAttributes extends PersonalizeAttributes {}
  }
}
