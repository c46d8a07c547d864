// The building code as people type it and as a poster's QR holds it; see `gridapp.domain.codes`.

// Without 0 1 I L O. 31 is prime: one check character catches any wrong one and any swap of two.
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 8;
const LONGEST = 64;
const IN_ADDRESS = /^(?:https?:)?\/\/[^/]+\/q\/([^/?#]+)/i;

/** Give a typed code as we write it: upper case, half width, no spaces, no hyphens. */
export function normalise(typed) {
  if (typed.length > LONGEST) return "";
  return typed.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}\p{Cf}\p{Cc}]/gu, "");
}

/**
 * Tell what is wrong with a normalised code: a key of the page's words, or nothing.
 *
 * `code_letters` holds a sign that no code has, `code_short` and `code_long` say the length,
 * `code_check` that one sign was misread.
 */
export function faultOf(code) {
  if (Array.from(code).some((sign) => !ALPHABET.includes(sign))) return "code_letters";
  if (code.length < LENGTH) return "code_short";
  if (code.length > LENGTH) return "code_long";
  const total = Array.from(code).reduce((sum, sign, at) => sum + (LENGTH - at) * ALPHABET.indexOf(sign), 0);
  return total % ALPHABET.length === 0 ? "" : "code_check";
}

/** Give the building code in what a camera has read, or nothing: most QR codes are none of ours. */
export function codeIn(text) {
  const found = IN_ADDRESS.exec(text.trim());
  let code = text;
  try {
    if (found) code = decodeURIComponent(found[1]);
  } catch {
    return "";
  }
  code = normalise(code);
  return code && !faultOf(code) ? code : "";
}
