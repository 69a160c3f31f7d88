// on_demand users.ndjson out.csv: simdjson On-Demand over the whole file as a stream of documents.

#include <cstdio>
#include <cstdlib>
#include <simdjson.h>
#include <string>
#include <string_view>

using namespace simdjson;

namespace {

constexpr size_t BATCH = 1 << 20;

void text(std::string &out, std::string_view value) {
  out += "\"'";
  size_t start = 0;
  for (;;) {
    size_t quote = value.find('"', start);
    if (quote == std::string_view::npos) break;
    out += value.substr(start, quote + 1 - start);
    out += '"';
    start = quote + 1;
  }
  out += value.substr(start);
  out += '"';
}

// The columns of a user, in the order of the output. Strings live until the next document.
struct Row {
  std::string_view user_id, email, email_verified, name, provider, city, roles, created_at;
};

std::string_view string_or_nothing(ondemand::value value) {
  if (value.type() != ondemand::json_type::string) return {};
  return value.get_string();
}

void identities(ondemand::value value, Row &row) {
  bool is_first = true;
  for (auto identity : value.get_array()) {
    if (!is_first) continue;
    is_first = false;
    std::string_view connection;
    if (!identity["connection"].get_string().get(connection)) row.provider = connection;
  }
}

void user_metadata(ondemand::value value, Row &row) {
  ondemand::object address;
  if (value["address"].get_object().get(address)) return;
  std::string_view city;
  if (!address["city"].get_string().get(city)) row.city = city;
}

void app_metadata(ondemand::value value, Row &row) {
  ondemand::array roles;
  if (value["roles"].get_array().get(roles)) return;
  row.roles = roles.raw_json();
}

// Keys come in any order, so this walks them instead of asking for one after another.
Row project(ondemand::object user) {
  Row row;
  for (auto field : user) {
    std::string_view key = field.unescaped_key();
    if (key == "user_id") row.user_id = string_or_nothing(field.value());
    else if (key == "email") row.email = string_or_nothing(field.value());
    else if (key == "email_verified") row.email_verified = bool(field.value()) ? "true" : "false";
    else if (key == "name") row.name = string_or_nothing(field.value());
    else if (key == "identities") identities(field.value(), row);
    else if (key == "user_metadata") user_metadata(field.value(), row);
    else if (key == "app_metadata") app_metadata(field.value(), row);
    else if (key == "created_at") row.created_at = string_or_nothing(field.value());
  }
  return row;
}

void write(std::string &out, const Row &row) {
  auto cell = [&](std::string_view value) {
    if (value.data() != nullptr) text(out, value);
    out += ',';
  };
  cell(row.user_id);
  cell(row.email);
  out += row.email_verified;
  out += ',';
  cell(row.name);
  cell(row.provider);
  cell(row.city);
  cell(row.roles);
  out += row.created_at;
  out += '\n';
}

}  // namespace

int main(int, char **arguments) {
  padded_string users = padded_string::load(arguments[1]);
  std::FILE *file = std::fopen(arguments[2], "wb");
  if (!file) return EXIT_FAILURE;
  std::string out = "user_id,email,email_verified,name,provider,city,roles,created_at\n";
  ondemand::parser parser;
  ondemand::document_stream documents = parser.iterate_many(users, BATCH);
  for (auto document : documents) {
    write(out, project(document.get_object()));
    if (out.size() > BATCH) {
      std::fwrite(out.data(), 1, out.size(), file);
      out.clear();
    }
  }
  std::fwrite(out.data(), 1, out.size(), file);
  return std::fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
