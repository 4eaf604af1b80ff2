import type { Credentials } from './sigv4.js';

/** Credentials as the AWS SDK has them, or as their JSON has. */
export interface SdkCredentials extends Omit<Credentials, 'expiration'> {
  /** When they stop being valid, as a Date, ISO 8601 text, Unix seconds or milliseconds; never, when absent. */
  expiration?: Date | string | number | null;
}

/** Credentials as STS and Cognito answer. */
export interface ServiceCredentials {
  /** Names the key in each signature. */
  AccessKeyId: string;
  /** The secret, as STS calls it. */
  SecretAccessKey?: string;
  /** The secret, as Cognito calls it. */
  SecretKey?: string;
  /** Comes with temporary credentials. */
  SessionToken?: string;
  /** When they stop being valid, as a Date, ISO 8601 text, Unix seconds or milliseconds; never, when absent. */
  Expiration?: Date | string | number | null;
}

/** What STS and Cognito answer. */
export interface ServiceAnswer {
  /** The answer's part that signs. */
  Credentials: ServiceCredentials;
}

/** What a site's own function may return: credentials of the SDK, or an answer of STS or Cognito as it is. */
export type CredentialsInput = SdkCredentials | ServiceCredentials | ServiceAnswer;

/** Gives credentials when asked, as the AWS SDK's providers do. */
export type CredentialsProvider = () => CredentialsInput | Promise<CredentialsInput>;

/** Unix seconds stay below it until the year 5138; milliseconds have been above it since 1973. */
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
 * Returns a copy of credentials in the SDK's form, whichever form they are in. Throws what is wrong, with no value of theirs
 * but the time.
 * @param now Unix milliseconds; those that have expired by then will not do
 */
export const parseCredentials = (given: unknown, now = 0): Credentials => {
  const answer = Object(given);
  const fields = answer.Credentials ?? answer;
  const {
    accessKeyId = fields.AccessKeyId,
    secretAccessKey = fields.SecretAccessKey ?? fields.SecretKey,
    sessionToken = fields.SessionToken,
    expiration = fields.Expiration,
  } = fields;
  const texts = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  for (const [name, value] of Object.entries(texts)) {
    // As a header can hold it. A file that it was read from may end in a line end.
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
