// @ts-check
// The files the browser asks for: the shop's own and the tracker as it was built.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

const dist = new URL('../../dist/', import.meta.url);
const assets = new URL('./public/', import.meta.url);

export const tracker = new URL('personalize.js', dist);

/** @type {Record<string, string>} */
const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/** @param {string} path */
const find = (path) => {
  if (/^\/personalize\.js(\.map)?$/.test(path)) return new URL(path.slice(1), dist);
  const [, name] = /^\/assets\/([a-z]+\.[a-z]+)$/.exec(path) ?? [];
  return name && TYPES[extname(name)] ? new URL(name, assets) : undefined;
};

/**
 * Answers a request for a file; false when it is for none.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function sendFile(request, response) {
  const file = find(request.url?.split('?')[0] ?? '');
  const body = file && read(file);
  if (!file || !body) return false;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;
  // Kept, and asked about each time: a rebuild shows at the next page view, and else 304 is all that is sent.
  const headers = { etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file.pathname)] }).end(body);
  return true;
}

/** @param {URL} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // no such file
  }
}
