/** An element with these properties and children; text is text, never markup. */
export declare const create: <Name extends keyof HTMLElementTagNameMap>(name: Name, properties?: Partial<HTMLElementTagNameMap[Name]>, ...children: (Node | string)[]) => HTMLElementTagNameMap[Name];
