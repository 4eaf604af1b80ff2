// Declares the `data-personalize-*` attributes for Vue's templates and JSX: `import 'personalize-beacon/jsx/vue'`.
// TypeScript extends only an interface of a module that it has read.
import type {} from 'vue';
import type { PersonalizeAttributes } from '../jsx.js';

declare module 'vue' {
  // The attributes of HTML and SVG extend it.
  interface AriaAttributes extends PersonalizeAttributes {}
}
