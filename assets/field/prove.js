// Does the small piece of work that a hot place asks of a phone before it takes one more report.

const AT_ONCE = 64;
const HARDEST_BITS = 22; // more would keep a phone busy for minutes: no honest server asks for it

/** Find the counter for a challenge `bits.ends.signature`; gives `challenge:counter`, or null. */
export async function prove(challenge, { subtle = globalThis.crypto?.subtle, isWanted = () => true } = {}) {
  const bits = Number(challenge.split(".")[0]);
  if (!subtle || !(bits > 0 && bits <= HARDEST_BITS)) return null;
  const encoder = new TextEncoder();
  // Several at once: each alone would mostly wait for its turn.
  for (let from = 0; isWanted(); from += AT_ONCE) {
    const answers = Array.from({ length: AT_ONCE }, (_, at) => `${challenge}:${from + at}`);
    const digests = await Promise.all(answers.map((one) => subtle.digest("SHA-256", encoder.encode(one))));
    const found = digests.findIndex((digest) => zeroBits(new DataView(digest)) >= bits);
    if (found >= 0) return answers[found];
  }
  return null;
}

function zeroBits(digest) {
  const first = digest.getUint32(0);
  return first ? Math.clz32(first) : 32;
}
