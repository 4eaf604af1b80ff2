import { cutImpression, problemOf, type TrackedAction, type TrackedEvent } from '../../contract/event.js';
import type { Settings } from '../../contract/resolve-options.js';
import { isLeftover } from '../../contract/validate.js';
import { attributesOf, nameOfList, TILE, type Trigger } from '../capture/attributes.js';
import { type Reading, readEvent } from '../capture/read-event.js';
import { composedPathOf } from '../platform/composed-path.js';
import { findAll, matches, readUnclobbered } from '../platform/dom-clobbering.js';

/** A marked element, and what its attributes mean. */
export interface Mark {
  element: Element;
  kind: 'item' | 'action' | 'list' | 'part';
  title: string;
  /** Event types, unless they are the title. */
  types: string;
  /** The events that it would send, and when. */
  lines: string[];
  mistakes: string[];
}

/** The tracker's own way of reading an element. */
export interface Reader {
  settings: Settings;
  isSeen(tile: Element, itemId: string): boolean;
}

const PREFIX = 'data-personalize-';
const KNOWN_NAMES =
  /^(item|action|event|on|value|recommendation-id|source|list|impression|media|property-.+)$/;
const TRIGGER_NAMES = ['click', 'load', 'submit', 'change', 'none'];
const PLAYERS = /^(video|audio|iframe)$/;

/** Yields the elements of the document and its open shadow roots. Calls `onRoot` with each root before its elements. */
export function* elementsOf(
  root: Document | ShadowRoot,
  onRoot: (root: Document | ShadowRoot) => void,
): Generator<Element> {
  onRoot(root);
  for (const element of findAll(root, '*')) {
    yield element;
    const shadow = readUnclobbered(element, 'shadowRoot');
    if (shadow) yield* elementsOf(shadow, onRoot);
  }
}

const namesOf = (element: Element) =>
  element
    .getAttributeNames()
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));

const isTile = (dataset: DOMStringMap) => 'personalizeItem' in dataset || 'personalizeAction' in dataset;

/** Returns the triggers that an element's own attributes give it, and the name of each in `data-personalize-on`. */
const triggersOf = (dataset: DOMStringMap): [Trigger, when?: string][] => {
  const isList = 'personalizeList' in dataset;
  const isActor = isTile(dataset) || 'personalizeOn' in dataset || ('personalizeEvent' in dataset && !isList);
  const when = dataset.personalizeOn || 'click';
  const triggers: [Trigger, when?: string][] = [];
  // Any other word is the name of an event, which counts as a change.
  if (isActor && when !== 'none') {
    triggers.push([TRIGGER_NAMES.includes(when) ? (when as Trigger) : 'change', when]);
  }
  if (isTile(dataset)) triggers.push(['impression']);
  if ('personalizeMedia' in dataset) triggers.push(['media']);
  return triggers;
};

const idOf = (event: Reading['event']) => (event as TrackedEvent).itemId ?? (event as TrackedAction).actionId;

/** Returns a line that says when an event is sent, and which. */
const headOf = (trigger: Trigger, when: string, { event }: Reading) =>
  `${trigger === when ? trigger : `at the event ${when}`}: ${event.eventType} ${idOf(event)}`;

/** Returns the lines of an event's other fields. */
const detailsOf = (trigger: Trigger, { event, list, listName }: Reading): string => {
  const fields = event as TrackedEvent;
  const lines: string[] = [];
  const add = (name: string, value: unknown) => value !== undefined && lines.push(`${name} ${value}`);
  if (trigger === 'media') add('value', 'the share played');
  else if (trigger === 'change' && fields.itemId) add('value', fields.eventValue ?? "the control's number");
  else add('value', fields.eventValue);
  add('recommendation', fields.recommendationId);
  add('source', fields.metricAttribution?.eventAttributionSource);
  if (list) lines.push(listName ? `list ${listName}` : 'list');
  add('impression', fields.impression && cutImpression(fields.impression, fields.itemId).join(', '));
  add('properties', fields.properties && JSON.stringify(fields.properties));
  return lines.join('\n');
};

/** Returns the name of the item, action or list; else the event types. */
const titleOf = (element: Element, types: string): Pick<Mark, 'kind' | 'title' | 'types'> => {
  const { personalizeItem: item, personalizeAction: action, personalizeList: list } = attributesOf(element);
  if (item !== undefined) return { kind: 'item', title: item, types };
  if (action !== undefined) return { kind: 'action', title: action, types };
  if (list !== undefined) return { kind: 'list', title: `list ${nameOfList(element)}`, types };
  return { kind: 'part', title: types || element.localName, types: '' };
};

/** Whether media can be followed on an element: it is a player, or is around one. */
const hasPlayer = (element: Element) =>
  PLAYERS.test(element.localName) || !!findAll(element, 'video,audio,iframe')[0];

const mistakesOfAttributes = (element: Element, names: string[], tiles: ArrayLike<Element>): string[] => {
  const dataset = attributesOf(element);
  const mistakes = names
    .filter((name) => !KNOWN_NAMES.test(name))
    .map((name) => `${PREFIX}${name} is unknown`);
  if ('personalizeList' in dataset && !tiles.length) mistakes.push('a list without items');
  if ('personalizeMedia' in dataset && !hasPlayer(element)) {
    mistakes.push(`${PREFIX}media follows <video>, <audio> and <iframe>`);
  }
  return mistakes;
};

const mistakesOfEvent = (event: Reading['event'], { actionTrackingId }: Settings): string[] => {
  const isLost = 'actionId' in event && !actionTrackingId;
  const problem = isLost ? 'the option actionTrackingId is missing' : problemOf(event);
  const mistakes = problem ? [problem] : [];
  const id = idOf(event);
  if (isLeftover(id)) mistakes.push(`the ID "${id}" is what a template leaves of no value`);
  return mistakes;
};

/** Reads the marks of an element; undefined if it has none. */
export const readMark = (element: Element, { settings, isSeen }: Reader): Mark | undefined => {
  const names = namesOf(element);
  if (!names.length) return undefined;
  const dataset = attributesOf(element);
  const tiles = 'personalizeList' in dataset ? findAll(element, TILE) : [];
  const mistakes = mistakesOfAttributes(element, names, tiles);

  const types = new Set<string>();
  /** The heads of events with the same details, by these. */
  const heads = new Map<string, string[]>();
  for (const [trigger, when = trigger] of triggersOf(dataset)) {
    const reading = readEvent(element, trigger, settings.eventTypeOf, isSeen, when);
    if (reading) {
      types.add(reading.event.eventType);
      const details = detailsOf(trigger, reading);
      heads.set(details, [...(heads.get(details) ?? []), headOf(trigger, when, reading)]);
      mistakes.push(...mistakesOfEvent(reading.event, settings));
    } else if (!composedPathOf(element).some((around) => matches(around, TILE))) {
      mistakes.push(`no ${PREFIX}item on it or around it`);
    }
  }
  const lines = [...heads].flatMap(([details, same]) => [...same, ...(details ? details.split('\n') : [])]);
  if (tiles.length) lines.push(`${tiles.length} marked in it`);
  return { element, ...titleOf(element, [...types].join(', ')), lines, mistakes: [...new Set(mistakes)] };
};
