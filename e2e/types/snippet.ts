// Compiled, never run: the script tag's build puts the tracker on `window`.
import type { Tracker } from 'personalize-beacon';
import 'personalize-beacon/snippet';

window.personalize.track('purchase', 'movie-12');
const tracker: Tracker = window.personalize;
const another: Tracker = window.personalize.init({ trackingId: 'another' });
// @ts-expect-error: the first alone is on `window`
another.init({ trackingId: 'third' });
// @ts-expect-error: options are what init() takes
window.personalize.init('tracker');

export { tracker };
