import { existsSync } from 'node:fs';
import { readTemplate } from '../../support/cloudformation.js';
import { expect } from '../../support/fixtures.js';
import { readConfiguration } from '../../support/terraform.js';
import { ROOT } from '../markdown.js';
import type { Example } from '../run.js';
import { isPolicy } from './troubleshooting.js';

const TEMPLATE = 'demo/aws/identity-pool.yaml';

/** Names of the required parameters. */
const required = (parameters: Record<string, object>, lacks: (parameter: object) => boolean) =>
  Object.keys(parameters).filter((name) => lacks(parameters[name] as object));

const namesIn = (code: string, pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => name);

export const usesTemplate: Example = {
  check({ code }) {
    const { Parameters, Outputs } = readTemplate(TEMPLATE);
    expect(namesIn(code, /--parameter-overrides (\w+)=/g)).toEqual(
      required(Parameters, (parameter) => !('Default' in parameter)),
    );
    expect(namesIn(code, /--template-file (\S+)/g)).toEqual([TEMPLATE]);
    for (const name of namesIn(code, /OutputKey=='(\w+)'/g)) expect(Outputs).toHaveProperty(name as string);
  },
};

const usesConfiguration: Example = {
  async check({ code }) {
    const { variable, output } = await readConfiguration('demo/aws/identity-pool.tf');
    expect(namesIn(code, /-var (\w+)=/g)).toEqual(
      required(variable, (declared) => !('default' in ((declared as object[])[0] as object))),
    );
    for (const folder of namesIn(code, /-chdir=(\S+)/g)) expect(existsSync(ROOT + folder)).toBe(true);
    for (const name of namesIn(code, /-raw (\w+)/g)) expect(output).toHaveProperty(name as string);
  },
};

export const aws: Record<string, Example> = {
  'With CloudFormation': usesTemplate,
  'With CloudFormation (2)': {
    check: ({ code }) => expect(code).toContain('--stack-name personalize-beacon'),
  },
  'With Terraform': usesConfiguration,
  'With Terraform (2)': usesConfiguration,
  'What AWS needs': { check: isPolicy },
};
