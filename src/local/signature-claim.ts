import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.js';

/** The signature that a request claims to have. */
export interface SignatureClaim {
  form: 'header' | 'query';
  /** Access key ID and scope. */
  credential: string;
  signedHeaders: string[];
  signature: string;
  /** Like `20260102T030405Z`. */
  timestamp: string;
  /** The timestamp in milliseconds. */
  at: number;
  token: string | undefined;
  /** Lifetime in seconds, of a presigned request. */
  expires?: number;
}

const incomplete = () =>
  new AwsError(403, 'IncompleteSignatureException', 'Request must contain a complete SigV4 signature.');

const toMs = (timestamp: string): number => {
  const at = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at)) throw incomplete();
  return at;
};

/** Returns how a request is signed; null if it is not. */
export const formOf = ({ headers, url }: IncomingMessage): 'header' | 'query' | null => {
  if (headers.authorization) return 'header';
  return url?.includes('X-Amz-Signature=') ? 'query' : null;
};

const readHeader = ({ headers }: IncomingMessage): SignatureClaim => {
  const fields = /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)$/.exec(
    headers.authorization ?? '',
  );
  const timestamp = headers['x-amz-date'];
  if (!fields || typeof timestamp !== 'string') throw incomplete();
  const [, credential = '', signed = '', signature = ''] = fields;
  const token = headers['x-amz-security-token'];
  return {
    form: 'header',
    credential,
    signedHeaders: signed.split(';'),
    signature,
    timestamp,
    at: toMs(timestamp),
    token: typeof token === 'string' ? token : undefined,
  };
};

const readQuery = (query: URLSearchParams): SignatureClaim => {
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw incomplete();
  const timestamp = query.get('X-Amz-Date') ?? '';
  return {
    form: 'query',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp,
    at: toMs(timestamp),
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expires: Number(query.get('X-Amz-Expires')),
  };
};

/** Reads the signature that a request claims, from its header or its query. */
export const readClaim = (request: IncomingMessage, query: URLSearchParams): SignatureClaim => {
  const form = formOf(request);
  if (!form) throw new AwsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  return form === 'header' ? readHeader(request) : readQuery(query);
};
