/** Runs while no other tab of the site runs anything of this name, where the browser has Web Locks. */
export declare const alone: <T>(name: string, run: () => Promise<T>) => Promise<T>;
