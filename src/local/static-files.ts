import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The folder of the built files: this module becomes one of them. */
const DIST = new URL('./', import.meta.url);

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  map: 'application/json',
};

/** Lets the page load and contact nothing but this server. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Returns the file at a path: of the page, or of the tracker's script. */
const fileAt = (path: string, hasPage: boolean): string | undefined => {
  if (hasPage && path === '/') return 'local-page/index.html';
  if (hasPage && /^\/local-page\/local-page\.(js|css)$/.test(path)) return path.slice(1);
  return /^\/personalize[\w.-]*\.js(\.map)?$/.test(path) ? path.slice(1) : undefined;
};

/** Sends the file at a path. Resolves to false if there is none. */
export const sendFile = async (
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
  hasPage: boolean,
): Promise<boolean> => {
  const file = fileAt(url.replace(/\?.*/, ''), hasPage);
  const content = file && (await readFile(new URL(file, DIST)).catch(() => undefined));
  if (!file || !content) return false;
  response
    .writeHead(200, {
      'content-type': TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'text/plain',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      // Modules are always requested with CORS.
      'access-control-allow-origin': '*',
      ...(file.endsWith('.html') && { 'content-security-policy': POLICY }),
    })
    .end(content);
  return true;
};
