// DuckDB-Wasm with given types. What reads lines of JSON is an extension that it loads from another
// host; this is the reader of JSON arrays that it has itself, so its file is an array.

import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from "/npm/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs";
import { Bool, Field, List, Struct, Utf8 } from "apache-arrow";

const FOLDER = "/npm/@duckdb/duckdb-wasm/dist/";

const field = (name, type) => new Field(name, type, true);
const list = (type) => new List(field("item", type));
const struct = (name, type) => new Struct([field(name, type)]);

const columns = {
  user_id: new Utf8(),
  email: new Utf8(),
  email_verified: new Bool(),
  name: new Utf8(),
  identities: list(struct("connection", new Utf8())),
  user_metadata: struct("address", struct("city", new Utf8())),
  app_metadata: struct("roles", list(new Utf8())),
  created_at: new Utf8(),
};

// Without the extension there is no JSON to write either; these roles need no escapes.
const JOB = `
  COPY (
    SELECT
      '''' || user_id AS user_id,
      '''' || email AS email,
      email_verified,
      '''' || name AS name,
      '''' || identities[1].connection AS provider,
      '''' || user_metadata.address.city AS city,
      CASE
        WHEN app_metadata.roles IS NULL THEN NULL
        WHEN len(app_metadata.roles) = 0 THEN '''[]'
        ELSE '''["' || array_to_string(app_metadata.roles, '","') || '"]'
      END AS roles,
      created_at
    FROM users
  ) TO 'output.csv' (FORMAT csv, HEADER, FORCE_QUOTE (user_id, email, name, provider, city, roles))
`;

/** Its worker runs and has its engine when this resolves. */
export async function prepare() {
  const database = new AsyncDuckDB(new VoidLogger(), new Worker(`${FOLDER}duckdb-browser-eh.worker.js`));
  await database.instantiate(`${FOLDER}duckdb-eh.wasm`);
  const connection = await database.connect();
  return async (file) => {
    await database.registerFileHandle("users.json", file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const options = { name: "users", shape: "row-array", autoDetect: false, columns };
    await connection.insertJSONFromPath("users.json", options);
    await connection.query(JOB);
    const output = await database.copyFileToBuffer("output.csv");
    const root = await navigator.storage.getDirectory();
    const writer = await (await root.getFileHandle("output.csv", { create: true })).createWritable();
    await writer.write(output);
    await writer.close();
  };
}
