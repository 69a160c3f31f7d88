// Rows of parsed users, as a person would tune them: no arrays, no regular expressions.

export const HEADING = "user_id,email,email_verified,name,provider,city,roles,created_at\n";

/** The row of a user. */
export function row(user) {
  const verified = user.email_verified;
  const roles = user.app_metadata?.roles;
  return (
    text(user.user_id) +
    "," +
    text(user.email) +
    (verified === true ? ",true," : verified === false ? ",false," : ",,") +
    text(user.name) +
    "," +
    text(user.identities?.[0]?.connection) +
    "," +
    text(user.user_metadata?.address?.city) +
    "," +
    (roles == null ? "" : text(JSON.stringify(roles))) +
    "," +
    (user.created_at ?? "") +
    "\n"
  );
}

function text(value) {
  if (value == null) return "";
  return value.includes('"') ? `"'${value.replaceAll('"', '""')}"` : `"'` + value + `"`;
}

/** Hands the text of whole lines to `work`, from chunks that are cut anywhere. */
export async function eachBlockOfLines(chunks, work) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = new Uint8Array();
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(10) + 1;
    if (end === 0) {
      rest = join(rest, chunk);
      continue;
    }
    const first = chunk.indexOf(10) + 1;
    work(decoder.decode(join(rest, chunk.subarray(0, first))));
    if (end > first) work(decoder.decode(chunk.subarray(first, end)));
    rest = chunk.slice(end);
  }
  if (rest.length > 0) work(decoder.decode(rest));
}

/** The rows of whole lines. */
export function rows(text) {
  let out = "";
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", start);
    if (end === -1) end = text.length;
    out += row(JSON.parse(text.slice(start, end)));
    start = end + 1;
  }
  return out;
}

function join(a, b) {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
