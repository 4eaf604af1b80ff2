import { resolveOptions, type Settings } from '../../contract/options.js';
import type { Tracker } from '../api.js';
import { itemOf } from '../capture/attributes.js';
import { captureImpressions, type Impressions } from '../capture/impression.js';
import { listen } from '../platform/lifecycle.js';
import { elementsOf, type Mark, readMark } from './marks.js';
import { createOutlines } from './outlines.js';
import { createPanel } from './panel.js';
import { STYLE } from './style.js';

const NAME = 'personalize-overlay';

/** How often the tracker is asked, and a page that never stands still is read anew. */
const STATE_EVERY_MS = 1000;
const READ_EVERY_MS = 250;

const PAGE = { trackingId: '-', endpoint: '/' };

/**
 * Shows what a page's marks would send, and what becomes of it; called again, takes all of that away. To be
 * called from a bookmarklet or the console: `import('…/personalize.overlay.js').then((it) => it.toggle())`.
 * @param tracker where it is not `window.personalize`
 */
export const toggle = (tracker = (window as { personalize?: Tracker }).personalize): void => {
  const open = document.querySelector(NAME);
  if (open) open.dispatchEvent(new Event('close'));
  else show(tracker);
};

const show = (tracker: Tracker | undefined) => {
  const controller = new AbortController();
  const { signal } = controller;
  const host = document.createElement(NAME);
  // A click in it is nobody's, whatever is marked around it.
  host.dataset.personalizeOn = 'none';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  // Above a page's dialogs and menus.
  host.popover = 'manual';
  host.showPopover?.();

  let settings = resolveOptions(PAGE, document.baseURI).settings as Settings;
  let marks: Mark[] = [];
  /** The page has changed since it was read. */
  let isStale = true;
  let readAt = Number.NEGATIVE_INFINITY;

  let impressions: Impressions;
  const isSeen = (tile: Element, itemId: string) =>
    settings.impressionItems === 'all' || impressions.isSeen(tile, itemId);

  const observer = new MutationObserver(() => {
    isStale = true;
  });
  const watch = (place: Node) =>
    observer.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });

  const outlines = createOutlines(root, sheet);
  const close = () => {
    controller.abort();
    observer.disconnect();
    cancelAnimationFrame(frame);
    clearInterval(timer);
    for (const undo of undos) undo?.(); // A stub's gives none.
    host.remove();
  };
  const go = (mark: Mark) => {
    mark.element.scrollIntoView({ block: 'center' });
    outlines.point(mark);
  };
  const panel = createPanel(root, go, close);

  /** With what was in it. */
  const watched = new WeakMap<Element, string>();
  const read = () => {
    marks = [];
    const fresh: Element[] = [];
    for (const element of elementsOf(document, watch)) {
      const mark = element === host ? undefined : readMark(element, { settings, isSeen });
      if (!mark) continue;
      marks.push(mark);
      if (watched.get(element) !== mark.title) fresh.push(element);
      watched.set(element, mark.title);
    }
    impressions.watch(fresh);
    outlines.show(marks);
    panel.marks(marks);
  };
  const draw = (now: number) => {
    frame = requestAnimationFrame(draw);
    // What is in view changes without a word.
    if (now - readAt > (isStale ? READ_EVERY_MS : STATE_EVERY_MS)) {
      isStale = false;
      readAt = now;
      read();
    }
    outlines.follow();
  };
  let frame: number;

  const ask = async () => {
    const told = await tracker?.inspect?.();
    settings = resolveOptions({ ...PAGE, ...told?.options }, document.baseURI).settings ?? settings;
    if (!signal.aborted) panel.state(told);
  };
  const begin = () => {
    if (signal.aborted) return;
    // As the tracker does it, from now on: what has been in view before only the tracker knows.
    impressions = captureImpressions(
      () => undefined,
      itemOf,
      () => {},
      settings.impressionShare / 100,
      settings.impressionTime,
      signal,
    );
    frame = requestAnimationFrame(draw);
  };
  // A file that cannot be had is told of once.
  const timer = setInterval(() => ask().catch(() => {}), STATE_EVERY_MS);
  ask().catch(console.error).then(begin);
  const undos = tracker?.on
    ? [
        ...(['queued', 'delivered'] as const).map((kind) =>
          tracker.on(kind, (event) => panel.event(kind, event)),
        ),
        tracker.on('rejected', ({ event, reason }) => panel.event('rejected', event as object, reason)),
        tracker.on('error', ({ reason }) => panel.error(reason)),
      ]
    : [];

  const point = (event: Event) => {
    const path = event.composedPath();
    if (path.includes(host)) return;
    outlines.point(
      marks.find(
        ({ element }) => path.find((node) => marks.some((mark) => mark.element === node)) === element,
      ),
    );
  };
  for (const type of ['pointermove', 'pointerdown', 'focusin']) listen(window, type, point, signal, true);
  listen(window, 'keydown', (event) => (event as KeyboardEvent).key === 'Escape' && close(), signal, true);
  host.addEventListener('close', close);
};
