import type { Tracker } from './api.js';
import type { TakeClick } from './capture/click.js';

/** The functions that record early clicks, by tracker. Undefined on a server, where an import must have no effect. */
let takers: WeakMap<Tracker, TakeClick> | undefined;

/** Registers the function that records clicks made before a tracker started. */
export const registerClickTaker = (tracker: Tracker, take: TakeClick): void => {
  takers ??= new WeakMap();
  takers.set(tracker, take);
};

/** Records a click that was made before a tracker started. Does nothing for a tracker of another script. */
export const takeClick = (tracker: Tracker, ...click: Parameters<TakeClick>): void =>
  takers?.get(tracker)?.(...click);
