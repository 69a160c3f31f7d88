//! What can be typed, and its help texts.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, RangedU64ValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use rollcall_core::options::DEFAULT_MAX_RECORD_SIZE;
use rollcall_core::{Choice, CsvProfile, FieldSpec, Format, TenantName};

use crate::field;

/// Exports user profiles to CSV or NDJSON.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Export(ExportArgs),
    Connections(ConnectionsArgs),
}

/// Where users are read from.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files of users: NDJSON, a JSON array or {"users":[…]}, each plain or gzip
    ///
    /// Several files count as one, in their order. `-`, or no file, is standard input.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// One more file of users, read after those named without an option
    #[arg(long = "input", value_name = "INPUT")]
    pub more_inputs: Vec<PathBuf>,

    /// The largest record that is read, in bytes; larger ones are left out
    #[arg(long, value_name = "BYTES", default_value_t = DEFAULT_MAX_RECORD_SIZE)]
    pub max_record_size: usize,

    /// Works on NDJSON with this many threads [default: as many as there are cores]
    ///
    /// The output is the same with any number. Compressed files are unpacked by one of them, and
    /// arrays read by one, while another works on what was read before.
    #[arg(
        long,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=256),
    )]
    pub threads: Option<usize>,

    /// Reads pieces of this many bytes [default: 65536, or 262144 with several threads]
    #[arg(
        long,
        value_name = "BYTES",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=1 << 30),
    )]
    pub chunk: Option<usize>,
}

/// Writes users to a CSV or NDJSON file
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES, after_long_help = EXPORT_NOTES)]
pub struct ExportArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// The file to write, or with --tenant its folder; `-`, or none, is standard output
    ///
    /// The file gets its name once it is complete: a failed or interrupted run leaves an older
    /// file of that name as it was.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,

    /// Names the file <TENANT>.csv or <TENANT>.json, with .gz behind it when compressed
    #[arg(long)]
    pub tenant: Option<TenantName>,

    /// Format of the output [default: csv]
    #[arg(long, value_parser = choice(about_format))]
    pub format: Option<Format>,

    /// A field to export, with the heading that it gets; repeat it for more
    ///
    /// The name is a path such as user_metadata.country, identities[0].connection or
    /// app_metadata["https://acme.example/role"]. The heading begins behind the last `=` outside
    /// of brackets and quotes. Replaces the fields of --request.
    #[arg(long = "field", value_name = "NAME[=EXPORT_AS]", value_parser = field::parse)]
    pub fields: Vec<FieldSpec>,

    /// Exports the eleven default fields of the Dashboard, before those of --field
    #[arg(long)]
    pub default_fields: bool,

    /// Stops after this many users
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,

    /// Exports only the users of this connection
    #[arg(long, value_name = "NAME|ID")]
    pub connection: Option<String>,

    /// With --connection: a user belongs to the connection of the first identity only
    #[arg(long)]
    pub primary_only: bool,

    /// All connections there are: a JSON list of objects with id and name, or {"connections":[…]}
    #[arg(long, value_name = "FILE")]
    pub connections: Option<PathBuf>,

    /// A JSON file with the body of POST /api/v2/jobs/users-exports; options override it
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,

    /// How CSV cells are guarded and quoted [default: auth0]
    #[arg(long, value_name = "PROFILE", value_parser = choice(about_csv_profile))]
    pub csv_profile: Option<CsvProfile>,

    /// Fails at the first record that would be left out
    #[arg(long)]
    pub strict: bool,

    /// Also writes the reports of records left out to this file, one JSON object a line
    ///
    /// The file is there after a failed run too, as it may tell why; it is empty when no record
    /// was left out.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// Compresses the output
    #[arg(long)]
    pub gzip: bool,

    /// Allows more than 30 fields in CSV
    #[arg(long)]
    pub lift_limits: bool,
}

/// Lists the connections that users come from, with their counts
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rollcall connections users.json")]
pub struct ConnectionsArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Writes one JSON object a line, the counts of all users in the last one
    #[arg(long)]
    pub json: bool,
}

const EXPORT_EXAMPLES: &str = "\
Example:
  rollcall export users.json.gz -o users.csv --field user_id --field email=E-mail

See --help for the notes on failures and spreadsheets.";

const EXPORT_NOTES: &str = "\
Examples:
  rollcall export users.json.gz -o users.csv --field user_id --field email=E-mail
  rollcall export part-1.json part-2.json --tenant acme --format json --gzip
  zcat users.gz | rollcall export --default-fields --limit 10 --connection google-oauth2

Failures:
  The exit status is 0 when the file is complete, 1 after a failure, 2 for a wrong command line,
  130 after an interrupt and 141 when the reader of standard output has gone. A failure is one
  JSON line on standard error, and so is each record left out:
  {\"error\":\"bad_record\",\"record\":41,\"line\":41,\"byte\":9120,\"message\":\"…\"}
  error is bad_request, bad_encoding, bad_gzip, bad_record, record_too_large or io.

Spreadsheets:
  Excel cuts after 1,048,576 rows and 32,767 characters in a cell. Where `;` is its separator, a
  row whose first cell is not quoted (number, boolean, date, empty) falls apart when the file is
  opened by a double click, and may then run a formula that a user typed: let the first field be a
  text that every user has, such as user_id, or import the file with the comma as separator.";

/// One of the words of a choice, each with what it stands for.
fn choice<C: Choice + Send + Sync>(
    about: fn(C) -> &'static str,
) -> impl TypedValueParser<Value = C> {
    let words = C::ALL.iter();
    PossibleValuesParser::new(
        words.map(|&(value, word)| PossibleValue::new(word).help(about(value))),
    )
    .try_map(|word| C::of_word(&word).ok_or("no such word"))
}

fn about_format(format: Format) -> &'static str {
    match format {
        Format::Csv => "Comma-separated values",
        Format::Json => "One JSON object a line (NDJSON)",
    }
}

fn about_csv_profile(profile: CsvProfile) -> &'static str {
    match profile {
        CsvProfile::Auth0 => "Every string is quoted and begins with '",
        CsvProfile::OwaspMinimal => "Only strings that may be taken for a formula begin with '",
        CsvProfile::Excel => "owasp-minimal with a byte order mark and CRLF line ends",
        CsvProfile::Plain => "RFC 4180; formulas stay alive in a spreadsheet",
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
