import type { NextConfig } from 'next';

export default {
  // Else it is the folder of the outermost lock file, the repository's.
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig;
