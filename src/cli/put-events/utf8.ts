import { isUtf8 } from 'node:buffer';
import { WrongInput } from '../wrong-input.js';

const [LF, CR, NUL] = [0x0a, 0x0d, 0];

/** First bytes of formats that people take for text. */
const SIGNATURES: [bytes: number[], says: string][] = [
  [[0xff, 0xfe], 'is UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8'],
  [[0xfe, 0xff], 'is UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8'],
  [[0x1f, 0x8b], 'is compressed. Unpack it first: a CSV as zcat FILE.csv.gz | … put-events --from -'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a ZIP archive, as a workbook is. Save it as CSV in UTF-8'],
];
const LONGEST_SIGNATURE_BYTES = 4;

/** Returns the length of `bytes` without a character or a CR LF that is cut at the end. */
const completeLength = (bytes: Buffer): number => {
  if (bytes.at(-1) === CR) return bytes.length - 1;
  for (let length = 1; length < 4 && length <= bytes.length; length++) {
    const byte = bytes.at(-length) as number;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length < needed ? bytes.length - length : bytes.length;
  }
  return bytes.length;
};

/** Returns the end of the line that begins at `start`; undefined for the last line. */
const lineEndAfter = (bytes: Buffer, start: number): number | undefined => {
  const lf = bytes.indexOf(LF, start);
  const cr = bytes.subarray(0, lf < 0 ? undefined : lf).indexOf(CR, start);
  if (cr >= 0 && cr + 1 !== lf) return cr + 1;
  return lf < 0 ? undefined : lf + 1;
};

const isText = (bytes: Buffer) => isUtf8(bytes) && !bytes.includes(NUL);

/** Checks text chunk by chunk; throws at the first line that is not UTF-8. @param name the input's name in messages */
export const createUtf8Check = (name: string) => {
  let line = 1;
  let isBegun = false;
  let rest: Buffer = Buffer.alloc(0);

  const refuse = (bytes: Buffer): never => {
    const says = bytes.includes(NUL)
      ? 'has a NUL byte, as UTF-16 and damaged files have. Save it as UTF-8'
      : 'is not UTF-8. Save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8';
    throw new WrongInput(`${name}:${line} ${says}`);
  };

  const check = (bytes: Buffer) => {
    if (!isBegun) {
      const [, says] =
        SIGNATURES.find(([signature]) => signature.every((byte, i) => bytes[i] === byte)) ?? [];
      if (says) throw new WrongInput(`${name} ${says}`);
      isBegun = true;
    }
    const isWhole = isText(bytes);
    let start = 0;
    for (let end = lineEndAfter(bytes, 0); end !== undefined; end = lineEndAfter(bytes, start)) {
      if (!isWhole && !isText(bytes.subarray(start, end))) refuse(bytes.subarray(start, end));
      start = end;
      line++;
    }
    if (!isWhole) refuse(bytes.subarray(start));
  };

  return {
    add(chunk: Buffer) {
      rest = Buffer.concat([rest, chunk]);
      if (!isBegun && rest.length < LONGEST_SIGNATURE_BYTES) return;
      const length = completeLength(rest);
      check(rest.subarray(0, length));
      rest = rest.subarray(length);
    },
    /** Checks the rest: a character that is cut at the very end is invalid. */
    end() {
      check(rest);
    },
  };
};

/** Decodes UTF-8 without a byte order mark; throws if it is invalid. @param name the input's name in messages */
export const decodeUtf8 = (bytes: Buffer, name: string): string => {
  const { add, end } = createUtf8Check(name);
  add(bytes);
  end();
  return withoutBom(bytes.toString());
};

/** Removes the byte order mark that Windows writes in front of UTF-8. */
export const withoutBom = (text: string): string => text.replace(/^\ufeff/, '');
