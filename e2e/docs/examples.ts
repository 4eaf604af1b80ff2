import { aws } from './examples/aws.js';
import { check } from './examples/check.js';
import { dataLayer } from './examples/data-layer.js';
import { FRAMEWORKS_PAGE, frameworks } from './examples/frameworks.js';
import { LOCAL_PAGE, local } from './examples/local.js';
import { markup } from './examples/markup.js';
import { awsSdk, contributing, delivery, faq, migration, readme, waysIn } from './examples/others.js';
import { putEvents } from './examples/put-events.js';
import { recipes } from './examples/recipes.js';
import { relay } from './examples/relay.js';
import { relayKinesis } from './examples/relay-kinesis.js';
import { segment } from './examples/segment.js';
import { server } from './examples/server.js';
import { testing } from './examples/testing.js';
import { troubleshooting } from './examples/troubleshooting.js';
import { TYPES_PAGE, types } from './examples/types.js';
import type { Example } from './run.js';

/** The visible effect of each code block in the docs, by file and by heading. */
export const examples: Record<string, Record<string, Example>> = {
  'README.md': readme,
  'CONTRIBUTING.md': contributing,
  'docs/aws-sdk.md': awsSdk,
  'docs/check.md': check,
  'docs/data-layer.md': dataLayer,
  'docs/delivery.md': delivery,
  'docs/ways-in.md': waysIn,
  'demo/aws/README.md': aws,
  'docs/faq.md': faq,
  'docs/markup.md': markup,
  'docs/migration.md': migration,
  'docs/put-events.md': putEvents,
  'docs/recipes.md': recipes,
  'docs/relay-kinesis.md': relayKinesis,
  'docs/relay.md': relay,
  'docs/segment.md': segment,
  'docs/server.md': server,
  'docs/testing.md': testing,
  'docs/troubleshooting.md': troubleshooting,
  [FRAMEWORKS_PAGE]: frameworks,
  [LOCAL_PAGE]: local,
  [TYPES_PAGE]: types,
};
