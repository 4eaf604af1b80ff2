// @ts-check
// The buttons of the live panel with which a visitor simulates failures, and their faults in the local AWS.

/** @typedef {import('../start.js').LocalAws} LocalAws */
/** @typedef {import('./public/receipt.js').FaultOn} FaultOn */
/** @typedef {{ label: string, on: (aws: LocalAws, name: string, itemId: string) => () => void }} Switch */

/** Returns a switch for a fault of Personalize, for events and actions. @param {string} label @param {import('personalize-beacon/local').Fault} fault @returns {Switch} */
const failing = (label, fault) => ({
  label,
  on: (aws, name) => aws.fail({ on: 'personalize', ...fault, name }),
});

/** Faults that stay on until they are switched off. @type {Record<string, Switch>} */
export const switches = {
  down: failing('Down (503)', { status: 503, type: 'ServiceUnavailableException' }),
  throttled: failing('Throttled (429, 5 s)', {
    status: 429,
    type: 'ThrottlingException',
    retryAfter: 5,
    exposeRetryAfter: true,
  }),
  flaky: failing('Every third fails', { status: 500, type: 'InternalServerException', share: 1 / 3 }),
  reset: failing('Connections reset', { drop: 'request' }),
  lost: failing('Answers lost', { drop: 'answer' }),
  stall: failing('Never answers', { stall: true }),
  slow: failing('Slow (2 s)', { delayMs: 2000 }),
  denied: failing('Access denied', { status: 403, type: 'AccessDeniedException' }),
  cognito: failing('Cognito throttled', { on: 'cognito', status: 400, type: 'TooManyRequestsException' }),
  clock: {
    label: 'Visitor’s clock +1 h',
    on: (aws) => {
      aws.skew(-3_600_000);
      return () => aws.skew(0);
    },
  },
  refuse: {
    label: 'Refuses',
    on: (aws, name, itemId) => aws.fail({ refuseItem: itemId, name }),
  },
};

/** Faults that happen once. @type {Record<string, { label: string, act: (aws: LocalAws) => void }>} */
export const acts = {
  expire: { label: 'Expire credentials', act: (aws) => aws.expireCredentials() },
  forget: { label: 'Delete identities', act: (aws) => aws.deleteIdentities() },
  heal: { label: 'All well', act: (aws) => aws.heal() },
};

/**
 * @param {LocalAws} aws
 * @param {Map<string, string>} titles by item ID
 */
export const createSwitchboard = (aws, titles) => {
  /** @type {Map<string, () => void>} */
  const undos = new Map();

  return {
    /** Returns the active faults, also those set elsewhere; one set in code may have no name. @returns {FaultOn[]} */
    state: () => [
      ...aws.faults().map(({ name, hits, refuseItem: item }) => ({
        name,
        hits,
        ...(item !== undefined && { title: titles.get(item) ?? item }),
      })),
      ...(aws.skew() === 0 ? [] : [{ name: 'clock' }]),
    ],
    /**
     * @param {{ name: string, on?: boolean, itemId?: string }} press
     * @returns {boolean} whether there is such a button
     */
    press({ name, on, itemId = '' }) {
      const act = Object.hasOwn(acts, name) && acts[name];
      const button = Object.hasOwn(switches, name) && switches[name];
      if (act) act.act(aws);
      else if (button) {
        undos.get(name)?.();
        undos.delete(name);
        if (on) undos.set(name, button.on(aws, name, itemId));
      } else return false;
      return true;
    },
  };
};
