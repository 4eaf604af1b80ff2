// @ts-check
// Serves the browser's files: the shop's own and the built tracker.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { scriptAt } from '../script.js';

const assets = new URL('./public/', import.meta.url);

export const tracker = /** @type {URL} */ (scriptAt('/personalize.js'));

/** @type {Record<string, string>} */
const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
  '.webm': 'video/webm',
};

/** @param {string} path */
const find = (path) => {
  const script = scriptAt(path);
  if (script) return script;
  const [, name] = /^\/assets\/([a-z]+\.[a-z]+)$/.exec(path) ?? [];
  return name && TYPES[extname(name)] ? new URL(name, assets) : undefined;
};

/**
 * Answers a request for a file; returns false if there is no such file.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function sendFile(request, response) {
  const file = find(request.url?.split('?')[0] ?? '');
  const body = file && read(file);
  if (!file || !body) return false;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;
  // Cached, but revalidated each time: a rebuild shows at the next page view, and otherwise only a 304 is sent.
  const headers = {
    etag,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  };
  const type = { 'content-type': TYPES[extname(file.pathname)] };
  const range = rangeOf(request, body.length, etag);
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else if (!range) response.writeHead(200, { ...headers, ...type }).end(body);
  else if (range.start > range.end) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${body.length}` }).end();
  } else {
    const { start, end } = range;
    const part = { 'content-range': `bytes ${start}-${end}/${body.length}` };
    response.writeHead(206, { ...headers, ...type, ...part }).end(body.subarray(start, end + 1));
  }
  return true;
}

/**
 * Returns the requested range: browsers need ranges to seek in a film, and Safari to play one at all. Several ranges, or
 * a range of a file that has changed since, get the whole file.
 * @param {import('node:http').IncomingMessage} request
 * @param {number} length
 * @param {string} etag
 */
function rangeOf({ headers }, length, etag) {
  const { range = '', 'if-range': ifRange } = headers;
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if ((!from && !to) || (ifRange && ifRange !== etag)) return undefined;
  // `-500` requests the last 500 bytes.
  if (!from) return { start: Math.max(0, length - Number(to)), end: length - 1 };
  return { start: Number(from), end: to ? Math.min(Number(to), length - 1) : length - 1 };
}

/** @param {URL} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // no such file
  }
}
