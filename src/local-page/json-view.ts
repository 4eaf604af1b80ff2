import { html, type TemplateResult } from 'lit-html';

/** A key with its colon, a text, a number or word, in JSON that is indented. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b)/g;

/** Returns the text of JSON, indented. */
export const toJsonText = (value: unknown): string => JSON.stringify(value, null, 2) ?? '';

/** Shows JSON with coloured tokens. */
export const jsonView = (value: unknown, label: string): TemplateResult => {
  const text = toJsonText(value);
  const parts: (TemplateResult | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, quoted, colon = ''] = match;
    parts.push(text.slice(end, match.index));
    if (quoted === undefined) parts.push(html`<span class="json-word">${token}</span>`);
    else parts.push(html`<span class=${colon ? 'json-key' : 'json-text'}>${quoted}</span>`, colon);
    end = match.index + token.length;
  }
  // A scrollable region must be reachable with the keyboard.
  return html`<pre class="code is-json" tabindex="0" role="group" aria-label=${label}>${parts}${text.slice(end)}</pre>`;
};
