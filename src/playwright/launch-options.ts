/** Lets Chromium accept certificates of these keys, and no others that it would refuse. */
const FLAG = '--ignore-certificate-errors-spki-list=';

interface Arguments {
  args?: string[];
}

/** Returns launch options of Chromium with which it accepts certificates of a key, whose SHA-256 is given. */
export const acceptKey = <Options extends Arguments>(options: Options, keyHash: string): Options => {
  const { args = [] } = options;
  // The browser reads only the last of several.
  const listed = args.filter((arg) => arg.startsWith(FLAG)).map((arg) => arg.slice(FLAG.length));
  const others = args.filter((arg) => !arg.startsWith(FLAG));
  return { ...options, args: [...others, FLAG + [...listed, keyHash].join(',')] };
};

/** Returns whether launch options are those of `acceptKey()`. */
export const isKeyAccepted = ({ args = [] }: Arguments, keyHash: string): boolean =>
  args.some((arg) => arg.startsWith(FLAG) && arg.includes(keyHash));
