// @ts-check

import { EVENTS } from '../delivery-matrix/scenarios.js';
import { engineNames } from '../support/browser.js';
import { TRACKER } from './peers.js';
import { peerTable, sum } from './table.js';

/**
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {import('../delivery-matrix/visit.js').Result} Result
 * @typedef {Result | { unable: string }} Outcome
 * @typedef {{ title: string, ways: Record<string, Outcome> }} Measured an engine's, by way
 * @typedef {Partial<Record<EngineName, Measured>>} Delivery
 */

/** @param {Outcome[]} outcomes of one cell's runs */
const total = (outcomes) => {
  const runs = outcomes.flatMap((outcome) => ('before' in outcome ? [outcome] : []));
  /** Returns a share rounded down: only a complete one is 100 %. @param {number} events */
  const share = (events) => Math.floor((100 * events) / (runs.length * EVENTS));
  return {
    runs: runs.length,
    failed: outcomes.filter((outcome) => 'error' in outcome).length,
    before: share(sum(runs.map(({ before }) => before.events))),
    after: share(sum(runs.map(({ after }) => after.events))),
    repeated: sum(runs.map(({ after }) => after.repeated)),
  };
};

/**
 * Formats a cell, in bold if more has arrived than of the tracker's events.
 * @param {Outcome[]} outcomes @param {Outcome[]} trackers
 */
const cellOf = (outcomes, trackers) => {
  const { runs, failed, before, after, repeated } = total(outcomes);
  if (!runs) return failed ? 'failed' : '—';
  const trackersTotal = total(trackers);
  const isMore = before > trackersTotal.before || after > trackersTotal.after;
  const arrived = `${before} → ${after} %`;
  return [
    isMore ? `**${arrived}**` : arrived,
    ...(repeated ? [`${repeated} again`] : []),
    ...(failed ? [`${failed} failed`] : []),
  ].join(', ');
};

/**
 * Returns a table for each measured engine, with a column for each way of leaving.
 * @param {[name: string, title: string][]} ways
 * @param {import('./peers.js').Peer[]} peers
 * @param {import('./run.js').Results<Delivery>} results
 */
export const toDeliveryTables = (ways, peers, results) =>
  engineNames.flatMap((engine) => {
    const measuredOf = (/** @type {string} */ peer) =>
      (results[peer] ?? []).flatMap((run) => run[engine] ?? []);
    const [first] = peers.flatMap(({ name }) => measuredOf(name));
    if (!first) return [];
    const outcomesOf = (/** @type {string} */ peer, /** @type {string} */ way) =>
      measuredOf(peer).map(({ ways }) => ways[way]);
    const table = peerTable(
      ways.map(([, title]) => title),
      peers,
      ({ name }) => ways.map(([way]) => cellOf(outcomesOf(name, way), outcomesOf(TRACKER, way))),
    );
    const most = Math.max(...peers.map(({ name }) => measuredOf(name).length));
    const unable = ways.flatMap(([way, title]) => {
      const outcome = first.ways[way];
      return 'unable' in outcome ? [`${title}: not measured here, ${outcome.unable}.`] : [];
    });
    return [
      { caption: [`${first.title}, ${most * EVENTS} events per cell.`, ...unable].join(' '), ...table },
    ];
  });

/**
 * Returns the shares of events that arrived in Chromium, before the next visit and after it.
 * @param {string[]} ways
 * @param {import('./peers.js').Peer[]} peers
 * @param {import('./run.js').Results<Delivery>} results
 */
export const toShares = (ways, peers, results) => {
  const totals = peers.map(({ name }) =>
    total(results[name].flatMap(({ chromium }) => ways.flatMap((way) => chromium?.ways[way] ?? []))),
  );
  /** @param {'before' | 'after'} when */
  const valuesOf = (when) => totals.map((all) => (all.runs ? all[when] : null));
  return [
    { name: 'before the next visit', values: valuesOf('before') },
    { name: 'after it', values: valuesOf('after') },
  ];
};
