// @ts-check
// Draws a dimension's chart: a bar for each peer, the tracker's in color.
import { TRACKER } from './peers.js';

/** @typedef {import('./peers.js').Peer} Peer */
/**
 * @typedef {{ name: string, title: string, unit: string, series: { name: string, values: (number | null)[] }[] }} Chart
 *   `name`: its file's; `series`: one or two; `values`: a peer's each, null where there is none
 */

const WIDTH = 760;
const BAR = 16;
const BAR_GAP = 3;
const GROUP_GAP = 10;
const HEAD = 56;
const FOOT = 12;
/** Space for the longest name, and for a value behind the longest bar. */
const LEFT = 180;
const RIGHT = 90;
/** Colors on white, legible on a light and on a dark page. */
const INK = '#1f2328';
const SOFT_INK = '#59636e';
const OWN = ['#0969da', '#80ccff'];
const OTHERS = ['#818b98', '#c8d1da'];

/** Formats a value; small ones with two decimals. @param {number | null} value @param {string} unit */
const label = (value, unit) => {
  if (value === null) return 'none';
  const maximumFractionDigits = value < 1 ? 2 : value < 10 ? 1 : 0;
  return `${value.toLocaleString('en', { maximumFractionDigits })} ${unit}`.trim();
};

/** @param {Chart} chart @param {Peer[]} peers @returns {Promise<string>} SVG */
export const draw = async ({ title, unit, series }, peers) => {
  // Installed along with the peers; the check of the docs does not need it.
  const echarts = await import('echarts');
  const group = series.length * (BAR + BAR_GAP) - BAR_GAP;
  const height = HEAD + peers.length * (group + GROUP_GAP) + FOOT;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    // Without quotes: ECharts does not escape them here.
    textStyle: { fontFamily: 'system-ui, sans-serif', color: INK },
    graphic: {
      type: 'rect',
      silent: true,
      z: -1,
      shape: { x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, r: 8 },
      style: { fill: '#ffffff', stroke: '#d1d9e0' },
    },
    title: { text: title, left: 16, top: 14, textStyle: { fontSize: 15, fontWeight: 600, color: INK } },
    legend: {
      show: series.length > 1,
      right: 24,
      top: 16,
      selectedMode: false,
      // Without a screen ECharts underestimates the width of the text.
      itemGap: 24,
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { color: SOFT_INK },
    },
    grid: { left: LEFT, right: RIGHT, top: HEAD, bottom: FOOT },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: peers.map((peer) => peer.title),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        fontSize: 13,
        color: INK,
        interval: 0,
        formatter: (/** @type {string} */ text, /** @type {number} */ index) =>
          peers[index].name === TRACKER ? `{own|${text}}` : text,
        rich: { own: { fontSize: 13, fontWeight: 700, color: OWN[0] } },
      },
    },
    series: series.map(({ name, values }, index) => ({
      type: 'bar',
      // The chart is static, without hover effects.
      silent: true,
      name,
      barWidth: BAR,
      barGap: `${(BAR_GAP / BAR) * 100}%`,
      // The colors of the legend.
      itemStyle: { color: OTHERS[index] },
      // A missing value is a bar of length 0, labeled as such.
      data: values.map((value, at) => ({
        value: value ?? 0,
        itemStyle: { color: (peers[at].name === TRACKER ? OWN : OTHERS)[index] },
        label: { formatter: label(value, unit) },
      })),
      label: { show: true, position: 'right', fontSize: 12, color: SOFT_INK },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
};

/** Describes a chart for its alternative text. @param {Chart} chart @param {Peer[]} peers */
export const describe = ({ title, unit, series }, peers) =>
  `${title}. ${peers
    .map((peer, at) => {
      const values = series.map(({ name, values }) => {
        const value = label(values[at], unit);
        return series.length > 1 ? `${name} ${value}` : value;
      });
      return `${peer.title}: ${values.join(', ')}`;
    })
    .join('; ')}.`;
