import { create } from './element.js';
import type { Mark } from './marks.js';

/** Of what is lower a label inside would hide too much. */
const LOW_PX = 64;

/** A box on the screen, and what it was last drawn as. */
interface Box {
  frame: HTMLElement;
  label: HTMLElement;
  style: CSSStyleDeclaration;
  drawn: string;
  text: string;
}

export interface Outlines {
  /** Has a box for each of these, in place of those before. */
  show(marks: Mark[]): void;
  /** Puts each where its element is now. */
  follow(): void;
  /** The one whose label says all. */
  point(mark: Mark | undefined): void;
}

/** What cuts an element off, as a carousel does with what it has not been turned to. */
const clippersOf = (element: Element): Element[] => {
  const clippers: Element[] = [];
  for (let next = element.parentElement; next && next !== document.body; next = next.parentElement) {
    if (getComputedStyle(next).overflow !== 'visible') clippers.push(next);
  }
  return clippers;
};

/** The part of an element that is not cut off. */
const visiblePart = (element: Element, clippers: Element[]) => {
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

/** Draws by rules of the sheet: a page's policy may forbid styles on elements. */
export const createOutlines = (root: ShadowRoot, sheet: CSSStyleSheet): Outlines => {
  const boxes: Box[] = [];
  let shown: { mark: Mark; box: Box; clippers: Element[] }[] = [];
  let pointed: Mark | undefined;

  const boxAt = (i: number): Box => {
    const known = boxes[i];
    if (known) return known;
    const label = create('div', { className: 'label' });
    const frame = create('div', { id: `mark-${i}` }, label);
    root.append(frame);
    const rule = sheet.cssRules[sheet.insertRule(`#mark-${i} {}`, sheet.cssRules.length)] as CSSStyleRule;
    const box = { frame, label, style: rule.style, drawn: '', text: '' };
    boxes.push(box);
    return box;
  };

  const write = ({ title, types, lines, mistakes }: Mark, box: Box) => {
    const text = [title, types, ...lines, ...mistakes].join('\n');
    if (text === box.text) return;
    box.text = text;
    box.label.replaceChildren(
      create('b', {}, title),
      create('i', {}, types),
      ...lines.map((line) => create('div', {}, line)),
      ...mistakes.map((mistake) => create('div', { className: 'mistake' }, mistake)),
    );
  };

  const dress = ({ mark, box }: (typeof shown)[number]) => {
    const names = [
      'mark',
      mark.kind,
      mark.mistakes.length && 'wrong',
      mark.element === pointed?.element && 'pointed',
    ];
    box.frame.className = names.filter(Boolean).join(' ');
  };

  return {
    show(marks) {
      shown = marks.map((mark, i) => ({ mark, box: boxAt(i), clippers: clippersOf(mark.element) }));
      for (const one of shown) {
        write(one.mark, one.box);
        dress(one);
      }
      for (const { frame } of boxes.slice(marks.length)) frame.className = '';
    },
    follow() {
      const places = shown.map(({ mark, clippers }) => visiblePart(mark.element, clippers));
      shown.forEach(({ box }, i) => {
        const { left, top, width, height } = places[i] as ReturnType<typeof visiblePart>;
        const drawn = [left, top, width, height].map((value) => `${Math.round(value)}px`).join();
        if (drawn === box.drawn) return;
        box.drawn = drawn;
        box.frame.hidden = !(width > 0 && height > 0);
        box.frame.toggleAttribute('data-low', height < LOW_PX);
        ['--x', '--y', '--w', '--h'].forEach((name, at) => {
          box.style.setProperty(name, drawn.split(',')[at] as string);
        });
      });
    },
    point(mark) {
      pointed = mark;
      shown.forEach(dress);
    },
  };
};
