import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** Node's own hash in the shape that AWS's signer takes, so that the reference shares no code with what is tested. */
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
