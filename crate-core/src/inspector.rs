//! The pass that finds connections, users and fields before an export.

mod paths;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::connection::{Connection, ConnectionCount};
use crate::error::Error;
use crate::input::{Input, Position, Records};
use crate::progress::Progress;
use crate::projection::{Projection, Row};
use crate::record::{Flow, GO_ON, Item};
use crate::select::for_each_connection;
use paths::Paths;

/// How many users are asked for their field paths.
const SURVEYED_USERS: u64 = 1000;

/// How the records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One record a line.
    Ndjson,
    /// Objects one after another, each over several lines.
    Pretty,
    /// A JSON array of records.
    Array,
    /// `{"users": […]}`, read as its list.
    UsersPage,
}

/// What an [`Inspector`] found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Layout of the first file, once known.
    pub layout: Option<Layout>,
    /// Whether the first file is compressed.
    pub gzip: bool,
    /// Records read, the left-out ones too.
    pub read: u64,
    /// Records that could not be read.
    pub left_out: u64,
    /// Users that belong to no connection.
    pub without_connection: u64,
    /// The connections, those of most users first, then by name.
    pub connections: Vec<ConnectionCount>,
    /// Field paths seen in the first 1,000 users, in the order in which they appeared, at most 500.
    pub paths: Vec<String>,
}

/// Reads users without exporting them. It is fed like an [`crate::Exporter`].
#[derive(Debug)]
pub struct Inspector {
    input: Input,
    survey: Survey,
}

/// What the records say.
#[derive(Debug)]
struct Survey {
    projection: Projection,
    layout: Option<(Layout, bool)>,
    users: u64,
    left_out: u64,
    without_connection: u64,
    /// Users of each connection.
    connections: HashMap<Vec<u8>, u64>,
    paths: Paths,
}

impl Inspector {
    /// Reads records of at most `max_record_size` bytes.
    pub fn new(max_record_size: usize) -> Self {
        let survey = Survey {
            projection: Projection::new(&[]),
            layout: None,
            users: 0,
            left_out: 0,
            without_connection: 0,
            connections: HashMap::new(),
            paths: Paths::default(),
        };
        Self {
            input: Input::new(max_record_size),
            survey,
        }
    }

    /// Reads the next bytes of a file, cut anywhere.
    ///
    /// # Errors
    /// The input cannot be read any further.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Error> {
        let Self { input, survey } = self;
        input.push(chunk, survey).map(drop)?;
        survey.layout = survey.layout.or(input.layout());
        Ok(())
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// The file is cut.
    pub fn end_input(&mut self) -> Result<(), Error> {
        let Self { input, survey } = self;
        input.end_file(survey).map(drop)
    }

    /// How much has been read.
    pub fn progress(&self) -> Progress {
        Progress {
            bytes_in: self.input.bytes(),
            read: self.input.records(),
            exported: 0,
            left_out: self.survey.left_out,
        }
    }

    /// What was found so far.
    pub fn findings(&self) -> Findings {
        let survey = &self.survey;
        let count = |(name, &users): (&Vec<u8>, &u64)| ConnectionCount {
            connection: Connection::named(&String::from_utf8_lossy(name)),
            users,
        };
        let mut connections: Vec<ConnectionCount> = survey.connections.iter().map(count).collect();
        connections.sort_by(|a, b| {
            b.users
                .cmp(&a.users)
                .then_with(|| a.connection.name.cmp(&b.connection.name))
        });
        Findings {
            layout: survey.layout.map(|(layout, _)| layout),
            gzip: survey.layout.is_some_and(|(_, is_gzip)| is_gzip),
            read: self.input.records(),
            left_out: survey.left_out,
            without_connection: survey.without_connection,
            connections,
            paths: survey.paths.names(),
        }
    }
}

impl Records for Survey {
    fn take(&mut self, _: Position, item: Item<'_>) -> Flow {
        match item {
            Item::Broken(_) => self.left_out += 1,
            Item::Record(record) => {
                let row = self.projection.row(record);
                let connections = connections(&row);
                self.count(record, connections);
            }
        }
        GO_ON
    }

    fn take_unchecked(&mut self, text: &[u8]) -> Option<Flow> {
        let row = self.projection.scan(text)?;
        let connections = connections(&row);
        self.count(text, connections);
        Some(GO_ON)
    }
}

impl Survey {
    fn count(&mut self, record: &[u8], connections: Vec<Vec<u8>>) {
        if self.users < SURVEYED_USERS {
            self.paths.add(record);
        }
        self.users += 1;
        self.without_connection += u64::from(connections.is_empty());
        for name in connections {
            *self.connections.entry(name).or_default() += 1;
        }
    }
}

/// The connections of a user, each once.
fn connections(row: &Row<'_>) -> Vec<Vec<u8>> {
    let mut connections: Vec<Vec<u8>> = Vec::new();
    for_each_connection(row.identities().unwrap_or_default(), |name| {
        if !connections.iter().any(|known| known == name) {
            connections.push(name.to_vec());
        }
    });
    connections
}
