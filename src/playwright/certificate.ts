import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

// Written here because each library for certificates would add 180–360 kB to the package.

/** A key and its certificate, as node:tls takes them. */
export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
  /** SHA-256 of the public key in Base64, as Chromium's flag takes it. */
  keyHash: string;
}

const DAY_MS = 86_400_000;

/** Its tests may run over midnight, and the browser's clock may be late. */
const LIFETIME_DAYS = { before: 1, after: 30 };

/** Encodes a value in DER (ITU-T X.690): tag, length, content. */
const der = (tag: number, ...content: Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body]);
};

const sequence = (...content: Uint8Array[]) => der(0x30, ...content);
const integer = (bytes: Uint8Array) => der(0x02, bytes);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
/** Encodes a time as `YYMMDDhhmmssZ`. */
const utcTime = (ms: number) =>
  der(0x17, Buffer.from(new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, '')));

const VERSION_3 = der(0xa0, integer(Buffer.from([2])));
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const COMMON_NAME = objectId('550403');
const SUBJECT_ALTERNATIVE_NAME = objectId('551d11');

const toPem = (certificate: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/**
 * Creates a key and a certificate for a host that is signed by that key (RFC 5280). No browser accepts it, unless it is
 * told to. @param now the time in milliseconds
 */
export const createCertificate = (host: string, now = Date.now()): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subjectPublicKey = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('personalize-beacon')))));
  const serialNumber = randomBytes(8);
  // Positive, and without leading zeros.
  serialNumber[0] = ((serialNumber[0] as number) & 0x3f) | 0x40;
  const body = sequence(
    VERSION_3,
    integer(serialNumber),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - LIFETIME_DAYS.before * DAY_MS), utcTime(now + LIFETIME_DAYS.after * DAY_MS)),
    name,
    subjectPublicKey,
    der(
      0xa3,
      sequence(sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(der(0x82, Buffer.from(host)))))),
    ),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: toPem(sequence(body, ECDSA_WITH_SHA256, signature)),
    keyHash: createHash('sha256').update(subjectPublicKey).digest('base64'),
  };
};
