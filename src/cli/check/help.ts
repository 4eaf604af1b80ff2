import { DEFAULT_TIMEOUT_SECONDS, EXAMPLE_ORIGIN, MAX_TIMEOUT_SECONDS } from './check-flags.js';

export const HELP = `Sends the requests that a browser sends to Amazon Personalize, and prints a fix for each step that fails.

  npx personalize-beacon check --tracking-id ID --identity-pool-id REGION:ID [--region REGION]
  npx personalize-beacon check --tracking-id ID --endpoint https://shop.example/collect

  --tracking-id ID             the event tracker's ID
  --action-tracking-id ID      ID of the tracker for actions; checks PutActionInteractions too
  --identity-pool-id ID        Cognito identity pool with guest access
  --region REGION              the event tracker's region; default: the pool's
  --endpoint URL               your endpoint for unsigned batches, in place of AWS
  --origin URL                 the page's origin; default: that of --page, else ${EXAMPLE_ORIGIN}, or the endpoint's own
  --page URL                   also checks this page's Content-Security-Policy
  --exit-transport keepalive   the tracker's option of this name; skips the presigned request
  --endpoint-url URL           URL of Personalize Events; default: the region's
  --identity-endpoint-url URL  URL of Cognito Identity; default: the region's
  --timeout SECONDS            timeout of each request; default ${DEFAULT_TIMEOUT_SECONDS}, at most ${MAX_TIMEOUT_SECONDS}
  --schema FILE                the dataset's schema, the Avro JSON that CreateSchema takes; lists the properties
                               that have a column
  --json                       prints one JSON document in place of text:
                               { ok, steps: [{ name, status, detail, fix?, ms? }] },
                               status is ok, warning, failed or skipped
  --help                       prints this help

The test events have the session "null". The service answers them and ignores them: they leave no trace in the dataset.
Each run creates one guest identity in the pool. No secret is printed.

Exit code: 0 no step failed, perhaps with warnings; 1 a step failed; 2 wrong flags.
`;
