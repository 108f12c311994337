// SPDX-License-Identifier: MIT
// The text of a body that JSON.parse takes: its tokens with their offsets in bytes, which the value does not tell.

// Bytes as characters, so that offsets are those of bytes.
const TOKEN = /"(?:[^"\\]|\\[^])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

class Token {
  constructor(text, offset, depth) {
    this.text = text;
    this.offset = offset;
    this.end = offset + text.length;
    this.depth = depth;
    this.kind = text[0] === '"' ? 'string' : /[-0-9]/.test(text[0]) ? 'number' : text;
  }

  utf8() {
    return Buffer.from(this.text, 'latin1').toString();
  }

  // Whether it is an integer all the same, or is rounded to one.
  isSpelled() {
    return /[.eE]/.test(this.text) && Number.isInteger(Number(this.text));
  }

  // Whether a double is another number than what is written, or may be that of another integer as well.
  isRounded() {
    return Math.abs(Number(this.text)) > Number.MAX_SAFE_INTEGER || this.isInexact();
  }

  isInexact() {
    const [, minus, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(this.text);
    const value = Number(this.text);
    if (!Number.isFinite(value) || Math.abs(Number(exponent)) > 2000 || whole.length + fraction.length > 6000) {
      return value !== 0 || /[1-9]/.test(whole + fraction);
    }
    // Both as multiples of 10^-scale.
    const scale = Math.max(1100, fraction.length - Number(exponent));
    const written = BigInt(minus + whole + fraction) * 10n ** BigInt(scale - fraction.length + Number(exponent));
    return written !== scaledDouble(value, scale);
  }
}

// A double is an integer over a power of two.
function scaledDouble(value, scale) {
  let exponent = 0;
  while (!Number.isInteger(value)) {
    value *= 2;
    exponent++;
  }
  return (BigInt(value) * 10n ** BigInt(scale)) / 2n ** BigInt(exponent);
}

class Text {
  constructor(bytes) {
    this.tokens = [];
    this.dropped = []; // spans of values that a later member of the same name replaces
    this.names = 0;
    this.byOffset = new Map();
    this.read(bytes.toString('latin1'));
  }

  read(source) {
    const open = [];
    for (const { 0: text, index } of source.matchAll(TOKEN)) {
      const token = new Token(text, index, open.length);
      this.tokens.push(token);
      this.byOffset.set(index, token);
      const within = open.at(-1);
      if (text === '{' || text === '[') {
        open.push({ token, object: text === '{', members: new Map(), expectsName: text === '{', name: undefined, member: undefined });
      } else if (text === '}' || text === ']') {
        this.endMember(open.pop(), index);
      } else if (text === ',') {
        this.endMember(within, index);
        within.expectsName = within.object;
      } else if (within?.expectsName) {
        this.beginMember(within, token);
      } else if (within?.object) {
        token.member = within.name;
      }
    }
  }

  beginMember(within, token) {
    const name = JSON.parse(token.utf8());
    within.name = name;
    const first = within.members.get(name);
    if (first) {
      token.repeats = true;
      within.token.holdsRepeats = true;
      this.dropped.push(first);
    }
    within.member = { from: token.end, to: token.end };
    within.members.set(name, within.member);
    within.expectsName = false;
    this.names++;
  }

  endMember(within, at) {
    if (within?.member) {
      within.member.to = at;
    }
  }

  // The token that begins here.
  tokenAt(offset) {
    return this.byOffset.get(offset);
  }

  // The token that this is within.
  tokenAround(offset) {
    return this.tokens.find((token) => token.offset <= offset && offset < token.end);
  }

  isDropped(offset) {
    return this.dropped.some(({ from, to }) => from <= offset && offset < to);
  }

  // How many arrays and objects are open behind what stands here.
  depthAt(offset) {
    const token = this.tokenAt(offset);
    return token === undefined ? 0 : token.depth + (token.kind === '{' || token.kind === '[' ? 1 : 0);
  }
}

export function readText(bytes) {
  return new Text(bytes);
}
