import type { Fault } from 'personalize-beacon/local';
import { expect } from '../../support/fixtures.js';
import type { Block } from '../markdown.js';
import { type Example, patternOf, runInPage, type World } from '../run.js';

/** Expects a page whose console has the block's text. */
const says = (page: Partial<Example> & { code?: string; fault?: Fault }): Example => ({
  async check(block, world) {
    if (page.fault) world.aws.fail(page.fault);
    const code = page.code ?? '';
    await runInPage(world, { ...block, language: 'html', code }, { isCold: true, ...page });
    // The tracker waits fifteen seconds for a player's answer.
    await expect.poll(() => world.said.join('\n'), { timeout: 25_000 }).toMatch(patternOf(block));
  },
});

/** Returns the reason that `on('rejected')` gives. */
const rejects = (call: string): Example =>
  says({
    code: `<script>
      personalize.on('rejected', ({ reason }) => console.log(reason));
      ${call}
    </script>`,
  });

/** Opens a page that loads the script after other code. */
export const TAG = `<script async src="/personalize.js" data-tracking-id="demo-tracker" data-identity-pool-id="us-east-1:your-identity-pool"></script>`;

const track = `<script>personalize.track('view', 'movie-12'); personalize.flush()</script>`;

export const isPolicy = ({ code }: Block) =>
  expect(JSON.parse(code)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: expect.stringMatching(/^personalize:Put\w+$/), Resource: '*' }],
  });

export const troubleshooting: Record<string, Example> = {
  'What to look at first': says({ code: track, options: { debug: 'true' } }),
  'What to look at first (2)': {
    async visit(_, { said }) {
      await expect.poll(() => said.join()).toContain('{');
    },
  },
  'What to look at first (3)': {
    async visit(_, { said }) {
      await expect.poll(() => said.join()).toContain('eventValue must be a finite 32-bit number; got NaN');
    },
  },
  'The console names an option': says({
    code: '<script src="/personalize.js" data-region="us-east-1"></script>',
  }),
  'The console names an option (2)': says({ options: { flushSize: '11' } }),
  AccessDenied: says({
    code: track,
    fault: { status: 403, type: 'AccessDeniedException', message: 'Not authorized' },
  }),
  'AccessDenied (2)': { check: isPolicy },
  ResourceNotFound: says({ code: track, options: { trackingId: 'another' } }),
  'No guest access': says({
    code: track,
    fault: {
      on: 'cognito',
      status: 400,
      type: 'NotAuthorizedException',
      message: 'Unauthenticated access is not supported',
    },
  }),
  '403 and the clock': says({ code: track, options: { region: 'eu-west-1' } }),
  'Events arrive but are not in the dataset': says({
    options: { debug: 'true' },
    code: `<script>for (let n = 0; n < 11; n++) personalize.track('type-' + n, 'movie-12')</script>`,
  }),
  'Single events are rejected': rejects("personalize.track('rate', 'movie-12', { eventValue: '9,99' })"),
  'Single events are rejected (2)': rejects(
    "personalize.track('rate', 'movie-12', { properties: { timestamp: 1 } })",
  ),
  'Video or frame events are missing': says({
    code: '<iframe data-personalize-item="a" data-personalize-media src="https://player.vimeo.com/video/1"></iframe>',
  }),
  'Video or frame events are missing (2)': says({
    code: '<iframe data-personalize-item="a" data-personalize-media src="https://player.example/1"></iframe>',
  }),
  'A chunk could not be loaded': says({
    async prepare({ page }: World) {
      await page.route(/media\.js$/, (route) => route.fulfill({ status: 404 }));
    },
    code: '<main data-personalize-item="a"><video data-personalize-media></video></main>',
  }),
  'Started again': says({ code: `${TAG}${TAG}` }),
};
