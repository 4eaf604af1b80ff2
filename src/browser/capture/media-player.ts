import { boxOf, findAll, matches, readUnclobbered } from '../platform/dom-clobbering.js';

const PLAYERS = 'video,audio,iframe';
const MARKED = '[data-personalize-media]';

/** Matches links that lead elsewhere, unlike the links that old players use as buttons. */
const LINK = 'a[href]:not([role]):not([download]):not([href="#"]):not([href^="javascript:"])';
const CONTROL =
  'button,input,label,select,progress,a[role],a[download],a[href="#"],a[href^="javascript:"],[role=button],[role=slider],[role=toolbar],[role^=menu],video[controls],audio[controls]';

/** Matches elements that are never a part of a player, not even over its picture. */
const TITLE = `h1,h2,h3,h4,h5,h6,${LINK}`;
const PICTURE = 'img,canvas,iframe,video';
const WORD = /\p{L}{2}/u;

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;

/** In CSS pixels: how far a player's parts may extend beyond its picture, by a border and by a control bar below. */
const BORDER = 20;
const CONTROL_BAR = 100;

const closest = (element: Element, selector: string) =>
  readUnclobbered(element, 'closest').call(element, selector);

const hasArea = ({ width, height }: DOMRect) => width * height > 0;

const isWithin = (inner: DOMRect, outer: DOMRect, beside: number, below: number) =>
  inner.left >= outer.left - beside &&
  inner.right <= outer.right + beside &&
  inner.top >= outer.top - beside &&
  inner.bottom <= outer.bottom + below;

const hasWords = (element: Element) =>
  [...readUnclobbered(element, 'childNodes')].some(
    (node) => readUnclobbered(node, 'nodeType') === TEXT_NODE && WORD.test(node.nodeValue as string),
  );

const contains = (element: Element, player: Element) =>
  readUnclobbered(element, 'contains').call(element, player) ||
  readUnclobbered(element, 'shadowRoot')?.contains(player);

/** Returns whether an element around a player shows anything but the player's controls and what lies over its picture. */
const hasOthers = (wrapper: Element, player: Element, picture: DOMRect) =>
  [...findAll(wrapper, '*')].some((inner) => {
    const isTitle = matches(inner, TITLE);
    if (inner === player || !(isTitle || matches(inner, PICTURE) || hasWords(inner))) return false;
    const control = closest(inner, CONTROL);
    if (control && control !== wrapper && contains(wrapper, control)) return false;
    const box = boxOf(inner);
    // Text for screen readers alone has a box of one pixel.
    return box.width > 1 && box.height > 1 && (isTitle || !isWithin(box, picture, 2, 2));
  });

/** Returns whether an element is a marked player, or a marked component whose player may be in a closed shadow root. */
const isPlayer = (element: Element) =>
  matches(element, PLAYERS)
    ? closest(element, MARKED)
    : matches(element, MARKED) && !findAll(element, PLAYERS)[0];

/**
 * Returns whether a click in a tile was on a player in it: on its picture, its controls or a library's wrapper. A click on
 * a link that leads elsewhere never is.
 * @param path from the element clicked outwards, through open shadow roots
 */
export const isOnPlayer = (path: Element[], tile: Element): boolean => {
  const inTile = path.slice(0, path.indexOf(tile) + 1);
  const elements = inTile.filter((node) => readUnclobbered(node, 'nodeType') === ELEMENT_NODE);
  const roots = inTile.filter((node) => node === tile || !elements.includes(node));
  const players = roots.flatMap((root) => [...findAll(root, `${PLAYERS},${MARKED}`)].filter(isPlayer));
  if (!players[0] && !isPlayer(tile)) return false;

  const clickable = elements.findIndex((element) => matches(element, `${CONTROL},${LINK}`));
  if (clickable >= 0 && matches(elements[clickable] as Element, LINK)) return false;
  if (elements.some(isPlayer)) return true;

  const playerIn = (element: Element) => players.find((player) => contains(element, player));
  const around = elements.findIndex(playerIn);
  const wrapper = elements[around] as Element;
  const player = playerIn(wrapper) as Element;
  // Libraries copy a player's attributes to their wrappers.
  const isMarked = matches(wrapper, MARKED);
  if (wrapper === tile && !isMarked) return false;
  // Sound without the browser's own controls has no box.
  const picture = boxOf(player);
  const isControl = clickable >= 0 && clickable < around;
  const isNear = !hasArea(picture) || isWithin(boxOf(elements[0] as Element), picture, BORDER, CONTROL_BAR);
  return (isMarked || isControl || isNear) && !hasOthers(wrapper, player, picture);
};
