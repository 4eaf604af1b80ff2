// @ts-check
// Runs the local AWS in its own process, and prints its URL and valid credentials.
import { createServer } from 'node:http';
import { createLocalAws } from 'personalize-beacon/local';
import { say } from './say.js';

// Credentials for a day: a long run may exceed the default hour.
const aws = createLocalAws({ sessionSeconds: 86_400 });
const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
say(createServer(aws.handler), {
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});
