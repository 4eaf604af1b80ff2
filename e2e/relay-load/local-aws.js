// @ts-check
// The local AWS in a process of its own; says its address, and credentials that it takes.
import { createServer } from 'node:http';
import { createLocalAws } from '../../demo/local-aws/index.js';
import { say } from './say.js';

// An hour is shorter than a patient run.
const aws = createLocalAws({ sessionSeconds: 86_400 });
const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
say(createServer(aws.handler), {
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});
