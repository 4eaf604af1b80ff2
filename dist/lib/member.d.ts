/**
 * A member as the browser gives it: inputs of a form, and elements of a document, hide the real ones of their names (DOM
 * clobbering, https://owasp.org/www-community/attacks/DOM_Clobbering).
 */
export declare const member: <Owner extends object, Name extends keyof Owner>(owner: Owner, name: Name) => Owner[Name];
/** All in it that match. */
export declare const findAll: <Found extends Element>(root: ParentNode, selector: string) => NodeListOf<Found>;
export declare const matches: (element: Element, selector: string) => boolean;
