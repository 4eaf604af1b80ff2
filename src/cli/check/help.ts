import { DEFAULT_TIMEOUT_SECONDS, EXAMPLE_ORIGIN, MAX_TIMEOUT_SECONDS } from './check-flags.js';

export const HELP = `Walks the chain that a browser walks to Amazon Personalize, and says at each step what to fix.

  npx personalize-beacon check --tracking-id ID --identity-pool-id REGION:ID [--region REGION]
  npx personalize-beacon check --tracking-id ID --endpoint https://shop.example/collect

  --tracking-id ID             the event tracker's
  --action-tracking-id ID      of the tracker for actions: checks PutActionInteractions, too
  --identity-pool-id ID        Cognito identity pool with guest access
  --region REGION              the event tracker's; default the pool's
  --endpoint URL               in place of AWS: where the site takes batches unsigned
  --origin URL                 the page's; default that of --page, else ${EXAMPLE_ORIGIN}, or the endpoint's own
  --page URL                   looks at this page's Content-Security-Policy, too
  --exit-transport keepalive   as the tracker's option: no presigned request is tried
  --endpoint-url URL           another Personalize Events than the region's
  --identity-endpoint-url URL  another Cognito Identity than the region's
  --timeout SECONDS            of each request; default ${DEFAULT_TIMEOUT_SECONDS}, at most ${MAX_TIMEOUT_SECONDS}
  --schema FILE                the dataset's schema, the Avro JSON that CreateSchema takes: reads it, and says
                               which properties its columns take
  --json                       one JSON document in place of text:
                               { ok, steps: [{ name, status, detail, fix?, ms? }] },
                               status is ok, warning, failed or skipped
  --help                       this

The test events have the session "null", which the service answers and ignores: they leave no trace in the dataset.
Each run makes one guest identity in the pool. Nothing secret is printed.

Exit code: 0 all is well, perhaps with warnings; 1 a step failed; 2 the flags are wrong.
`;
