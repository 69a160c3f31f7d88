//! The pass that finds connections, users and fields before an export.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::error::{Error, FoundList};
pub use crate::input::layout::Layout;
use crate::pass::Pass;
use crate::pass::inspect_slice::{InspectedLines, InspectedSlice};
use crate::pass::progress::Progress;
use crate::pass::reader::Reader;
use crate::pass::survey::{Counts, SURVEYED_USERS, Survey};
use crate::plan::connection::{Connection, ConnectionCount};
use crate::plan::reading::Reading;

/// What an [`Inspector`] found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Layout of the first file, once known.
    pub layout: Option<Layout>,
    /// Whether the first file is compressed.
    pub gzip: bool,
    /// Where the list of users stands in the first file, with [`Layout::List`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The lists, and objects of objects, in the first object of the first file, which
    /// [`crate::ExportOptions::users_at`] may name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<FoundList>,
    /// Records read, the left-out ones too.
    pub read: u64,
    /// Records that could not be read.
    pub left_out: u64,
    /// Users that belong to no connection.
    pub without_connection: u64,
    /// How many connections there are.
    pub connection_count: u64,
    /// The connections, those of most users first, then by name: all of them, or the first ones.
    pub connections: Vec<ConnectionCount>,
    /// Field paths seen in the first 1,000 users, in the order in which they appeared, at most 500.
    pub paths: Vec<String>,
}

/// Reads users without exporting them. It is fed like an [`crate::Exporter`].
#[derive(Debug)]
pub struct Inspector {
    reader: Reader<Survey>,
}

impl Inspector {
    /// An inspection that has read nothing yet.
    pub fn new(reading: Reading) -> Self {
        let (projection, survey) = Survey::new(SURVEYED_USERS);
        Self {
            reader: Reader::new(reading, projection, survey),
        }
    }

    /// Reads the next bytes of a file, cut anywhere.
    ///
    /// # Errors
    /// The input cannot be read any further.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Error> {
        Ok(self.reader.push(chunk).map(drop)?)
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// The file is cut.
    pub fn end_input(&mut self) -> Result<(), Error> {
        self.reader.end_file().map(drop)?;
        self.reader.next_file();
        Ok(())
    }

    /// As [`crate::Exporter::unpacked`].
    pub fn unpacked(&mut self, bytes: u64) {
        self.reader.unpacked(bytes);
    }

    /// Whether what comes next may be inspected in slices, as with
    /// [`crate::Exporter::reads_lines`]; not before enough users have been asked for their fields.
    pub fn reads_lines(&self) -> bool {
        self.reader.is_lines() && self.reader.rows().users_to_ask == 0
    }

    /// Goes on with the whole lines of a slice that a [`crate::SliceInspector`] has inspected.
    ///
    /// `false`: nothing was taken, these lines have to be pushed.
    pub fn take_slice(&mut self, slice: InspectedSlice) -> bool {
        let InspectedSlice { cut, lines } = slice;
        let is_next = self.reads_lines()
            && self
                .reader
                .next_line()
                .is_some_and(|next| next.byte == cut.start());
        let Some(lines) = lines.filter(|_| is_next) else {
            return false;
        };
        self.reader.pass(lines.passed, &mut []);
        self.reader.rows_mut().counts.add(lines.counts);
        true
    }

    /// How much has been read.
    pub fn progress(&self) -> Progress {
        Progress {
            bytes_in: self.reader.bytes(),
            read: self.reader.records(),
            exported: 0,
            left_out: self.reader.rows().counts.left_out,
        }
    }

    /// What was found so far, with all connections.
    pub fn findings(&self) -> Findings {
        self.first_findings(usize::MAX)
    }

    /// What was found so far, with at most so many connections. Of many connections it takes a
    /// look at each, but a name and an id are made for those only.
    pub fn first_findings(&self, most_connections: usize) -> Findings {
        let Counts {
            left_out,
            without_connection,
            connections,
        } = &self.reader.rows().counts;
        // A heap, as the library's sorts would be one of the largest functions of the wasm.
        let mut ranked: BinaryHeap<(Reverse<u64>, &str)> = BinaryHeap::new();
        for (name, users) in connections.iter() {
            ranked.push((Reverse(users), name));
            if ranked.len() > most_connections {
                ranked.pop();
            }
        }
        let count = |(Reverse(users), name): (Reverse<u64>, &str)| ConnectionCount {
            connection: Connection::named(name),
            users,
        };
        let mut kind = self.reader.first_kind();
        if let Some(kind) = &mut kind
            && kind.at.is_none()
            && self.reader.records() != 1
        {
            // The first of several records is a user, whatever lists it holds.
            kind.lists.clear();
        }
        Findings {
            layout: kind.as_ref().map(|kind| kind.layout),
            gzip: kind.as_ref().is_some_and(|kind| kind.is_gzip),
            at: kind.as_ref().and_then(|kind| kind.at.clone()),
            lists: kind.map_or(Vec::new(), |kind| kind.lists),
            read: self.reader.records(),
            left_out: *left_out,
            without_connection: *without_connection,
            connection_count: connections.len() as u64,
            connections: ranked.into_sorted_vec().into_iter().map(count).collect(),
            paths: self.reader.rows().paths.names(),
        }
    }
}

impl Pass for Inspector {
    type Lines = InspectedLines;

    fn push(&mut self, chunk: &[u8], _: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Self::push(self, chunk).map(ControlFlow::Continue)
    }

    /// An inspection that fails reports nothing about its users.
    fn flush_input(&mut self, _: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Ok(ControlFlow::Continue(()))
    }

    fn end_input(&mut self, _: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Self::end_input(self).map(ControlFlow::Continue)
    }

    fn unpacked(&mut self, bytes: u64) {
        Self::unpacked(self, bytes);
    }

    fn reads_lines(&self) -> bool {
        Self::reads_lines(self)
    }

    fn take_slice(&mut self, slice: InspectedSlice, _: &[u8], _: &mut Vec<u8>) -> bool {
        Self::take_slice(self, slice)
    }

    fn progress(&self) -> Progress {
        Self::progress(self)
    }
}
