// @ts-check
// The least that could take a batch: reads the body, answers 200.
import { createServer } from 'node:http';
import { say } from './say.js';

say(
  createServer((request, response) => {
    request.resume().on('end', () => response.end());
  }),
);
