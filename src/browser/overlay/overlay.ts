import { resolveOptions, type Settings } from '../../contract/resolve-options.js';
import type { Tracker } from '../api.js';
import { listen } from '../platform/lifecycle.js';
import type { Mark } from './marks.js';
import { createOutlines } from './outlines.js';
import { createPanel, type Panel } from './panel.js';
import { createScanner } from './scanner.js';
import { STYLE } from './style.js';

const NAME = 'personalize-overlay';

/** Interval at which the tracker's state is asked for. */
const STATE_MS = 1000;

/** Options of a page without a tracker. */
const DEFAULT_OPTIONS = { trackingId: '-', endpoint: '/' };

const settingsFrom = (options?: object) =>
  resolveOptions({ ...DEFAULT_OPTIONS, ...options }, document.baseURI).settings;

/** Appends the overlay's element in the top layer, above a page's dialogs and menus. */
const appendHost = () => {
  const host = document.createElement(NAME);
  // Clicks in the overlay make no event, whatever is marked around it.
  host.dataset.personalizeOn = 'none';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  host.popover = 'manual';
  host.showPopover?.();
  return { host, root, sheet };
};

/** Shows in the panel what becomes of the tracker's events. */
const followEvents = (tracker: Tracker, panel: Panel, signal: AbortSignal) => {
  const unsubscribes = [
    ...(['queued', 'delivered'] as const).map((kind) =>
      tracker.on(kind, (event) => panel.showEvent(kind, event)),
    ),
    tracker.on('rejected', ({ event, reason }) => panel.showEvent('rejected', event as object, reason)),
    tracker.on('error', ({ reason }) => panel.showError(reason)),
  ];
  signal.addEventListener('abort', () => {
    // The stub's `on` returns no function.
    for (const unsubscribe of unsubscribes) unsubscribe?.();
  });
};

const open = (tracker: Tracker | undefined) => {
  const controller = new AbortController();
  const { signal } = controller;
  const { host, root, sheet } = appendHost();
  const close = () => {
    controller.abort();
    host.remove();
  };
  const outlines = createOutlines(root, sheet);
  const scrollTo = (mark: Mark) => {
    mark.element.scrollIntoView({ block: 'center' });
    outlines.highlight(mark);
  };
  const panel = createPanel(root, scrollTo, close);
  let settings = settingsFrom() as Settings;
  let marks: Mark[] = [];

  const refreshState = async () => {
    const inspection = await tracker?.inspect?.();
    settings = settingsFrom(inspection?.options) ?? settings;
    if (!signal.aborted) panel.showState(inspection);
  };

  const start = () => {
    if (signal.aborted) return;
    const scanner = createScanner(host, () => settings, signal);
    let frame = 0;
    const draw = (now: number) => {
      frame = requestAnimationFrame(draw);
      const found = scanner.scan(now);
      if (found) {
        marks = found;
        outlines.show(marks);
        panel.showMarks(marks);
      }
      outlines.reposition();
    };
    frame = requestAnimationFrame(draw);
    signal.addEventListener('abort', () => cancelAnimationFrame(frame));
  };

  const highlightTarget = (event: Event) => {
    const path = event.composedPath();
    if (path.includes(host)) return;
    const element = path.find((node) => marks.some((mark) => mark.element === node));
    outlines.highlight(marks.find((mark) => mark.element === element));
  };

  // The first call alone reports a chunk that cannot be loaded.
  const timer = setInterval(() => refreshState().catch(() => {}), STATE_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  refreshState().catch(console.error).then(start);
  if (tracker?.on) followEvents(tracker, panel, signal);
  for (const type of ['pointermove', 'pointerdown', 'focusin']) {
    listen(window, type, highlightTarget, signal, true);
  }
  listen(window, 'keydown', (event) => (event as KeyboardEvent).key === 'Escape' && close(), signal, true);
  host.addEventListener('close', close);
};

/**
 * Shows what a page's marks would send, and what becomes of the events; a second call closes the overlay again. Call it
 * from a bookmarklet or the console: `import('…/personalize.overlay.js').then((it) => it.toggle())`.
 * @param tracker default `window.personalize`
 */
export const toggle = (tracker = (window as { personalize?: Tracker }).personalize): void => {
  const host = document.querySelector(NAME);
  if (host) host.dispatchEvent(new Event('close'));
  else open(tracker);
};
