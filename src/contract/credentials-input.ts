import type { Credentials } from './sigv4.js';

/** Credentials in the AWS SDK's form, also as that form's JSON. */
export interface SdkCredentials extends Omit<Credentials, 'expiration'> {
  /** When they expire, as a Date, ISO 8601 text, Unix seconds or Unix milliseconds. Without it they never expire. */
  expiration?: Date | string | number | null;
}

/** Credentials in the form that STS and Cognito return. */
export interface ServiceCredentials {
  /** Identifies the key in each signature. */
  AccessKeyId: string;
  /** The secret key, as STS names it. */
  SecretAccessKey?: string;
  /** The secret key, as Cognito names it. */
  SecretKey?: string;
  /** Belongs to temporary credentials. */
  SessionToken?: string;
  /** When they expire, as a Date, ISO 8601 text, Unix seconds or Unix milliseconds. Without it they never expire. */
  Expiration?: Date | string | number | null;
}

/** A response of STS or Cognito. */
export interface ServiceAnswer {
  /** The credentials in the response. */
  Credentials: ServiceCredentials;
}

/**
 * Credentials that a site's own function may return: in the AWS SDK's form, or as an unchanged response of STS or
 * Cognito.
 */
export type CredentialsInput = SdkCredentials | ServiceCredentials | ServiceAnswer;

/** Returns credentials when it is called, like the AWS SDK's credential providers. */
export type CredentialsProvider = () => CredentialsInput | Promise<CredentialsInput>;

/**
 * A smaller number is in seconds. Unix seconds stay below it until the year 5138; Unix milliseconds have been above it
 * since 1973.
 */
const MIN_MILLISECONDS = 1e11;

const toDate = (time: Date | string | number): Date => {
  const number = +time;
  if (typeof time !== 'object' && number < MIN_MILLISECONDS) return new Date(number * 1000);
  return new Date(number || Date.parse(time as string));
};

const fail = (problem: string) => {
  throw Error(`${problem}; return { accessKeyId, secretAccessKey, sessionToken, expiration }`);
};

/**
 * Returns a copy of credentials in the AWS SDK's form; accepts every form of `CredentialsInput`. Throws an Error that
 * says what is wrong and shows none of their values but the expiration.
 * @param now Unix milliseconds; credentials that have expired by then are refused
 */
export const parseCredentials = (input: unknown, now = 0): Credentials => {
  const response = Object(input);
  const fields = response.Credentials ?? response;
  const {
    accessKeyId = fields.AccessKeyId,
    secretAccessKey = fields.SecretAccessKey ?? fields.SecretKey,
    sessionToken = fields.SessionToken,
    expiration = fields.Expiration,
  } = fields;
  const texts = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  for (const [name, value] of Object.entries(texts)) {
    // Only characters that a header can hold: text that was read from a file may end in a line break.
    if (typeof value !== 'string' || !/^[!-~]+$/.test(value)) {
      fail(`${name} must be text without blanks; got ${typeof value}`);
    }
  }
  if (expiration == null || expiration === '') return texts;
  const date = toDate(expiration);
  if (!(+date > now)) {
    fail(`expiration must be a Date, ISO text or Unix time in the future; got ${expiration}`);
  }
  return { ...texts, expiration: date };
};
