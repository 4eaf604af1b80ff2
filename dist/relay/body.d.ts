/** The JSON of a request's body; throws the answer where there is none. */
export declare const readJson: (request: Request) => Promise<unknown>;
