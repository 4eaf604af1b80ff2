import type { RecordedEvent } from '../../contract/event.js';
import type { Inspection } from '../debug.js';
import { create } from './element.js';
import type { Mark } from './marks.js';

export interface Panel {
  /** What the tracker knows; nothing, where there is none. */
  state(inspection: Partial<Inspection> | undefined): void;
  marks(marks: Mark[]): void;
  /** What has become of an event. */
  event(kind: 'queued' | 'delivered' | 'rejected', event: Partial<RecordedEvent>, reason?: string): void;
  error(reason: string): void;
}

/** Of the latest events. */
const MAX_LINES = 50;

const MINUTE_MS = 60_000;

const section = (title: string, isOpen: boolean, content: HTMLElement) => {
  const summary = create('summary', {}, title);
  return { summary, details: create('details', { open: isOpen }, summary, content) };
};

const stateOf = ({ session, queue, credentials, clockOffset, errors, version }: Partial<Inspection>) => ({
  version,
  session: session?.sessionId,
  user: session && (session.userId ?? 'anonymous'),
  since: session?.createdAt,
  waiting: queue?.length
    ? queue.map(({ eventType, itemId, actionId }) => `${eventType} ${itemId ?? actionId}`)
    : 0,
  credentials: credentials && `expire in ${Math.round(credentials.expiresInMs / MINUTE_MS)} min`,
  clock: clockOffset ? `off by ${Math.round(clockOffset / 1000)} s` : undefined,
  error: errors?.[0]?.reason,
});

/** @param go scrolls to a mark and points at it */
export const createPanel = (root: ShadowRoot, go: (mark: Mark) => void, close: () => void): Panel => {
  const facts = create('dl');
  const wrong = create('ol');
  const log = create('ol', { role: 'log', ariaLabel: 'Events' });
  const state = section('Tracker', true, facts);
  const mistakes = section('Mistakes', false, wrong);
  const events = section('Events', true, log);
  const body = create('div', { className: 'body' }, state.details, mistakes.details, events.details);
  const fold = create('button', {
    type: 'button',
    textContent: '–',
    ariaLabel: 'Fold',
    ariaExpanded: 'true',
    onclick() {
      body.hidden = !body.hidden;
      fold.textContent = body.hidden ? '+' : '–';
      fold.ariaExpanded = `${!body.hidden}`;
    },
  });
  const title = create('h1', {}, 'personalize-beacon');
  const closing = create('button', { type: 'button', textContent: '×', ariaLabel: 'Close', onclick: close });
  root.append(
    create(
      'section',
      { className: 'panel', ariaLabel: 'personalize-beacon' },
      create('header', {}, title, fold, closing),
      body,
    ),
  );

  /** Lines of events that are not settled yet, by ID. */
  const lines = new Map<string, HTMLElement>();
  let shown = '';

  const add = (line: HTMLElement) => {
    log.prepend(line);
    log.children[MAX_LINES]?.remove();
  };

  return {
    state(inspection) {
      const known = inspection ? stateOf(inspection) : { tracker: 'none on this page yet' };
      if (JSON.stringify(known) === shown) return;
      shown = JSON.stringify(known);
      facts.replaceChildren(
        ...Object.entries(known).flatMap(([name, value]) =>
          value === undefined ? [] : [create('dt', {}, name), create('dd', {}, [value].flat().join('\n'))],
        ),
      );
    },
    marks(marks) {
      const bad = marks.filter((mark) => mark.mistakes.length);
      title.textContent = `personalize-beacon: ${marks.length} marked`;
      mistakes.summary.textContent = `Mistakes: ${bad.length}`;
      wrong.replaceChildren(
        ...bad.map((mark) =>
          create(
            'li',
            {},
            create(
              'button',
              { type: 'button', onclick: () => go(mark) },
              `${mark.title} `,
              ...mark.mistakes.map((mistake) => create('div', { className: 'mistake' }, mistake)),
            ),
          ),
        ),
      );
    },
    event(kind, event, reason) {
      const name = [event.eventType, event.itemId ?? event.actionId].filter(Boolean).join(' ');
      const known = lines.get(event.eventId ?? '');
      const line = known ?? create('li');
      line.replaceChildren(
        create('span', { className: kind }, kind),
        ` ${name}${reason ? `: ${reason}` : ''}`,
      );
      if (!known) add(line);
      if (kind === 'queued') lines.set(event.eventId as string, line);
      else lines.delete(event.eventId ?? '');
    },
    error: (reason) => add(create('li', { className: 'error' }, `sending stopped: ${reason}`)),
  };
};
