// Compiled, never run: the script tag's build puts the tracker on `window`.
import type { Tracker } from 'personalize-beacon';
import 'personalize-beacon/snippet';

window.personalize.track('purchase', 'movie-12');
const tracker: Tracker = window.personalize;
const another: Tracker = window.personalize.init({ trackingId: 'another' });
// @ts-expect-error: only the first tracker is on `window`
another.init({ trackingId: 'third' });
// @ts-expect-error: options are an object
window.personalize.init('tracker');

export { tracker };
