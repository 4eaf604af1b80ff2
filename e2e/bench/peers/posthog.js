// PostHog: https://posthog.com/docs/libraries/js/config
// Its slim build, in which nothing is but what one adds as extensions: https://github.com/PostHog/posthog-js/releases/tag/posthog-js@1.446.1
import posthog from 'posthog-js/dist/module.slim.no-external';

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  posthog.init('phc_0000000000000000000000000000000000000000000', {
    api_host: 'https://us.i.posthog.com',
    person_profiles: 'identified_only',
    // What it does beside custom events is not compared.
    capture_pageview: false,
    capture_pageleave: false,
    // No remote configuration and no feature flags.
    advanced_disable_flags: true,
    // A browser that is driven would be taken for a bot, and record nothing.
    opt_out_useragent_filter: true,
    ...(atOnce && { request_batching: false }),
  });

/** @param {string} itemId */
export const record = (itemId) => posthog.capture('click', { itemId, row: 'top' });
