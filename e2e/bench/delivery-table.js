// @ts-check

import { EVENTS } from '../delivery-matrix/scenarios.js';
import { engineNames } from '../support/browser.js';
import { mean, sum } from './figures.js';
import { peerTable } from './table.js';

/**
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {import('../delivery-matrix/visit.js').Result} Result
 * @typedef {Result | { unable: string }} Outcome
 * @typedef {{ title: string, ways: Record<string, Outcome> }} Measured an engine's, by way
 * @typedef {Partial<Record<EngineName, Measured>>} Delivery
 */

/** @param {Outcome[]} outcomes of one cell's runs */
const arrivedIn = (outcomes) => outcomes.flatMap((outcome) => ('before' in outcome ? [outcome] : []));

/** @param {number} events of one run */
const toPercent = (events) => (100 * events) / EVENTS;

/** Returns the share of the events of all runs, rounded down: only a complete one is 100 %. @param {number[]} shares */
const overall = (shares) => Math.floor(mean(shares));

/**
 * Returns a cell with the shares before and after the next visit. Medians would hide a run that loses events: means are
 * compared.
 * @param {Outcome[]} outcomes
 * @returns {import('./table.js').Cell}
 */
const cellOf = (outcomes) => {
  const runs = arrivedIn(outcomes);
  const failed = outcomes.filter((outcome) => 'error' in outcome).length;
  if (!runs.length) return { text: failed ? 'failed' : '—' };
  const [before, after] = [
    runs.map((run) => toPercent(run.before.events)),
    runs.map((run) => toPercent(run.after.events)),
  ];
  const repeated = sum(runs.map((run) => run.after.repeated));
  const text = [
    `${overall(before)} → ${overall(after)} %`,
    ...(repeated ? [`${repeated} again`] : []),
    ...(failed ? [`${failed} failed`] : []),
  ].join(', ');
  return { text, figures: [before, after], isMoreBetter: true, isMean: true };
};

/**
 * Returns a table for each measured engine, with a column for each way of leaving.
 * @param {[name: string, title: string][]} ways
 * @param {import('./peers.js').Peer[]} peers
 * @param {import('./dimensions.js').Results<Delivery>} results
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
      ({ name }) => ways.map(([way]) => cellOf(outcomesOf(name, way))),
    );
    const most = Math.max(...peers.map(({ name }) => measuredOf(name).length));
    const unable = ways.flatMap(([way, title]) => {
      const outcome = first.ways[way];
      return 'unable' in outcome ? [`${title}: not measured here, ${outcome.unable}.`] : [];
    });
    return [
      { caption: first.title, note: [`${most * EVENTS} events per cell.`, ...unable].join(' '), ...table },
    ];
  });

/**
 * Returns the shares of events that arrived in Chromium, before the next visit and after it.
 * @param {string[]} ways
 * @param {import('./peers.js').Peer[]} peers
 * @param {import('./dimensions.js').Results<Delivery>} results
 */
export const toShares = (ways, peers, results) => {
  /** @param {'before' | 'after'} when */
  const valuesOf = (when) =>
    peers.map(({ name }) => {
      const outcomes = results[name].flatMap(({ chromium }) =>
        ways.flatMap((way) => chromium?.ways[way] ?? []),
      );
      const shares = arrivedIn(outcomes).map((run) => toPercent(run[when].events));
      return shares.length ? overall(shares) : null;
    });
  return [
    { name: 'before the next visit', values: valuesOf('before') },
    { name: 'after it', values: valuesOf('after') },
  ];
};
