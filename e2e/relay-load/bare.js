// @ts-check
// The minimal server that accepts a batch: it reads the body and answers 200.
import { createServer } from 'node:http';
import { say } from './say.js';

say(
  createServer((request, response) => {
    request.resume().on('end', () => response.end());
  }),
);
