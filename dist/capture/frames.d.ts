export interface FramesOptions {
    /** Another document is in the frame. */
    begin(frame: Element): void;
    /** Seconds have been played, of so many. */
    progress(frame: Element, seconds: number, duration: number): void;
    /** It has paused, ended or gone. */
    rest(frame: Element): void;
    signal: AbortSignal;
}
export interface Frames {
    /** @param anew whether what it plays is for another item than before */
    follow(frame: HTMLIFrameElement, anew: boolean): void;
    /** Whether any has gone, of which nothing else tells. */
    look(): void;
}
export declare const followFrames: ({ begin, progress, rest, signal }: FramesOptions) => Frames;
