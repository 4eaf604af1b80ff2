import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '../support/fixtures.js';
import { type Packed, test } from '../support/packed-package.js';

// In one process, which packs once.
test.describe.configure({ mode: 'default' });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Packages of the user's own, beside this one. */
const PACKAGES = ['@aws-sdk/client-personalize-events', '@types/react', 'react', 'vue'];

const COMPILERS = { 'TypeScript 6': 'typescript/bin/tsc6', 'TypeScript 7': '@typescript/native/bin/tsc' };

/** Lines of code, in which each that ends with this comment must be refused. */
const REFUSED = '// refused';

const CALLS = `
import { init, type Options, type TrackedEvent, type Tracker, type TrackerEvents } from 'personalize-beacon';
import { init as initWithSdk, type SdkOptions, type Tracker as SdkTracker } from 'personalize-beacon/aws-sdk';
import { createServerTracker, type TrackedEvent as ServerEvent } from 'personalize-beacon/server';
import 'personalize-beacon/snippet';

declare const client: SdkOptions['client'];
const personalize = init({ trackingId: 't', clickEvent: 'view' });
init({ trackingId: 't', clickEvent: 'clik' }); // refused

personalize.track('click', 'movie-12');
personalize.track('purchase', 'movie-12', { eventValue: 9.99, impression: ['movie-12'], recommendationId: 'RID' });
personalize.track('view', 'movie-12', { properties: { row: 'popular', position: 1 } });
personalize.track('view', 'movie-12', { properties: { row: null } });
personalize.track({ eventType: 'click', itemId: 'movie-12', properties: { position: 2 } });
const event: TrackedEvent = { eventType: 'click', itemId: 'movie-12' };
personalize.track(event);

personalize.track('clik', 'movie-12'); // refused
personalize.track('click'); // refused
personalize.track({ eventType: 'clik', itemId: 'movie-12' }); // refused
personalize.track({ eventType: 'click' }); // refused
personalize.track('view', 'movie-12', { properties: { mood: 'sad' } }); // refused
personalize.track('view', 'movie-12', { properties: { position: '1' } }); // refused
personalize.track('view', 'movie-12', { properties: { userId: 'ann' } }); // refused

window.personalize.track('click', 'movie-12');
window.personalize.track('clik', 'movie-12'); // refused
window.personalize.init({ trackingId: 'u' }).track('clik', 'movie-12'); // refused
initWithSdk({ trackingId: 't', client }).track('click', 'movie-12');
initWithSdk({ trackingId: 't', client }).track('clik', 'movie-12'); // refused
export const same: Tracker = initWithSdk({ trackingId: 't', client }) satisfies SdkTracker;
export const options: Partial<Options> = {};

const onServer = createServerTracker({ trackingId: 't', client });
const ann = { sessionId: 's', userId: null };
onServer.track(ann, 'click', 'movie-12');
onServer.track(ann, { eventType: 'click', itemId: 'movie-12', properties: { row: 'popular' } } satisfies ServerEvent);
onServer.track(ann, 'clik', 'movie-12'); // refused
onServer.track(ann, 'click'); // refused
onServer.track(ann, { eventType: 'clik', itemId: 'movie-12' }); // refused
onServer.track(ann, 'view', 'movie-12', { properties: { mood: 'sad' } }); // refused
onServer.track({ userId: 'ann' }, 'click', 'movie-12'); // refused
onServer.trackAction(ann, 'Taken', 'join-film-club', { properties: { anything: 1 } });
onServer.trackAction(ann, 'Liked', 'join-film-club'); // refused

// An action's properties are columns of another dataset; events that listeners get may be older than the schema.
personalize.trackAction('Taken', 'join-film-club', { properties: { anything: 1 }, impression: ['a'] });
personalize.on('delivered', ({ eventType }: TrackerEvents['delivered']) => eventType === 'impression');
`;

const REQUIRED_CALLS = `
import { init } from 'personalize-beacon';

const personalize = init({ trackingId: 't' });
personalize.track('anything', 'movie-12', { properties: { genre: 'noir' } });
personalize.track('click', 'movie-12', { properties: { genre: 'noir', isMember: true } });
personalize.track('click', 'movie-12'); // refused
personalize.track('click', 'movie-12', {}); // refused
personalize.track('click', 'movie-12', { properties: {} }); // refused
personalize.track('click', 'movie-12', { properties: { genre: null } }); // refused
personalize.track({ eventType: 'click', itemId: 'movie-12' }); // refused
personalize.track('click', 'movie-12', { properties: { genre: 'noir' }, eventValue: 1 }); // refused
personalize.track('click', 'movie-12', { properties: { genre: 'noir' }, impression: ['a'] }); // refused
`;

const MARKUP = `
export const list = <ul data-personalize-list data-personalize-impression="view" data-personalize-event="click" />;
export const tile = <li data-personalize-item="movie-12" data-personalize-property-row="popular" />;
export const position = <li data-personalize-property-position={1} />;
export const text = <li data-personalize-property-position="1" />;
export const inherited = <svg data-personalize-event={undefined} />;
export const declined = <button data-personalize-event="Not Taken" />;
export const action = <div data-personalize-action="join" data-personalize-impression="Viewed" />;
export const player = <video data-personalize-media />;

export const event = <a data-personalize-event="clik" />; // refused
export const drawing = <svg data-personalize-event="clik" />; // refused
export const byDefault = <ul data-personalize-impression />; // refused
export const media = <video data-personalize-media="trailer" />; // refused
export const first = <li data-personalize-property-position="first" />; // refused
`;

const STOREFRONT = join(ROOT, 'demo/storefront/interactions.avsc');

const typesOf = (schema: string, ...flags: string[]) => {
  const args = [join(ROOT, 'dist/cli.js'), 'types', schema, ...flags];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
};

/** Installs packages of the user's own: links to those of this project. */
const link = async ({ project }: Packed) => {
  for (const name of PACKAGES) {
    const path = join(project, 'node_modules', name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), path, 'junction').catch(({ code }) => {
      expect(code).toBe('EEXIST');
    });
  }
};

/** Returns the lines of `code` that a compiler refuses, by their text. */
const refusedLines = async (
  packed: Packed,
  compiler: string,
  compilerOptions: object,
  [name, code]: [name: string, code: string],
  declaration: string,
) => {
  const folder = join(packed.project, test.info().testId);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), code);
  await writeFile(join(folder, 'personalize.d.ts'), declaration);
  const options = {
    ...{
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    },
    ...{ exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, isolatedModules: true },
    ...compilerOptions,
  };
  // Its own scope, so that files are modules for Node too.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['*.ts', '*.tsx'] }),
  );
  const tsc = join(ROOT, 'node_modules', compiler);
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--pretty', 'false', '-p', folder], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  const lines = code.split('\n');
  return stdout
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => {
      const [, file, number] = /^(\S+)\((\d+),/.exec(line) ?? [];
      return file === name ? lines[Number(number) - 1] : line;
    });
};

const marked = (code: string) => code.split('\n').filter((line) => line.endsWith(REFUSED));

for (const [compilerName, compiler] of Object.entries(COMPILERS)) {
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    test.describe(`${compilerName}, ${moduleResolution}`, () => {
      const options = { module, moduleResolution };

      test('the types of a schema hold for the module, the script tag and the AWS SDK', async ({
        packed,
      }) => {
        await link(packed);
        const declaration = typesOf(STOREFRONT, '--events', 'click,view,purchase');
        expect(await refusedLines(packed, compiler, options, ['calls.ts', CALLS], declaration)).toEqual(
          marked(CALLS),
        );
      });

      test('columns that do not allow null are required, and missing ones refused', async ({ packed }) => {
        const schema = JSON.parse(await readFile(STOREFRONT, 'utf8'));
        const kept = ['USER_ID', 'ITEM_ID', 'TIMESTAMP', 'EVENT_TYPE'];
        schema.fields = [
          ...schema.fields.filter(({ name }: { name: string }) => kept.includes(name)),
          { name: 'GENRE', type: 'string' },
          { name: 'IS_MEMBER', type: ['boolean', 'null'] },
        ];
        const path = test.info().outputPath('required.avsc');
        await writeFile(path, JSON.stringify(schema));
        expect(
          await refusedLines(packed, compiler, options, ['required.ts', REQUIRED_CALLS], typesOf(path)),
        ).toEqual(marked(REQUIRED_CALLS));
      });

      for (const framework of ['react', 'vue']) {
        test(`--jsx ${framework} checks the attributes`, async ({ packed }) => {
          await link(packed);
          const jsx = { jsx: 'react-jsx', jsxImportSource: framework };
          const flags = ['--events', 'click,view,watch', '--jsx', framework];
          expect(
            await refusedLines(
              packed,
              compiler,
              { ...options, ...jsx },
              ['markup.tsx', MARKUP],
              typesOf(STOREFRONT, ...flags),
            ),
          ).toEqual(marked(MARKUP));
        });
      }
    });
  }
}
