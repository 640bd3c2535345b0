/** What keeps strangers' browsers from learning each other's address: connections through TURN alone, and no other address in what is signalled. Pure. */
import * as v from 'valibot';

const serverSchema = v.object({
  urls: v.pipe(v.array(v.pipe(v.string(), v.regex(/^turns?:/))), v.minLength(1)),
  username: v.string(),
  credential: v.string(),
});
const candidateSchema = v.object({candidate: v.string(), sdpMid: v.nullish(v.string()), sdpMLineIndex: v.nullish(v.number())});
const signalSchema = v.looseObject({
  type: v.string(),
  payload: v.optional(v.looseObject({candidate: v.optional(candidateSchema), sdp: v.optional(v.object({type: v.string(), sdp: v.string()}))})),
});

/** How RTCPeerConnection is to connect strangers; there is no other way to make one for them. @throws where a server is no TURN server */
export const relayOnly = (iceServers: readonly unknown[]): {iceServers: v.InferOutput<typeof serverSchema>[]; iceTransportPolicy: 'relay'} => ({
  iceServers: v.parse(v.pipe(v.array(serverSchema), v.minLength(1)), iceServers),
  iceTransportPolicy: 'relay',
});

/** A candidate that names nothing but a place at a TURN server; undefined for every other one. A browser may say beside it from where it asked for that place. */
function placeOnly(candidate: string): string | undefined {
  const [before, after = ''] = candidate.split(/ typ relay(?= |$)/);
  if (before === undefined || before === candidate) return undefined;
  return `${before} typ relay${after.replace(/ raddr \S+/, ' raddr 0.0.0.0').replace(/ rport \S+/, ' rport 0')}`;
}

const withoutHosts = (sdp: string): string =>
  sdp
    .split('\r\n')
    .flatMap((line) => {
      if (!line.startsWith('a=candidate:')) return [line.replace(/^c=IN IP[46] \S+/, 'c=IN IP4 0.0.0.0')];
      const place = placeOnly(line);
      return place === undefined ? [] : [place];
    })
    .join('\r\n');

/** A signal as it may leave this browser for a stranger; undefined for one that may not. */
export function withoutAddresses(signal: unknown): object | undefined {
  // What a browser gives are objects of its own: as text they are what they will be on the wire.
  const parsed = v.safeParse(signalSchema, JSON.parse(JSON.stringify(signal)));
  if (!parsed.success) return undefined;
  const {payload, ...rest} = parsed.output;
  if (!payload) return rest;
  const {candidate, sdp, ...others} = payload;
  const place = candidate && placeOnly(candidate.candidate);
  if (candidate && place === undefined) return undefined;
  return {
    ...rest,
    payload: {
      ...others,
      ...(candidate ? {candidate: {sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex, candidate: place}} : {}),
      ...(sdp ? {sdp: {type: sdp.type, sdp: withoutHosts(sdp.sdp)}} : {}),
    },
  };
}
