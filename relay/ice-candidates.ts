/**
 * Where the relay may send packets to open a WebRTC connection. A peer names addresses of its own choice, and the relay would knock at each:
 * at its operator's own network, or at a victim's. So it knocks only at the address that the peer speaks from; every other path opens by
 * the peer's knocking at the relay, which the relay answers once it carries the right password.
 */
import {isLoopback, plainAddress} from './admission.ts';

/** Whether a candidate (RFC 8839, section 5.1) names the address that its peer speaks from. */
export function isOwnCandidate(candidate: string, address: string): boolean {
  const named = plainAddress(candidate.trim().split(/\s+/)[4] ?? '');
  return named !== undefined && named === plainAddress(address) && !isLoopback(named);
}

/** A session description without candidates of other addresses. */
export function withOwnCandidates(sdp: string, address: string): string {
  return sdp
    .split(/\r?\n/)
    .filter((line) => !/^a=candidate:/i.test(line.trim()) || isOwnCandidate(line.trim().slice(2), address))
    .join('\r\n');
}
