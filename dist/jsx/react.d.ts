// Declares the `data-personalize-*` attributes for React: `import 'personalize-beacon/jsx/react'`.
// TypeScript extends only an interface of a module that it has read.
import type {} from 'react';
import type { PersonalizeAttributes } from '../jsx.js';

declare module 'react' {
  // The attributes of HTML and SVG extend it.
  interface AriaAttributes extends PersonalizeAttributes {}
}
