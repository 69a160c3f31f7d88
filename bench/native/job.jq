# jq --null-input --raw-output --from-file job.jq users.ndjson
def cell:
  if type == "string" then "'" + .
  elif type == "array" or type == "object" then "'" + tojson
  else . end;

["user_id", "email", "email_verified", "name", "provider", "city", "roles", "created_at"],
(
  inputs
  | [
      (.user_id | cell),
      (.email | cell),
      .email_verified,
      (.name | cell),
      (.identities[0].connection | cell),
      (.user_metadata.address.city | cell),
      (.app_metadata.roles | cell),
      .created_at
    ]
)
| @csv
