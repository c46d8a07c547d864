// Does the piece of work that lets a report from a hot place into the inbox at once.
//
// SHA-256 by hand: the browser's own takes a turn of its queue for each of a million small texts,
// and is missing over plain HTTP. All answers begin alike, so their first blocks are hashed once.

const HARDEST_BITS = 24;
// A person waits: what is not found by then is looked at by the centre first.
const PATIENCE_MS = 15_000;
const SLICE_MS = 30;
const AT_ONCE = 512;

const FIRST = new Uint32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const K = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));

/**
 * Find the counter for a challenge `bits.ends.signature`; gives `challenge:counter`, or null.
 *
 * @param now Milliseconds of a steady clock; it is asked seldom.
 */
export async function prove(challenge, { now = () => performance.now(), patienceMs = PATIENCE_MS } = {}) {
  const bits = Number(challenge.split(".")[0]);
  if (!(bits > 0 && bits <= HARDEST_BITS)) return null;
  const search = searching(`${challenge}:`, bits);
  const end = now() + patienceMs;
  for (let counter = 0; now() < end; ) {
    const pauseAt = now() + SLICE_MS;
    do {
      const found = search(counter, AT_ONCE);
      if (found !== null) return `${challenge}:${found}`;
      counter += AT_ONCE;
    } while (now() < pauseAt);
    await new Promise((go) => setTimeout(go)); // the page stays alive
  }
  return null;
}

/** Make a function that looks through some counters for one whose digest begins with zero bits. */
function searching(head, bits) {
  const bytes = new TextEncoder().encode(head);
  const whole = bytes.length - (bytes.length % 64);
  const state = new Uint32Array(FIRST);
  const words = new Uint32Array(64);
  for (let at = 0; at < whole; at += 64) compress(state, words, bytes.subarray(at, at + 64));
  const rest = bytes.subarray(whole);
  const end = new Uint8Array(128);
  const digest = new Uint32Array(8);
  return (from, count) => {
    for (let counter = from; counter < from + count; counter += 1) {
      const length = filled(end, rest, String(counter), whole);
      digest.set(state);
      for (let at = 0; at < length; at += 64) compress(digest, words, end.subarray(at, at + 64));
      if (Math.clz32(digest[0]) >= bits) return counter;
    }
    return null;
  };
}

/** Write the last block or two, with the padding of SHA-256; gives how many bytes they are. */
function filled(end, rest, counter, whole) {
  end.fill(0);
  end.set(rest);
  for (let at = 0; at < counter.length; at += 1) end[rest.length + at] = counter.charCodeAt(at);
  const size = rest.length + counter.length;
  end[size] = 0x80;
  const length = size + 9 <= 64 ? 64 : 128;
  new DataView(end.buffer).setUint32(length - 4, (whole + size) * 8);
  return length;
}

function compress(state, w, block) {
  for (let i = 0; i < 16; i += 1) {
    w[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

function primes(count) {
  const found = [];
  for (let one = 2; found.length < count; one += 1) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}

/** Give the first 32 bits behind the point. */
function fraction(root) {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
