import { html, nothing } from 'lit-html';
import type { SchemaColumn } from '../local/api-messages.js';
import { count, formatNumber } from './labels.js';
import { memoizeLast } from './memoize-last.js';
import type { PageActions } from './page-actions.js';
import { toHash } from './page-route.js';
import type { PageState } from './page-state.js';
import { codeBlock } from './view-parts.js';
import { groupWarnings, type WarningGroup } from './warning-groups.js';

/** Groups that are shown: messages hold values, so there may be one for each event. */
const MAX_GROUPS = 200;

const groupsOf = memoizeLast(groupWarnings);

const COMMAND = 'npx personalize-beacon local --schema interactions.avsc';
const CALL = "await startLocalAws({ schema: await readFile('interactions.avsc', 'utf8') });";

const noSchemaView = (actions: PageActions) => html`<div class="prose">
  <h3>No schema given</h3>
  <p>
    With the schema of your Interactions dataset, each event is checked as the dataset would take it. Personalize
    answers 200 also to what it drops later: here you see it before.
  </p>
  <p>Start with the Avro file that you gave to CreateSchema:</p>
  ${codeBlock(actions, COMMAND, 'command')}
  <p>Or in code:</p>
  ${codeBlock(actions, CALL, 'call')}
</div>`;

const groupView = ({ field, message, filter, count: total }: WarningGroup) => html`<li>
  <a href=${toHash('events', { warning: filter })}>
    <b>${formatNumber(total)}</b><span class="hidden"> events: </span> <code>${field}</code>
    <span>${message}</span>
  </a>
</li>`;

const warningsView = (groups: readonly WarningGroup[]) => html`<h3>Warnings</h3>
  ${
    groups.length
      ? html`<p class="muted">The service answers 200 to these events, but the dataset drops a part of them.</p>
          <ul class="warning-groups">
            ${groups.slice(0, MAX_GROUPS).map(groupView)}
          </ul>
          ${
            groups.length > MAX_GROUPS
              ? html`<p class="muted">${formatNumber(groups.length - MAX_GROUPS)} rarer ones are not shown.</p>`
              : nothing
          }`
      : html`<p class="empty">None: the dataset takes every accepted event whole.</p>`
  }`;

const columnView = ({ name, types, isNullable, isCategorical }: SchemaColumn) => html`<tr>
  <th scope="row">${name}</th>
  <td>${types.join(', ')}</td>
  <td>${isNullable ? 'allowed' : 'not allowed'}</td>
  <td>${isCategorical ? 'categorical' : ''}</td>
</tr>`;

const columnsView = (columns: readonly SchemaColumn[]) => html`<h3>Columns</h3>
  <table class="columns">
    <thead>
      <tr>
        <th scope="col">Column</th>
        <th scope="col">Type</th>
        <th scope="col">Null</th>
        <th scope="col">Kind</th>
      </tr>
    </thead>
    <tbody>
      ${columns.map(columnView)}
    </tbody>
  </table>`;

/** Shows the schema, and what it drops. */
export const schemaView = ({ description, events }: PageState, actions: PageActions) => {
  if (!description) return html`<div class="view-head"><h2>Schema</h2></div>`;
  const { schema, domain } = description;
  const groups = groupsOf(events);
  return html`<div class="view-head">
      <h2>Schema</h2>
      <span class="summary"
        >${schema ? `${count(schema.length, 'column')}, ${count(groups.length, 'kind')} of warnings` : ''}</span
      >
    </div>
    ${domain ? html`<p>Domain of the dataset group: <code>${domain}</code></p>` : nothing}
    ${
      schema
        ? html`<div class="schema">
      <div>${warningsView(groups)}</div>
      <div>${columnsView(schema)}</div>
    </div>`
        : noSchemaView(actions)
    }`;
};
