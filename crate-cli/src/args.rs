//! The command line and its help.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, RangedU64ValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use rollcall_core::options::DEFAULT_MAX_RECORD_SIZE;
use rollcall_core::{Choice, CsvProfile, FieldSpec, Format, TenantName};

use crate::field;

/// Export user profiles to CSV or NDJSON
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Export(Box<ExportArgs>),
    Connections(ConnectionsArgs),
}

/// Where and how users are read.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// User files: NDJSON, a JSON array, an object with a list of users, or CSV; each plain or gzip
    ///
    /// Several files are read in order, as one input. `-`, or no file, means standard input.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Another user file, read after all INPUT arguments
    #[arg(long = "input", value_name = "INPUT")]
    pub more_inputs: Vec<PathBuf>,

    /// Where the users stand in each object of the input, such as response.users
    ///
    /// A path of keys to a list of users, or to an object whose values are users. Without it, a
    /// list under `users` is found, and the only list of a file under a name such as data, items or
    /// Resources. No effect on CSV.
    #[arg(long, value_name = "PATH")]
    pub users_at: Option<String>,

    /// Headings of CSV input that has no heading row, such as id,email,name
    #[arg(long, value_name = "A,B,C")]
    pub csv_headings: Option<String>,

    /// Maximum record size in bytes; larger records are left out
    #[arg(long, value_name = "BYTES", default_value_t = DEFAULT_MAX_RECORD_SIZE)]
    pub max_record_size: usize,

    /// Threads for NDJSON input [default: one per core]
    ///
    /// The output does not depend on it. gzip is unpacked, and an array is read, by a single thread
    /// while another exports what came before.
    #[arg(
        long,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=256),
    )]
    pub threads: Option<usize>,

    /// Read size in bytes [default: 65536, or 262144 with several threads]
    #[arg(
        long,
        value_name = "BYTES",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=1 << 30),
    )]
    pub chunk: Option<usize>,
}

/// Export users to a CSV or NDJSON file
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES, after_long_help = EXPORT_NOTES)]
pub struct ExportArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Output file, or its folder with --tenant; `-`, or no output, means standard output
    ///
    /// The file gets its name once it is complete. A failed or interrupted run leaves no partial
    /// file and does not touch an existing one.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,

    /// Name the output <TENANT>.csv or <TENANT>.json, plus .gz with --gzip
    #[arg(long)]
    pub tenant: Option<TenantName>,

    /// Output format [default: csv]
    #[arg(long, value_parser = choice(about_format))]
    pub format: Option<Format>,

    /// Field to export and, optionally, its heading; may be repeated
    ///
    /// NAME is a path such as user_metadata.country, identities[0].connection or
    /// app_metadata["https://acme.example/role"]. The heading is whatever follows the last `=`
    /// outside brackets and quotes. Replaces the fields of --request.
    #[arg(long = "field", value_name = "NAME[=EXPORT_AS]", value_parser = field::parse)]
    pub fields: Vec<FieldSpec>,

    /// Export the Dashboard's 11 default fields, followed by those of --field
    #[arg(long)]
    pub default_fields: bool,

    /// Export at most this many users
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,

    /// Export only users of this connection
    #[arg(long, value_name = "NAME|ID")]
    pub connection: Option<String>,

    /// With --connection: users belong only to the connection of their first identity
    #[arg(long)]
    pub primary_only: bool,

    /// JSON file listing all connections, such as a response of GET /api/v2/connections
    ///
    /// A list of objects with id and name, or {"connections":[…]}. The run fails if the requested
    /// connection is not in it.
    #[arg(long, value_name = "FILE")]
    pub connections: Option<PathBuf>,

    /// JSON file with the body of POST /api/v2/jobs/users-exports; options override it
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,

    /// How to quote CSV cells and guard against formulas [default: auth0]
    #[arg(long, value_name = "PROFILE", value_parser = choice(about_csv_profile))]
    pub csv_profile: Option<CsvProfile>,

    /// Fail at the first record that would be left out
    #[arg(long)]
    pub strict: bool,

    /// Also write the reports of records left out to this file, one JSON object per line
    ///
    /// The file is empty if no record was left out. It is kept after a failure because it may
    /// explain it.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,

    /// Also write a summary of the run to this file, as one JSON object
    ///
    /// It holds the request, options and inputs; of a complete run the totals, remarks such as fields
    /// that no user has, and size and SHA-256 of the output; of a failed one the failure. A run that is
    /// refused before it reads anything writes none.
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,

    /// Compress the output with gzip
    #[arg(long)]
    pub gzip: bool,

    /// Allow more than 30 fields in CSV
    #[arg(long)]
    pub lift_limits: bool,
}

/// List the connections that users come from, with user counts
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rollcall connections users.json")]
pub struct ConnectionsArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Print one JSON object per line; the last one holds the totals
    #[arg(long)]
    pub json: bool,
}

const EXPORT_EXAMPLES: &str = "\
Example:
  rollcall export users.json.gz -o users.csv --field user_id --field email=E-mail

Use --help for notes on failures and spreadsheets.";

const EXPORT_NOTES: &str = "\
Examples:
  rollcall export users.json.gz -o users.csv --field user_id --field email=E-mail
  rollcall export part-1.json part-2.json --tenant acme --format json --gzip
  zcat users.gz | rollcall export --default-fields --limit 10 --connection google-oauth2

Failures:
  Exit status: 0 complete, 1 failed, 2 wrong command line, 130 interrupted, 141 broken pipe.
  Standard error gets one JSON object per line: one for each record left out, and a last one if
  the run fails:
  {\"error\":\"bad_record\",\"record\":41,\"line\":41,\"byte\":9120,\"message\":\"…\"}
  error is bad_request, bad_encoding, bad_layout, bad_gzip, bad_record, record_too_large or io.

Spreadsheets:
  Excel reads 1,048,576 rows and 32,767 characters per cell. If it separates at `;` when you
  double-click the file, a row whose first cell is unquoted (number, boolean, date, empty) is
  split in the wrong places, and part of a string may run as a formula. Make the first field one
  that is always a string, such as user_id, or import the file with comma as the separator.";

/// Parses the words of a choice, each with its help text.
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
        Format::Json => "One JSON object per line (NDJSON)",
    }
}

fn about_csv_profile(profile: CsvProfile) -> &'static str {
    match profile {
        CsvProfile::Auth0 => "Quote every string and start it with '",
        CsvProfile::OwaspMinimal => "Start only strings that could run as a formula with '",
        CsvProfile::Excel => "owasp-minimal with a byte order mark and CRLF line endings",
        CsvProfile::Plain => "RFC 4180, unguarded: spreadsheets run formulas",
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
