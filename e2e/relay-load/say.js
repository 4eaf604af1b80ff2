// @ts-check

/**
 * Listens on loopback and says where, as the example does, and what else there is to say.
 * @param {import('node:http').Server} server
 * @param {Record<string, string>} [env]
 */
export const say = (server, env = {}) => {
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.log(`${JSON.stringify(env)} http://127.0.0.1:${port}/`);
  });
};
