import type { Tracker } from './api.js';
import type { TakeClick } from './capture/click.js';

/** What takes clicks, of the trackers that this script started. Undefined on a server, where importing does nothing. */
let takers: WeakMap<Tracker, TakeClick> | undefined;

/** Lets a tracker take clicks that were made before it started. */
export const registerClickTaker = (tracker: Tracker, take: TakeClick): void => {
  takers ??= new WeakMap();
  takers.set(tracker, take);
};

/** Records a click that was made before the tracker started, if it is one of this script. */
export const takeClick = (tracker: Tracker, ...click: Parameters<TakeClick>): void =>
  takers?.get(tracker)?.(...click);
