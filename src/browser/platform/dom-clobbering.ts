/**
 * A member as the browser gives it: inputs of a form, and elements of a document, hide the real ones of their names (DOM
 * clobbering, https://owasp.org/www-community/attacks/DOM_Clobbering).
 */
export const readUnclobbered = <Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
): Owner[Name] => Reflect.get(Object.getPrototypeOf(owner), name, owner);

/** All in it that match. */
export const findAll = <Found extends Element>(root: ParentNode, selector: string): NodeListOf<Found> =>
  readUnclobbered(root, 'querySelectorAll').call(root, selector) as NodeListOf<Found>;

export const matches = (element: Element, selector: string): boolean =>
  readUnclobbered(element, 'matches').call(element, selector);

export const boxOf = (element: Element): DOMRect =>
  readUnclobbered(element, 'getBoundingClientRect').call(element);
