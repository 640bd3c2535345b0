/** Answers between strangers that move to a TURN server: coturn itself, with its deployed settings, and what it does when it stops in the midst. */
import {expect, test, type WebSocketRoute} from '@playwright/test';
import {without} from '../../relay/testing/programs.ts';
import {startTurnServer, type TurnServer} from '../../relay/testing/turn-server.ts';
import {turnCredential} from '../../relay/turn.ts';
import {ask, details, expectAnswered, type Person, setStage, share, type Stage} from './stage.ts';

test.skip(without('turnserver', 'coturn') !== false, 'coturn is not installed');

const longQuestion = 'Count from 1 to 20.';
const kindOf = {response: 0x23, met: 0x34, moved: 0x35, back: 0x36} as const;
const count = ({frames}: Stage, kind: keyof typeof kindOf): number => frames.filter((frame) => frame[1] === kindOf[kind]).length;

/** What a page's connections were made with, and found. */
interface Watched {
  /** The policies of those that described themselves to anybody; PeerJS also makes two that only show what the browser can do. */
  readonly policies: string[];
  readonly candidates: string[];
  /** Of the same: addresses of the servers that they were given. */
  readonly servers: string[];
  /** Whether each channel that this page made keeps the order and repeats what was lost. */
  readonly reliable: boolean[];
  /** When messages came on channels that this page made, ms since 1970. */
  readonly messages: readonly number[];
}

/** A person on a page whose WebRTC is watched; all that it signals, too. */
async function watched(stage: Stage, path: string): Promise<Person & {readonly signalled: string[]; webrtc(): Promise<Watched>}> {
  const person = await stage.person('/settings');
  const signalled: string[] = [];
  person.page.on('websocket', (socket) => {
    if (socket.url().includes('/signal/')) socket.on('framesent', ({payload}) => void signalled.push(String(payload)));
  });
  await person.context.addInitScript(() => {
    const seen = {policies: [] as string[], candidates: [] as string[], servers: [] as string[], reliable: [] as boolean[], messages: [] as number[]};
    const {setLocalDescription, createDataChannel} = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setLocalDescription = function described(this: RTCPeerConnection, description?: RTCLocalSessionDescriptionInit) {
      const {iceTransportPolicy: policy = 'all', iceServers = []} = this.getConfiguration();
      seen.policies.push(policy);
      seen.servers.push(...iceServers.flatMap(({urls}) => urls));
      this.addEventListener('icecandidate', ({candidate}) => {
        if (candidate?.candidate && policy === 'relay') seen.candidates.push(candidate.candidate);
      });
      return Reflect.apply(setLocalDescription, this, description ? [description] : []) as Promise<void>;
    };
    RTCPeerConnection.prototype.createDataChannel = function counted(this: RTCPeerConnection, ...how: [string, RTCDataChannelInit?]) {
      const channel = Reflect.apply(createDataChannel, this, how) as RTCDataChannel;
      channel.addEventListener('message', () => void seen.messages.push(Date.now()));
      if (how[0].startsWith('dc_')) seen.reliable.push(channel.ordered && channel.maxRetransmits === null && channel.maxPacketLifeTime === null);
      return channel;
    };
    Object.assign(globalThis, {seenOfWebRtc: seen});
  });
  await person.page.goto(stage.relay.url + path);
  const webrtc = () => person.page.evaluate(() => (globalThis as unknown as {seenOfWebRtc: Watched}).seenOfWebRtc);
  return {...person, signalled, webrtc};
}

const environment = (turn: TurnServer) => ({BOMBYX_TURN_URLS: turn.url, BOMBYX_TURN_SECRET_FILE: turn.secretFile});

test('an answer moves to TURN in its midst, whole and with a receipt; both sides find places at the TURN server and nothing else', async ({browser}) => {
  const turn = await startTurnServer();
  const stage = await setStage(browser, environment(turn));
  const sharer = await watched(stage, '/share');
  await share(sharer);
  const asker = await watched(stage, '/chat');
  await ask(asker, longQuestion);
  await expect.poll(() => count(stage, 'moved'), {timeout: 60_000}).toBe(1);
  const before = count(stage, 'response');
  const answer = await expectAnswered(asker);
  expect(answer).toContain('20');
  expect(count(stage, 'response'), 'no frame came to the relay after it moved').toBe(before);
  expect(count(stage, 'back')).toBe(0);
  expect(await details(asker)).toMatch(/TURN server of the relay’s operator/);
  const [theirs, ours] = [await sharer.webrtc(), await asker.webrtc()];
  expect(ours.policies).toEqual(['relay']);
  expect(theirs.policies, 'the node’s own link to the relay, and the stranger’s').toEqual(['all', 'relay']);
  expect([theirs.reliable, ours.reliable]).toEqual([[true], [true]]);
  for (const {candidates, servers} of [theirs, ours]) {
    expect(servers, 'none of PeerJS’s own').toEqual([turn.url]);
    expect(candidates.length).toBeGreaterThan(0);
    for (const candidate of candidates) expect(candidate).toMatch(/^candidate:\S+ \d udp \d+ 127\.0\.0\.1 \d+ typ relay/i);
  }
  for (const text of asker.signalled) expect(text).not.toMatch(/typ (host|srflx|prflx)|raddr (?!0\.0\.0\.0)/);
  expect(asker.signalled.some((text) => text.includes('typ relay'))).toBe(true);
  await stage.end();
  await turn.stop();
});

test('coturn stops in mid-answer: nothing comes around it, and the answer goes on through the relay', async ({browser}) => {
  const turn = await startTurnServer();
  const stage = await setStage(browser, environment(turn));
  await share(await stage.person('/share'));
  const asker = await watched(stage, '/chat');
  await ask(asker, longQuestion);
  await expect.poll(async () => (await asker.webrtc()).messages.length, {timeout: 60_000}).toBeGreaterThan(5);
  const relayed = count(stage, 'response');
  turn.freeze();
  const frozenAt = Date.now();
  await expect.poll(() => count(stage, 'response'), {timeout: 10_000}).toBeGreaterThan(relayed);
  const answer = await expectAnswered(asker);
  for (const number of ['5', '12', '19', '20']) expect(answer).toContain(number);
  expect(answer.match(/\b19\b/g), 'no word twice').toHaveLength(1);
  // What it had passed on already was still on its way up to the page; ten frames a second came before.
  const late = (await asker.webrtc()).messages.filter((at) => at > frozenAt + 200);
  expect(late, 'nothing came around it').toEqual([]);
  expect(count(stage, 'back')).toBeGreaterThanOrEqual(1);
  await ask(asker, 'What is 2 plus 3?');
  expect(await expectAnswered(asker), 'with a TURN server that is still frozen').toContain('5');
  await stage.end();
  await turn.stop();
});

test('credentials that have run out find no place at the TURN server, and the answer stays with the relay', async ({browser}) => {
  const turn = await startTurnServer();
  const stage = await setStage(browser, environment(turn));
  await share(await stage.person('/share'));
  const asker = await watched(stage, '/chat');
  const username = `${Math.floor(Date.now() / 1000) - 60}:old`;
  let given = 0;
  await asker.page.route('**/api/ticket/turn', async (route) => {
    const response = await route.fetch();
    given += 1;
    await route.fulfill({response, json: {...((await response.json()) as object), iceServers: [{urls: [turn.url], username, credential: turnCredential(turn.secret, username)}]}});
  });
  await ask(asker, longQuestion);
  const answer = await expectAnswered(asker);
  expect(answer).toContain('20');
  expect(given).toBe(1);
  expect((await asker.webrtc()).candidates).toEqual([]);
  expect([count(stage, 'met'), count(stage, 'moved')]).toEqual([1, 0]);
  expect(await details(asker)).not.toMatch(/TURN/);
  await stage.end();
  await turn.stop();
});

test('without a TURN server no page looks for one', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'), /processor/i);
  const asker = await watched(stage, '/chat');
  await ask(asker, longQuestion);
  await expectAnswered(asker);
  expect((await asker.webrtc()).policies).toEqual([]);
  expect([count(stage, 'met'), count(stage, 'moved')]).toEqual([0, 0]);
  await stage.end();
});

test('whoever is let through to a page without being expected there is told nothing, by neither of its doors', async ({browser}) => {
  const turn = await startTurnServer();
  const stage = await setStage(browser, environment(turn));
  const sharer = await stage.person('/settings');
  const said: string[] = [];
  const doors: WebSocketRoute[] = [];
  await sharer.page.routeWebSocket(/\/signal\//, (door) => {
    const relay = door.connectToServer();
    door.onMessage((text) => {
      said.push(String(text));
      relay.send(text);
    });
    doors.push(door);
  });
  await sharer.page.goto(`${stage.relay.url}/share`);
  await share(sharer);
  const sdp = await sharer.page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('x');
    const {sdp: text} = await connection.createOffer();
    connection.close();
    return text;
  });
  const stranger = 'f'.repeat(32);
  const knock = (door: WebSocketRoute | undefined) => {
    for (const serialization of ['raw', 'binary', 'constructor', 'nothing']) {
      door?.send(JSON.stringify({type: 'OFFER', src: stranger, payload: {type: 'data', serialization, connectionId: `dc_${serialization}`, sdp: {type: 'offer', sdp}}}));
      door?.send(JSON.stringify({type: 'CANDIDATE', src: stranger, payload: {type: 'data', connectionId: `dc_${serialization}`, candidate: {candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0'}}}));
    }
  };
  knock(doors[0]);
  const asker = await stage.person('/chat');
  await ask(asker, longQuestion);
  await expect.poll(() => count(stage, 'moved'), {timeout: 60_000}).toBe(1);
  expect(doors).toHaveLength(2);
  knock(doors[1]);
  expect(await expectAnswered(asker)).toContain('20');
  expect(said.some((text) => text.includes('"ANSWER"')), 'it does answer the one that it expects').toBe(true);
  expect(said.filter((text) => text.includes(stranger))).toEqual([]);
  // PeerJS does not sign in again by itself.
  await doors[1]?.close();
  await ask(asker, longQuestion);
  await expect.poll(() => count(stage, 'moved'), {timeout: 60_000}).toBe(2);
  await expectAnswered(asker);
  expect(doors).toHaveLength(3);
  await stage.end();
  await turn.stop();
});
