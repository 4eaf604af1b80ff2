// PostHog: https://posthog.com/docs/libraries/js/config
import posthog from 'posthog-js';

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  posthog.init('phc_0000000000000000000000000000000000000000000', {
    api_host: 'https://us.i.posthog.com',
    person_profiles: 'identified_only',
    // What it does beside custom events is not compared.
    autocapture: false,
    rageclick: false,
    capture_pageview: false,
    capture_pageleave: false,
    capture_dead_clicks: false,
    capture_exceptions: false,
    capture_performance: false,
    disable_session_recording: true,
    disable_surveys: true,
    disable_web_experiments: true,
    enable_heatmaps: false,
    // No remote configuration, no feature flags, no scripts from its CDN.
    advanced_disable_flags: true,
    disable_external_dependency_loading: true,
    // A browser that is driven would be taken for a bot, and record nothing.
    opt_out_useragent_filter: true,
    ...(atOnce && { request_batching: false }),
  });

/** @param {string} itemId */
export const record = (itemId) => posthog.capture('click', { itemId, row: 'top' });
