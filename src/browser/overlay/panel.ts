import type { RecordedEvent } from '../../contract/event.js';
import type { Inspection } from '../debug.js';
import { dropOldest } from '../platform/drop-oldest.js';
import { createElement } from './element.js';
import type { Mark } from './marks.js';

export interface Panel {
  /** Shows the tracker's state; undefined if the page has none. */
  showState(inspection: Partial<Inspection> | undefined): void;
  showMarks(marks: Mark[]): void;
  /** Shows what became of an event. */
  showEvent(kind: 'queued' | 'delivered' | 'rejected', event: Partial<RecordedEvent>, reason?: string): void;
  showError(reason: string): void;
}

/** Lines of events; older ones are removed. */
const MAX_LINES = 50;

const MINUTE_MS = 60_000;

const section = (title: string, isOpen: boolean, content: HTMLElement) => {
  const summary = createElement('summary', {}, title);
  return { summary, details: createElement('details', { open: isOpen }, summary, content) };
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

/** @param scrollTo scrolls to a mark and highlights it */
export const createPanel = (root: ShadowRoot, scrollTo: (mark: Mark) => void, close: () => void): Panel => {
  const facts = createElement('dl');
  const mistakeList = createElement('ol');
  const log = createElement('ol', { role: 'log', ariaLabel: 'Events' });
  const tracker = section('Tracker', true, facts);
  const mistakes = section('Mistakes', false, mistakeList);
  const events = section('Events', true, log);
  const body = createElement('div', { className: 'body' }, tracker.details, mistakes.details, events.details);
  const foldButton = createElement('button', {
    type: 'button',
    textContent: '–',
    ariaLabel: 'Fold',
    ariaExpanded: 'true',
    onclick() {
      body.hidden = !body.hidden;
      foldButton.textContent = body.hidden ? '+' : '–';
      foldButton.ariaExpanded = `${!body.hidden}`;
    },
  });
  const title = createElement('h1', {}, 'personalize-beacon');
  const closeButton = createElement('button', {
    type: 'button',
    textContent: '×',
    ariaLabel: 'Close',
    onclick: close,
  });
  root.append(
    createElement(
      'section',
      { className: 'panel', ariaLabel: 'personalize-beacon' },
      createElement('header', {}, title, foldButton, closeButton),
      body,
    ),
  );

  /** Lines of queued events, by ID. */
  const lines = new Map<string, HTMLElement>();
  let shown = '';

  const addLine = (line: HTMLElement) => {
    log.prepend(line);
    log.children[MAX_LINES]?.remove();
  };

  return {
    showState(inspection) {
      const state = inspection ? stateOf(inspection) : { tracker: 'none on this page yet' };
      if (JSON.stringify(state) === shown) return;
      shown = JSON.stringify(state);
      facts.replaceChildren(
        ...Object.entries(state).flatMap(([name, value]) =>
          value === undefined
            ? []
            : [createElement('dt', {}, name), createElement('dd', {}, [value].flat().join('\n'))],
        ),
      );
    },
    showMarks(marks) {
      const wrong = marks.filter((mark) => mark.mistakes.length);
      title.textContent = `personalize-beacon: ${marks.length} marked`;
      mistakes.summary.textContent = `Mistakes: ${wrong.length}`;
      mistakeList.replaceChildren(
        ...wrong.map((mark) =>
          createElement(
            'li',
            {},
            createElement(
              'button',
              { type: 'button', onclick: () => scrollTo(mark) },
              `${mark.title} `,
              ...mark.mistakes.map((mistake) => createElement('div', { className: 'mistake' }, mistake)),
            ),
          ),
        ),
      );
    },
    showEvent(kind, event, reason) {
      const name = [event.eventType, event.itemId ?? event.actionId].filter(Boolean).join(' ');
      const known = lines.get(event.eventId ?? '');
      const line = known ?? createElement('li');
      line.replaceChildren(
        createElement('span', { className: kind }, kind),
        ` ${name}${reason ? `: ${reason}` : ''}`,
      );
      if (!known) addLine(line);
      if (kind === 'queued') lines.set(event.eventId as string, line);
      else lines.delete(event.eventId ?? '');
      dropOldest(lines, MAX_LINES);
    },
    showError: (reason) => addLine(createElement('li', { className: 'error' }, `sending stopped: ${reason}`)),
  };
};
