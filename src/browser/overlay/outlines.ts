import { createElement } from './element.js';
import type { Mark } from './marks.js';

/** The label of a lower element is placed above it: inside, it would hide too much. */
const LOW_PX = 64;

/** A box on the screen, with its last position and text. */
interface Box {
  frame: HTMLElement;
  label: HTMLElement;
  style: CSSStyleDeclaration;
  position: string;
  text: string;
}

export interface Outlines {
  /** Replaces the boxes by one for each mark. */
  show(marks: Mark[]): void;
  /** Moves each box to where its element is now. */
  reposition(): void;
  /** Shows the whole label of one mark. */
  highlight(mark: Mark | undefined): void;
}

/** Returns the ancestors that clip an element, such as a carousel's viewport. */
const clippersOf = (element: Element): Element[] => {
  const clippers: Element[] = [];
  for (let next = element.parentElement; next && next !== document.body; next = next.parentElement) {
    if (getComputedStyle(next).overflow !== 'visible') clippers.push(next);
  }
  return clippers;
};

/** Returns the part of an element that is not clipped. */
const visiblePartOf = (element: Element, clippers: Element[]) => {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (const clipper of clippers) {
    const rect = clipper.getBoundingClientRect();
    left = Math.max(left, rect.left);
    top = Math.max(top, rect.top);
    right = Math.min(right, rect.right);
    bottom = Math.min(bottom, rect.bottom);
  }
  return { left, top, width: right - left, height: bottom - top };
};

/** Draws by rules of the style sheet: a page's Content-Security-Policy may forbid styles on elements. */
export const createOutlines = (root: ShadowRoot, sheet: CSSStyleSheet): Outlines => {
  const boxes: Box[] = [];
  let shown: { mark: Mark; box: Box; clippers: Element[] }[] = [];
  let highlighted: Mark | undefined;

  const boxAt = (i: number): Box => {
    const existing = boxes[i];
    if (existing) return existing;
    const label = createElement('div', { className: 'label' });
    const frame = createElement('div', { id: `mark-${i}` }, label);
    root.append(frame);
    const rule = sheet.cssRules[sheet.insertRule(`#mark-${i} {}`, sheet.cssRules.length)] as CSSStyleRule;
    const box = { frame, label, style: rule.style, position: '', text: '' };
    boxes.push(box);
    return box;
  };

  const writeLabel = ({ title, types, lines, mistakes }: Mark, box: Box) => {
    const text = [title, types, ...lines, ...mistakes].join('\n');
    if (text === box.text) return;
    box.text = text;
    box.label.replaceChildren(
      createElement('b', {}, title),
      createElement('i', {}, types),
      ...lines.map((line) => createElement('div', {}, line)),
      ...mistakes.map((mistake) => createElement('div', { className: 'mistake' }, mistake)),
    );
  };

  const updateClass = ({ mark, box }: (typeof shown)[number]) => {
    const names = [
      'mark',
      mark.kind,
      mark.mistakes.length && 'wrong',
      mark.element === highlighted?.element && 'pointed',
    ];
    box.frame.className = names.filter(Boolean).join(' ');
  };

  return {
    show(marks) {
      shown = marks.map((mark, i) => ({ mark, box: boxAt(i), clippers: clippersOf(mark.element) }));
      for (const one of shown) {
        writeLabel(one.mark, one.box);
        updateClass(one);
      }
      for (const { frame } of boxes.slice(marks.length)) frame.className = '';
    },
    reposition() {
      const places = shown.map(({ mark, clippers }) => visiblePartOf(mark.element, clippers));
      shown.forEach(({ box }, i) => {
        const { left, top, width, height } = places[i] as ReturnType<typeof visiblePartOf>;
        const position = [left, top, width, height].map((value) => `${Math.round(value)}px`).join();
        if (position === box.position) return;
        box.position = position;
        box.frame.hidden = !(width > 0 && height > 0);
        box.frame.toggleAttribute('data-low', height < LOW_PX);
        ['--x', '--y', '--w', '--h'].forEach((name, at) => {
          box.style.setProperty(name, position.split(',')[at] as string);
        });
      });
    },
    highlight(mark) {
      highlighted = mark;
      shown.forEach(updateClass);
    },
  };
};
