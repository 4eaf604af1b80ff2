import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** Node's hash as a class for AWS's signer, so that the reference shares no code with the tracker. */
export class NodeSha256 {
  private readonly hash: Hash | Hmac;
  constructor(secret?: unknown) {
    this.hash = secret ? createHmac('sha256', secret as Uint8Array) : createHash('sha256');
  }
  update(data: Uint8Array) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {}
}
