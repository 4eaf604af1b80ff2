import { marksOf, nameOfList, type Reading, readEvent, type Trigger } from '../capture/attributes.js';
import { problemOf, type TrackedAction, type TrackedEvent } from '../event.js';
import { findAll, member } from '../lib/member.js';
import type { Settings } from '../options.js';

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
const WHENS = ['click', 'load', 'submit', 'change'];
const PLAYERS = /^(video|audio|iframe)$/;

/** All elements of the document and its open shadow roots, which are told of as they are entered. */
export function* elementsOf(
  root: Document | ShadowRoot,
  enter: (root: Document | ShadowRoot) => void,
): Generator<Element> {
  enter(root);
  for (const element of findAll(root, '*')) {
    yield element;
    const shadow = member(element, 'shadowRoot');
    if (shadow) yield* elementsOf(shadow, enter);
  }
}

const namesOf = (element: Element) =>
  element
    .getAttributeNames()
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));

/** What may make events of an element by its own marks. */
const triggersOf = (dataset: DOMStringMap): Trigger[] => {
  const isTile = 'personalizeItem' in dataset || 'personalizeAction' in dataset;
  const isList = 'personalizeList' in dataset;
  const isActor = isTile || 'personalizeOn' in dataset || ('personalizeEvent' in dataset && !isList);
  const when = dataset.personalizeOn || 'click';
  return [
    ...(isActor && WHENS.includes(when) ? [when as Trigger] : []),
    ...(isTile ? (['impression'] as const) : []),
    ...('personalizeMedia' in dataset ? (['media'] as const) : []),
  ];
};

/** What an event says beside its type and item. */
const detailsOf = (trigger: Trigger, { event, list, listName }: Reading): string => {
  const more = event as TrackedEvent;
  const lines: string[] = [];
  const say = (what: string, said: unknown) => said !== undefined && lines.push(`${what} ${said}`);
  say('value', trigger === 'media' ? 'the share played' : more.eventValue);
  say('recommendation', more.recommendationId);
  say('source', more.metricAttribution?.eventAttributionSource);
  if (list) lines.push(listName ? `list ${listName}` : 'list');
  say('impression', more.impression?.join(', '));
  say('properties', more.properties && JSON.stringify(more.properties));
  return lines.join('\n');
};

/** In few words: what it is of, or what it would send. */
const titleOf = (element: Element, types: string): Pick<Mark, 'kind' | 'title' | 'types'> => {
  const { personalizeItem: item, personalizeAction: action, personalizeList: list } = marksOf(element);
  if (item !== undefined) return { kind: 'item', title: item, types };
  if (action !== undefined) return { kind: 'action', title: action, types };
  if (list !== undefined) return { kind: 'list', title: `list ${nameOfList(element)}`, types };
  return { kind: 'part', title: types || element.localName, types: '' };
};

/** What is marked on an element; nothing, where nothing is. */
export const readMark = (element: Element, { settings, isSeen }: Reader): Mark | undefined => {
  const dataset = marksOf(element);
  const names = namesOf(element);
  if (!names.length || !dataset) return undefined;
  const mistakes = names.filter((name) => !KNOWN.test(name)).map((name) => `${PREFIX}${name} is unknown`);
  const { personalizeOn: on, personalizeList: list, personalizeMedia: media } = dataset;
  if (on && !WHENS.includes(on)) {
    mistakes.push(`${PREFIX}on="${on}" is none of ${WHENS.join(', ')}`);
  }
  const tiles = list === undefined ? [] : findAll(element, `[${PREFIX}item],[${PREFIX}action]`);
  if (list !== undefined && !tiles.length) mistakes.push('a list without items');
  if (media !== undefined && !PLAYERS.test(element.localName)) {
    mistakes.push(`${PREFIX}media follows <video>, <audio> and <iframe>`);
  }

  const types = new Set<string>();
  /** What makes events, by what these say. */
  const events = new Map<string, string[]>();
  for (const trigger of triggersOf(dataset)) {
    const reading = readEvent(element, trigger, settings.eventTypeOf, isSeen);
    if (reading) {
      const { event } = reading;
      types.add(event.eventType);
      const details = detailsOf(trigger, reading);
      const of = (event as TrackedEvent).itemId ?? (event as TrackedAction).actionId;
      events.set(details, [...(events.get(details) ?? []), `${trigger}: ${event.eventType} ${of}`]);
      const isLost = 'actionId' in event && !settings.actionTrackingId;
      const problem = isLost ? 'the option actionTrackingId is missing' : problemOf(event);
      if (problem) mistakes.push(problem);
    } else if (trigger === 'media' || WHENS.includes(trigger)) {
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
