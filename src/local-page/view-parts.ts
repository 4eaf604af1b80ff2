import { html, nothing, type TemplateResult } from 'lit-html';
import type { EventStatus } from '../local/received.js';
import { formatNumber, STATUS_LABELS } from './labels.js';
import type { PageActions } from './page-actions.js';

/** Shows a status by sign, word and colour. */
export const statusView = (status: EventStatus): TemplateResult => {
  const { sign, label } = STATUS_LABELS[status];
  return html`<span class="status is-${status}"><span aria-hidden="true">${sign}</span> ${label}</span>`;
};

/** Shows a button that copies a text. */
export const copyButton = (actions: PageActions, text: string, label: string): TemplateResult =>
  html`<button type="button" class="small" @click=${() => actions.copy(text, label)}>
    Copy<span class="hidden"> ${label}</span>
  </button>`;

/** Shows a block of code to copy. */
export const codeBlock = (actions: PageActions, text: string, label: string): TemplateResult =>
  html`<div class="code-block">
    ${copyButton(actions, text, label)}
    <pre class="code" tabindex="0" role="group" aria-label=${label}>${text}</pre>
  </div>`;

/** Shows a button for the rows that are not rendered yet. */
export const moreButton = (actions: PageActions, rest: number, step: number) =>
  rest > 0
    ? html`<p class="more">
        <button type="button" @click=${actions.showMore}>Show ${Math.min(step, rest)} more</button>
        <span class="muted">${formatNumber(rest)} not shown</span>
      </p>`
    : nothing;

/** Says that older entries were dropped. */
export const droppedNotice = (dropped: number, noun: string, kept: number) =>
  dropped
    ? html`<p class="note is-warning">
        ${formatNumber(dropped)} older ${noun} were dropped: the newest ${formatNumber(kept)} are kept.
      </p>`
    : nothing;
