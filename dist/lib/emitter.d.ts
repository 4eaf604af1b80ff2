import type { Stop } from './lifecycle.js';
export interface Emitter<Events> {
    on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Stop;
    emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}
/** Named listeners. What a listener throws goes to the console, never to whoever emitted. */
export declare const createEmitter: <Events>() => Emitter<Events>;
