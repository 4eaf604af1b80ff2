// @ts-check

/**
 * Listens on a local port and prints the variables and the URL, as the example prints its URL.
 * @param {import('node:http').Server} server
 * @param {Record<string, string>} [env]
 */
export const say = (server, env = {}) => {
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.log(`${JSON.stringify(env)} http://127.0.0.1:${port}/`);
  });
};
