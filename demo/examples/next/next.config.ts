import type { NextConfig } from 'next';

export default {
  // By default it would be the folder of the outermost lock file, the repository's.
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig;
