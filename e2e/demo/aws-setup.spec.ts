import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { CelEngine, type Engine, TemplateFile } from '@aws/cloudformation-validate';
import { parse } from '@cdktn/hcl2json';
import { expect, test } from '@playwright/test';
import { docs, ROOT } from '../docs/markdown.js';
import { deploy, readTemplate } from '../support/cloudformation.js';
import { apply, readConfiguration } from '../support/terraform.js';

const TEMPLATE = 'demo/aws/identity-pool.yaml';
const CONFIGURATION = 'demo/aws/identity-pool.tf';

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';
const ROLE_ARN = 'arn:aws:iam::000000000000:role/guest';

// In one process, which creates the slow validator once.
test.describe.configure({ mode: 'default', timeout: 120_000 });
let validator: Engine | undefined;

/** Returns the problems that AWS's validator finds in a template, by its resources' schemas; without advice. */
const problemsOf = (path: string) => {
  validator ??= new CelEngine();
  const { diagnostics } = validator.validateStandard(new TemplateFile(path), { severityLevel: 'WARN' });
  return diagnostics.map(({ message }) => message);
};

const read = (path: string) => readFileSync(ROOT + path, 'utf8');

/** Replaces one passage by another. */
const replaceOnce = (text: string, [from, to]: [from: string, to: string]) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

test("the CloudFormation template is valid by its resources' schemas", () => {
  expect(problemsOf(ROOT + TEMPLATE)).toEqual([]);
});

for (const [what, passage, problem] of [
  [
    'a wrong name of a property',
    ['AllowClassicFlow:', 'AllowClasicFlow:'],
    "'AllowClasicFlow' was unexpected",
  ],
  ['a value of the wrong type', ['Identities: true', 'Identities: maybe'], "not of type 'boolean'"],
  [
    'a missing required property',
    ['IdentityPoolId: !Ref IdentityPool\n', '\n'],
    "'IdentityPoolId' is a required",
  ],
  ['a reference to a missing resource', ['aud: !Ref IdentityPool', 'aud: !Ref Pool'], "'Pool' is not one of"],
  ['a reference to a missing attribute', ['GuestRole.Arn', 'GuestRole.Name'], "'Name' is not one of"],
] as [string, [string, string], string][]) {
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  test(`the validator finds ${what} in the template`, async ({}, testInfo) => {
    const path = testInfo.outputPath('template.yaml');
    await writeFile(path, replaceOnce(read(TEMPLATE), passage));
    expect(problemsOf(path).join()).toContain(problem);
  });
}

test("the template of the relay's example is valid after `aws cloudformation package`", () => {
  const problems = problemsOf(`${ROOT}demo/examples/relay-kinesis/template.yaml`);
  expect(new Set(problems)).toEqual(new Set(["This code may only work with 'package' cli command"]));
});

/** The arguments of the provider's resources, by the schema of hashicorp/aws 6.25.0; `!` marks required ones. */
const ARGUMENTS: Record<string, string> = {
  aws_cognito_identity_pool: `identity_pool_name! allow_classic_flow allow_unauthenticated_identities
    cognito_identity_providers developer_provider_name openid_connect_provider_arns region saml_provider_arns
    supported_login_providers tags`,
  aws_cognito_identity_pool_roles_attachment: 'identity_pool_id! roles! region role_mapping',
  aws_iam_role: `assume_role_policy! description force_detach_policies max_session_duration name name_prefix path
    permissions_boundary tags`,
  aws_iam_role_policy: 'policy! role! name name_prefix',
};

// biome-ignore lint/suspicious/noExplicitAny: whatever the configuration has
const problemsOfArguments = (configuration: any) =>
  Object.entries<Record<string, object[]>>(configuration.resource).flatMap(([type, named]) =>
    Object.values(named).flatMap(([resource]) => {
      const allowed = ARGUMENTS[type]?.split(/\s+/) ?? [];
      const names = allowed.map((name) => name.replace('!', ''));
      const given = Object.keys(resource as object);
      const required = allowed.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1));
      return [
        ...given.filter((name) => !names.includes(name)).map((name) => `${type} has no ${name}`),
        ...required.filter((name) => !given.includes(name)).map((name) => `${type} needs ${name}`),
      ];
    }),
  );

test("the Terraform configuration is valid HCL with the provider's arguments", async () => {
  const configuration = await readConfiguration(CONFIGURATION);
  expect(Object.keys(configuration.resource).sort()).toEqual(Object.keys(ARGUMENTS));
  expect(problemsOfArguments(configuration)).toEqual([]);
  const wrong = replaceOnce(read(CONFIGURATION), ['identity_pool_name  ', 'name  ']);
  expect(problemsOfArguments(await parse('wrong.tf', wrong))).toEqual([
    'aws_cognito_identity_pool has no name',
    'aws_cognito_identity_pool needs identity_pool_name',
  ]);
  const unclosed = replaceOnce(read(CONFIGURATION), ['jsonencode({', 'jsonencode(']);
  await expect(parse('wrong.tf', unclosed)).rejects.toThrow();
});

/** Returns the template's resources in the same terms as `applied`. */
const deployed = (trackers: { tracking: string; actions: string }) => {
  const { resources, outputs } = deploy(
    readTemplate(TEMPLATE),
    { TrackingId: trackers.tracking, ActionTrackingId: trackers.actions },
    { 'AWS::Region': 'us-east-1', IdentityPool: POOL_ID, 'GuestRole.Arn': ROLE_ARN },
  );
  const { IdentityPool: pool, GuestRole: role, GuestAccess: access } = resources;
  return {
    pool: {
      name: pool.Properties.IdentityPoolName,
      allowsGuests: pool.Properties.AllowUnauthenticatedIdentities,
      allowsClassicFlow: pool.Properties.AllowClassicFlow,
    },
    trust: role.Properties.AssumeRolePolicyDocument,
    policies: role.Properties.Policies.map(
      ({ PolicyName: name, PolicyDocument: policy }: Record<string, unknown>) => ({ name, policy }),
    ),
    access: { pool: access.Properties.IdentityPoolId, roles: access.Properties.Roles },
    outputs,
  };
};

const applied = async (trackers: { tracking: string; actions: string }) => {
  const { resources, outputs } = await apply(
    await readConfiguration(CONFIGURATION),
    { tracking_id: trackers.tracking, action_tracking_id: trackers.actions },
    {
      aws_cognito_identity_pool: { guests: { id: POOL_ID } },
      aws_iam_role: { guest: { id: 'guest', arn: ROLE_ARN } },
    },
  );
  const pool = resources.aws_cognito_identity_pool.guests;
  const access = resources.aws_cognito_identity_pool_roles_attachment.guests;
  const policies = Object.values(resources.aws_iam_role_policy) as Record<string, unknown>[];
  expect(policies.map(({ role }) => role)).toEqual(['guest']);
  const camel = (name: string) => name.replace(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase());
  return {
    pool: {
      name: pool.identity_pool_name,
      allowsGuests: pool.allow_unauthenticated_identities,
      allowsClassicFlow: pool.allow_classic_flow,
    },
    trust: resources.aws_iam_role.guest.assume_role_policy,
    policies: policies.map(({ name, policy }) => ({ name, policy })),
    access: { pool: access.identity_pool_id, roles: access.roles },
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [camel(name), value])),
  };
};

/** Returns the policy that a doc shows under a heading. */
const policyIn = (file: string, heading: string) => {
  const blocks = docs.find((doc) => doc.file === file)?.blocks ?? [];
  return JSON.parse(blocks.find(({ name }) => name === heading)?.code ?? '');
};

test('template and configuration create the same resources, with and without actions', async () => {
  for (const actions of ['', 'demo-action-tracker']) {
    const trackers = { tracking: 'demo-tracker', actions };
    expect(await applied(trackers)).toEqual(deployed(trackers));
  }
});

test('guests get the permissions that the docs list, and no others', () => {
  const policy = policyIn('demo/aws/README.md', 'What AWS needs');
  expect(deployed({ tracking: 'demo-tracker', actions: '' }).policies).toEqual([
    { name: 'put-events', policy },
  ]);
  expect(policyIn('docs/troubleshooting.md', 'AccessDenied (2)')).toEqual(policy);
  expect(deployed({ tracking: 'demo-tracker', actions: 'another' }).policies).toMatchObject([
    { policy: { Statement: [{ Action: ['personalize:PutEvents', 'personalize:PutActionInteractions'] }] } },
  ]);
});

test('only guests of this identity pool get the role, and the classic flow is off', () => {
  expect(deployed({ tracking: 'demo-tracker', actions: '' })).toMatchObject({
    pool: { allowsGuests: true, allowsClassicFlow: false },
    trust: {
      Statement: [
        {
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'cognito-identity.amazonaws.com:aud': POOL_ID },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
          },
        },
      ],
    },
    access: { pool: POOL_ID, roles: { unauthenticated: ROLE_ARN } },
  });
});

test("the outputs are named as the tag's attributes, and include the tag", () => {
  for (const actions of ['', 'demo-action-tracker']) {
    const { Tag: tag, ...attributes } = deployed({ tracking: 'demo-tracker', actions }).outputs;
    const { Outputs } = readTemplate(TEMPLATE);
    const tagAttributes = Object.entries(attributes).map(([name, value]) => {
      const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).slice(1);
      expect(Outputs[name].Description).toBe(attribute);
      return ` ${attribute}="${value}"`;
    });
    expect(tagAttributes).toHaveLength(actions ? 4 : 3);
    expect(tag).toBe(`<script async src="/personalize.js"${tagAttributes.join('')}></script>`);
  }
});
