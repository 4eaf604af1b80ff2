// PostHog: https://posthog.com/docs/libraries/js/config
// Its slim build, which contains only the extensions that one adds: https://github.com/PostHog/posthog-js/releases/tag/posthog-js@1.446.1
import posthog from 'posthog-js/dist/module.slim.no-external';

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  posthog.init('phc_0000000000000000000000000000000000000000000', {
    api_host: 'https://us.i.posthog.com',
    person_profiles: 'identified_only',
    // Only custom events are compared.
    capture_pageview: false,
    capture_pageleave: false,
    // No remote configuration and no feature flags.
    advanced_disable_flags: true,
    // An automated browser would count as a bot, and nothing would be recorded.
    opt_out_useragent_filter: true,
    ...(atOnce && { request_batching: false }),
  });

/** @param {string} itemId */
export const record = (itemId) => posthog.capture('click', { itemId, row: 'top' });
