/** Sizes and times that both sides must agree on, each with its reason. */

const kibibyte = 1024;

/** Sizes that a sealed request is padded to, bytes: the relay learns one of five sizes, not a length. */
export const requestBuckets = [1, 4, 16, 64, 256].map((size) => size * kibibyte) as readonly number[];

export const limits = {
  /** Largest frame of any kind: the largest request bucket, its tag, the KEM's 1,120 bytes and the envelope, rounded up. */
  maxFrameBytes: 260 * kibibyte,
  /** How long a channel through TURN may take to open before it is given up, ms. */
  meetMs: 5000,
  /** A channel through TURN without a part, or without a word of what came, for this long is left: twenty ticks, and before the node counts as lost. */
  laneSilentMs: 2000,
  /** Parts that a node keeps for a client that has yet to say that they came, and may so have under way; the client says it for each eighth. */
  laneParts: 64,
  laneSayEvery: 8,
  /** Largest piece of a frame on a data channel: what every browser sends without its own fragmentation. */
  maxFragmentBytes: 16 * kibibyte,
  /** One frame of a streamed answer, sealed, bytes. */
  answerFrameBytes: 256,
  /** One frame of an answer that is vectors, sealed, bytes: one of 1,024 numbers in each. The relay knows the model, so it knows that much anyway. */
  vectorFrameBytes: 4 * kibibyte + 64,
  /** The clock of a streamed answer: one frame each tick whether there is text or not. */
  answerTickMs: 100,
  /** A streamed answer ends at 16, 32, 64 ... frames, so that its length shows only as a power of two. */
  minAnswerFrames: 16,
  /** Longest answer text, bytes, over all nodes that worked on it. */
  maxAnswerBytes: 256 * kibibyte,
  /** Most tokens that a job may ask for. */
  maxTokens: 8192,
  /** Most messages in one conversation. */
  maxMessages: 512,
  /** Images of one job, or frames of a film: more do not fit the largest request in a useful size. */
  maxImages: 16,
  /** Texts of one embeddings job, and bytes of each; all have to fit one request. */
  maxInputs: 32,
  maxInputBytes: 16 * kibibyte,
  /** Half a minute of sound at 16 kHz and 4 bits a sample. */
  maxAudioBytes: 240_000,
  /** Labels of one classify job; most labels that a model's own choice is told. */
  maxLabels: 32,
  /** Numbers of one vector. */
  maxDimensions: 1536,
  /** Nodes a client names as acceptable; the relay binds to one of them. */
  maxSet: 64,
  /** Nodes a client draws by default. */
  defaultSet: 16,
  /** Records in one directory answer: 256 of at most 1 KiB fit one frame. */
  maxDirectory: 256,
  maxRecordBytes: 1024,
  maxRelayRecordBytes: 1024,
  /** Models that one node may list. */
  maxModels: 4,
  /** How long an offer stands, s: the client's round trip and a slow phone's sealing, no more. */
  offerSeconds: 30,
  /** How long a node record stands without being signed anew, s. */
  recordSeconds: 3600,
  /** How far clocks of two honest sides may be apart, s. */
  clockSkewSeconds: 300,
  /** The relay pings each link this often. */
  heartbeatMs: 5000,
  /** A link that was silent this long is gone: three heartbeats. */
  leaseMs: 15_000,
  /** A bound job must show its next step (offer, request, first frame) within this. */
  stepMs: 10_000,
  /** No frame of a streamed answer for this long: the node is lost. Thirty ticks. */
  stallMs: 3000,
  /** Frames but no text for this long: the node does not work. Covers a long prompt on a slow GPU. */
  silentMs: 120_000,
  /** Longest wait for a free node before the relay says `busy`. */
  queueMs: 60_000,
  /** Longest life of one job at one node. */
  jobMs: 15 * 60_000,
  /** How often a client goes to another node after a loss. */
  maxResumes: 3,
  /** How long an answer waits for a relay that went away, and for a computer to be there again. */
  relayReturnMs: 60_000,
  /** How long an invitation to pair stands: time to fetch the other device, and little to guess in. */
  pairingMs: 5 * 60_000,
  /** Every word of a pairing, sealed, bytes: a name of 160 bytes, two keys and what seals them. */
  pairingWordBytes: 320,
  /** Bytes a receiver may lag behind before its link is closed: four of the largest frames. */
  maxLagBytes: 1040 * kibibyte,
  /** Jobs one client link may have open. */
  maxJobsPerClient: 16,
  /** Jobs that wait at one relay. */
  maxQueue: 10_000,
  /** Tokens that a node lets be unpaid, at least and at most: its chunk is one second's worth within these. */
  minChunkTokens: 64,
  maxChunkTokens: 1024,
  /** A node says what is due at least this often, and leaves a job that stays unpaid for so long. */
  dueMs: 1000,
  unpaidMs: 10_000,
  /** Frames that one link may send at once, and per second, before it is a flood: 16 jobs at 10 frames/s, with room. */
  burstFrames: 512,
  framesPerSecond: 256,
} as const;
