// JavaScript written for this job and nothing else: it walks the bytes of a user once, skips what
// nobody asked for, and copies bytes of strings straight into the output. It believes that the
// input is JSON without white space; only strings with a backslash are parsed.

import { contender, openOutput, slices } from "./contender.js";
import { HEADING } from "./rows.js";

const BLOCK = 4 * 1024 * 1024;
const [LINE_FEED, QUOTE, QUOTE_MARK, COMMA, LIST, BACKSLASH, LIST_END, OBJECT, OBJECT_END] = Array.from(
  "\n\"',[\\]{}",
  (character) => character.charCodeAt(0),
);
const [VERIFIED, CREATED] = [2, 7];
const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

const keyed = (keys) => Object.entries(keys).map(([key, column]) => ({ bytes: encoder.encode(key), column }));
/** What is asked for: the number of a column, or a function that walks further. */
const USER = keyed({
  user_id: 0,
  email: 1,
  email_verified: VERIFIED,
  name: 3,
  identities: firstIdentity,
  user_metadata: () => object(USER_METADATA),
  app_metadata: () => object(APP_METADATA),
  created_at: CREATED,
});
const IDENTITY = keyed({ connection: 4 });
const USER_METADATA = keyed({ address: () => object(ADDRESS) });
const ADDRESS = keyed({ city: 5 });
const APP_METADATA = keyed({ roles: 6 });

/** Where the walk is. */
let bytes = new Uint8Array();
let at = 0;
/** Whether the string that was skipped last has a backslash. */
let isEscaped = false;
/** Where the value of each column begins and ends, and whether it has a backslash. */
const starts = new Int32Array(8);
const ends = new Int32Array(8);
const escaped = new Uint8Array(8);

let access;
const block = new Uint8Array(BLOCK);
let filled = 0;

contender({
  async run(file) {
    access = await openOutput();
    append(encoder.encode(HEADING));
    let rest = new Uint8Array();
    for await (const chunk of slices(file)) {
      const first = chunk.indexOf(LINE_FEED) + 1;
      const last = chunk.lastIndexOf(LINE_FEED) + 1;
      if (last === 0) {
        rest = join(rest, chunk);
        continue;
      }
      lines(join(rest, chunk.subarray(0, first)));
      lines(chunk.subarray(first, last));
      rest = chunk.slice(last);
    }
    lines(rest);
    flush();
    access.flush();
    access.close();
  },
});

function lines(text) {
  bytes = text;
  at = 0;
  while (at < bytes.length) {
    starts.fill(0);
    object(USER);
    row();
    at += 1;
  }
}

function object(keys) {
  if (bytes[at] !== OBJECT) return skip();
  at += 1;
  if (bytes[at] === OBJECT_END) {
    at += 1;
    return;
  }
  do {
    const start = at + 1;
    at = start;
    skipString();
    const wanted = find(keys, start, at - 1 - start);
    at += 1;
    if (wanted === undefined) skip();
    else if (typeof wanted === "number") take(wanted);
    else wanted();
  } while (bytes[at++] === COMMA);
}

function find(keys, start, length) {
  for (let index = 0; index < keys.length; index += 1) {
    const { bytes: key, column } = keys[index];
    if (key.length !== length) continue;
    let same = 0;
    while (same < length && bytes[start + same] === key[same]) same += 1;
    if (same === length) return column;
  }
  return undefined;
}

function firstIdentity() {
  if (bytes[at] !== LIST || bytes[at + 1] === LIST_END) return skip();
  at += 1;
  object(IDENTITY);
  while (bytes[at++] === COMMA) skip();
}

function take(column) {
  const start = at;
  isEscaped = false;
  skip();
  // Null is an empty cell.
  if (bytes[start] === 110) return;
  starts[column] = start;
  ends[column] = at;
  escaped[column] = isEscaped ? 1 : 0;
}

function skip() {
  const first = bytes[at];
  if (first === QUOTE) {
    at += 1;
    skipString();
  } else if (first === OBJECT || first === LIST) {
    skipNested();
  } else {
    let byte = first;
    while (byte !== COMMA && byte !== OBJECT_END && byte !== LIST_END) byte = bytes[++at];
  }
}

function skipNested() {
  let depth = 0;
  do {
    const byte = bytes[at++];
    if (byte === QUOTE) skipString();
    else if (byte === OBJECT || byte === LIST) depth += 1;
    else if (byte === OBJECT_END || byte === LIST_END) depth -= 1;
  } while (depth > 0);
}

function skipString() {
  let place = at;
  for (;;) {
    const byte = bytes[place++];
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) {
      place += 1;
      isEscaped = true;
    }
  }
  at = place;
}

function row() {
  let room = 32;
  for (let column = 0; column < 8; column += 1) room += 2 * (ends[column] - starts[column]) + 4;
  if (filled + room > BLOCK) flush();
  for (let column = 0; column < 8; column += 1) {
    if (column > 0) block[filled++] = COMMA;
    const start = starts[column];
    if (start === 0) continue;
    if (column === VERIFIED) copy(bytes, start, ends[column]);
    else if (column === CREATED) copy(bytes, start + 1, ends[column] - 1);
    else cell(start, ends[column], escaped[column]);
  }
  block[filled++] = LINE_FEED;
}

function cell(start, end, hasEscapes) {
  block[filled++] = QUOTE;
  block[filled++] = QUOTE_MARK;
  if (bytes[start] !== QUOTE) copyDoubled(bytes, start, end);
  else if (!hasEscapes) copy(bytes, start + 1, end - 1);
  else {
    const text = encoder.encode(JSON.parse(decoder.decode(bytes.subarray(start, end))));
    copyDoubled(text, 0, text.length);
  }
  block[filled++] = QUOTE;
}

function copy(from, start, end) {
  let to = filled;
  for (let place = start; place < end; place += 1) block[to++] = from[place];
  filled = to;
}

function copyDoubled(from, start, end) {
  for (let place = start; place < end; place += 1) {
    const byte = from[place];
    if (byte === QUOTE) block[filled++] = QUOTE;
    block[filled++] = byte;
  }
}

function append(text) {
  block.set(text, filled);
  filled += text.length;
}

function flush() {
  access.write(block.subarray(0, filled));
  filled = 0;
}

function join(a, b) {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
