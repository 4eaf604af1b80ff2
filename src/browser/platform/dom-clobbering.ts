/**
 * Returns a member as the browser defines it: inputs of a form, and elements of a document, hide members of the same name
 * (DOM clobbering, https://owasp.org/www-community/attacks/DOM_Clobbering).
 */
export const readUnclobbered = <Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
): Owner[Name] => Reflect.get(Object.getPrototypeOf(owner), name, owner);

/** Returns all matching elements in a root. */
export const findAll = <Found extends Element>(root: ParentNode, selector: string): NodeListOf<Found> =>
  readUnclobbered(root, 'querySelectorAll').call(root, selector) as NodeListOf<Found>;

export const matches = (element: Element, selector: string): boolean =>
  readUnclobbered(element, 'matches').call(element, selector);

export const boxOf = (element: Element): DOMRect =>
  readUnclobbered(element, 'getBoundingClientRect').call(element);
