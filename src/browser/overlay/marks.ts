import { cutImpression, problemOf, type TrackedAction, type TrackedEvent } from '../../contract/event.js';
import type { Settings } from '../../contract/options.js';
import { isLeftover } from '../../contract/validate.js';
import {
  attributesOf,
  nameOfList,
  type Reading,
  readEvent,
  TILE,
  type Trigger,
} from '../capture/attributes.js';
import { composedPathOf } from '../platform/composed-path.js';
import { findAll, matches, readUnclobbered } from '../platform/dom-clobbering.js';

/** A marked element, and what its marks come to. */
export interface Mark {
  element: Element;
  kind: 'item' | 'action' | 'list' | 'part';
  /** What it is. */
  title: string;
  /** The types of its events, where the title does not say it. */
  types: string;
  /** What it would send, and when. */
  lines: string[];
  mistakes: string[];
}

/** What a mark is read by: as the tracker reads it. */
export interface Reader {
  settings: Settings;
  isSeen(tile: Element, itemId: string): boolean;
}

const PREFIX = 'data-personalize-';
const KNOWN = /^(item|action|event|on|value|recommendation-id|source|list|impression|media|property-.+)$/;
const WHENS = ['click', 'load', 'submit', 'change', 'none'];
const PLAYERS = /^(video|audio|iframe)$/;

/** All elements of the document and its open shadow roots, which are told of as they are entered. */
export function* elementsOf(
  root: Document | ShadowRoot,
  enter: (root: Document | ShadowRoot) => void,
): Generator<Element> {
  enter(root);
  for (const element of findAll(root, '*')) {
    yield element;
    const shadow = readUnclobbered(element, 'shadowRoot');
    if (shadow) yield* elementsOf(shadow, enter);
  }
}

const namesOf = (element: Element) =>
  element
    .getAttributeNames()
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));

const isTile = (dataset: DOMStringMap) => 'personalizeItem' in dataset || 'personalizeAction' in dataset;

/** Returns the triggers that an element's own marks give it, and the name of each in `data-personalize-on`. */
const triggersOf = (dataset: DOMStringMap): [Trigger, when?: string][] => {
  const isList = 'personalizeList' in dataset;
  const isActor = isTile(dataset) || 'personalizeOn' in dataset || ('personalizeEvent' in dataset && !isList);
  const when = dataset.personalizeOn || 'click';
  const triggers: [Trigger, when?: string][] = [];
  // Any other word is the name of an event, which counts as a change.
  if (isActor && when !== 'none') {
    triggers.push([WHENS.includes(when) ? (when as Trigger) : 'change', when]);
  }
  if (isTile(dataset)) triggers.push(['impression']);
  if ('personalizeMedia' in dataset) triggers.push(['media']);
  return triggers;
};

/** Names a trigger in words. */
const headOf = (trigger: Trigger, when: string) => (trigger === when ? trigger : `at the event ${when}`);

/** What an event says beside its type and item. */
const detailsOf = (trigger: Trigger, { event, list, listName }: Reading): string => {
  const more = event as TrackedEvent;
  const lines: string[] = [];
  const say = (what: string, said: unknown) => said !== undefined && lines.push(`${what} ${said}`);
  if (trigger === 'media') say('value', 'the share played');
  else if (trigger === 'change' && more.itemId) say('value', more.eventValue ?? "the control's number");
  else say('value', more.eventValue);
  say('recommendation', more.recommendationId);
  say('source', more.metricAttribution?.eventAttributionSource);
  if (list) lines.push(listName ? `list ${listName}` : 'list');
  say('impression', more.impression && cutImpression(more.impression, more.itemId).join(', '));
  say('properties', more.properties && JSON.stringify(more.properties));
  return lines.join('\n');
};

/** In few words: what it is of, or what it would send. */
const titleOf = (element: Element, types: string): Pick<Mark, 'kind' | 'title' | 'types'> => {
  const { personalizeItem: item, personalizeAction: action, personalizeList: list } = attributesOf(element);
  if (item !== undefined) return { kind: 'item', title: item, types };
  if (action !== undefined) return { kind: 'action', title: action, types };
  if (list !== undefined) return { kind: 'list', title: `list ${nameOfList(element)}`, types };
  return { kind: 'part', title: types || element.localName, types: '' };
};

/** What is marked on an element; nothing, where nothing is. */
export const readMark = (element: Element, { settings, isSeen }: Reader): Mark | undefined => {
  const dataset = attributesOf(element);
  const names = namesOf(element);
  if (!names.length) return undefined;
  const mistakes = names.filter((name) => !KNOWN.test(name)).map((name) => `${PREFIX}${name} is unknown`);
  const { personalizeList: list, personalizeMedia: media } = dataset;
  const tiles = list === undefined ? [] : findAll(element, TILE);
  if (list !== undefined && !tiles.length) mistakes.push('a list without items');
  // Its mark may be on what is around a player, too.
  if (media !== undefined && !PLAYERS.test(element.localName) && !findAll(element, 'video,audio,iframe')[0]) {
    mistakes.push(`${PREFIX}media follows <video>, <audio> and <iframe>`);
  }

  const types = new Set<string>();
  /** What makes events, by what these say. */
  const events = new Map<string, string[]>();
  for (const [trigger, when = trigger] of triggersOf(dataset)) {
    const reading = readEvent(element, trigger, settings.eventTypeOf, isSeen, when);
    if (reading) {
      const { event } = reading;
      types.add(event.eventType);
      const details = detailsOf(trigger, reading);
      const of = (event as TrackedEvent).itemId ?? (event as TrackedAction).actionId;
      events.set(details, [
        ...(events.get(details) ?? []),
        `${headOf(trigger, when)}: ${event.eventType} ${of}`,
      ]);
      const isLost = 'actionId' in event && !settings.actionTrackingId;
      const problem = isLost ? 'the option actionTrackingId is missing' : problemOf(event);
      if (problem) mistakes.push(problem);
      if (isLeftover(of)) mistakes.push(`the ID "${of}" is what a template leaves of no value`);
    } else if (!composedPathOf(element).some((around) => matches(around, TILE))) {
      mistakes.push(`no ${PREFIX}item on it or around it`);
    }
  }
  const lines = [...events].flatMap(([details, heads]) => [
    ...heads,
    ...(details ? details.split('\n') : []),
  ]);
  if (tiles.length) lines.push(`${tiles.length} marked in it`);
  const named = titleOf(element, [...types].join(', '));
  return { element, ...named, lines, mistakes: [...new Set(mistakes)] };
};
