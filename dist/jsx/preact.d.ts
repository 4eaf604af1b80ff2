// Declares the `data-personalize-*` attributes for Preact: `import 'personalize-beacon/jsx/preact'`.
import type { Signalish } from 'preact';
import type { PersonalizeAttributes } from '../jsx.js';

/** In Preact a signal stands for its value. */
type Signals = { [Name in keyof PersonalizeAttributes]: Signalish<PersonalizeAttributes[Name]> };

// The attributes of HTML and SVG extend it.
declare module 'preact' {
  interface AriaAttributes extends Signals {}
  // Preact 10 reads these.
  namespace JSX {
    interface AriaAttributes extends Signals {}
  }
}
