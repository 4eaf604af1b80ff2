import { html, nothing } from 'lit-html';
import type { ApiDescription } from '../local/api-messages.js';
import type { PageActions } from './page-actions.js';
import type { PageState } from './page-state.js';
import { codeBlock } from './view-parts.js';

const toInitCall = ({ initOptions }: ApiDescription) =>
  [
    "import { init } from 'personalize-beacon';",
    '',
    'const personalize = init({',
    ...Object.entries(initOptions).map(([name, value]) => `  ${name}: '${value}',`),
    '});',
  ].join('\n');

const FIRST_EVENT = "personalize.track('click', 'item-1');";

const tagSteps = (description: ApiDescription, actions: PageActions) => html`
  <h3>With a script tag</h3>
  <p>Paste it into the pages of your site. It loads the tracker from here and sends to here.</p>
  ${codeBlock(actions, description.tag, 'script tag')}
  <h3>With the npm package</h3>
  <p>Pass these options to <code>init()</code>.</p>
  ${codeBlock(actions, toInitCall(description), 'init options')}
`;

const testEventButton = (actions: PageActions) =>
  html`<button type="button" @click=${actions.sendTestEvent}>Send a test event</button>`;

/** Says how to send a first event. */
export const emptyView = ({ description }: PageState, actions: PageActions) => html`
  <section class="empty" aria-labelledby="empty-title">
    <h3 id="empty-title">No events yet</h3>
    <p>Paste this tag into a page of your site, open the page, and click an item. The event appears here.</p>
    ${description ? codeBlock(actions, description.tag, 'script tag') : nothing}
    <p>Or record one in the page’s console:</p>
    ${codeBlock(actions, FIRST_EVENT, 'call')}
    <p>${testEventButton(actions)} <span class="muted">It goes from this page, unsigned.</span></p>
  </section>
`;

const idsView = ({ trackingIds, actionTrackingIds, identityPoolIds, region }: ApiDescription) => html`
  <h3>IDs that exist here</h3>
  <dl class="facts">
    <dt>Event trackers</dt>
    <dd>${trackingIds.join(', ')}</dd>
    <dt>Event trackers for actions</dt>
    <dd>${actionTrackingIds.join(', ')}</dd>
    <dt>Identity pools</dt>
    <dd>${identityPoolIds.join(', ')}</dd>
    <dt>Region</dt>
    <dd>${region}</dd>
  </dl>
`;

/** Shows how a site sends to the local AWS. */
export const connectView = ({ description }: PageState, actions: PageActions) => html`
  <div class="view-head"><h2>Connect a site</h2></div>
  <div class="prose">
    ${
      description
        ? html`${tagSteps(description, actions)}
            <h3>Without Cognito</h3>
            <p>As to your own endpoint: unsigned, without an identity pool.</p>
            ${codeBlock(actions, `endpoint: '${description.initOptions.endpoint}/collect'`, 'endpoint')}
            ${idsView(description)}
            <p>${testEventButton(actions)}</p>`
        : html`<p class="muted">Loading…</p>`
    }
  </div>
`;
