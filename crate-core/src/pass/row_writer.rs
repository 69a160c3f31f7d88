//! From rows to lines: the limit, the filter and the encoder.

use std::mem;
use std::ops::ControlFlow;

use crate::encode::Encoder;
use crate::error::{Error, ErrorCode, LeftOut};
use crate::input::record::{Fatal, Flow, GO_ON};
use crate::keep::connection::ConnectionFilter;
use crate::pass::discover::Paths;
use crate::pass::reader::Rows;
use crate::pass::totals::Totals;
use crate::plan::Plan;
use crate::projection::{Projection, Row, Wants};
use crate::protect::Protected;

/// Writes the rows of a plan as lines.
#[derive(Debug)]
pub(crate) struct RowWriter {
    limit: Option<u64>,
    is_strict: bool,
    filter: ConnectionFilter,
    encoder: Encoder,
    /// All but the number of records read.
    totals: Totals,
    left_out: Vec<LeftOut>,
    /// The first report, for the case that no record can be read.
    first_left_out: Option<LeftOut>,
    first_user: FirstUser,
    /// Lines not taken yet.
    pub lines: Vec<u8>,
    /// Whether the heading was written, where there is one.
    is_started: bool,
    bounds: Bounds,
}

/// What is remembered of the first exported user, to tell what there is in place of fields that
/// nobody has.
#[derive(Debug)]
enum FirstUser {
    NotWanted,
    Wanted,
    Seen(Vec<String>),
}

/// The most paths of the first user.
const MAX_PATHS: usize = 100;

/// How much may wait to be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub bytes: usize,
    pub left_out: usize,
}

impl Bounds {
    const NONE: Self = Self {
        bytes: usize::MAX,
        left_out: usize::MAX,
    };
}

impl RowWriter {
    /// The writer of a plan, and the projection that finds what it needs.
    pub(crate) fn new(plan: Plan) -> (Projection, Self) {
        let mut wants = Wants::default();
        let writer = Self {
            limit: plan.limit,
            is_strict: plan.options.strict,
            encoder: Encoder::new(&plan, &mut wants),
            filter: ConnectionFilter::new(&plan, &mut wants),
            totals: Totals::default(),
            left_out: Vec::new(),
            first_left_out: None,
            first_user: FirstUser::NotWanted,
            lines: Vec::new(),
            is_started: false,
            bounds: Bounds::NONE,
        };
        (Projection::new(wants), writer)
    }

    /// Writes what comes before the first row, unless it is there.
    pub(crate) fn start(&mut self) {
        if !mem::replace(&mut self.is_started, true) {
            self.encoder.heading(&mut self.lines);
        }
    }

    /// Remembers the paths of the first exported user.
    pub(crate) fn remember_first_user(&mut self) {
        self.first_user = FirstUser::Wanted;
    }

    /// Whether the first exported user is still to come, and its paths are wanted.
    pub(crate) fn wants_first_user(&self) -> bool {
        matches!(self.first_user, FirstUser::Wanted)
    }

    /// The paths of the first exported user.
    pub(crate) fn take_paths(&mut self) -> Vec<String> {
        match mem::replace(&mut self.first_user, FirstUser::NotWanted) {
            FirstUser::Seen(paths) => paths,
            FirstUser::NotWanted | FirstUser::Wanted => Vec::new(),
        }
    }

    #[cold]
    fn meet_first_user(&mut self, row: &Row<'_>) {
        let mut paths = Paths::default();
        paths.add(row.record());
        let mut paths = paths.names();
        paths.truncate(MAX_PATHS);
        self.first_user = FirstUser::Seen(paths);
    }

    /// Stops the reading where more would wait than this.
    pub(crate) fn bound(&mut self, bounds: Bounds) {
        self.bounds = bounds;
    }

    /// Whether the limit is reached.
    pub(crate) fn is_done(&self) -> bool {
        !self.has_room_for(0)
    }

    /// Whether the limit is further away than this many users.
    pub(crate) fn has_room_for(&self, users: u64) -> bool {
        self.limit
            .is_none_or(|limit| self.totals.exported + users < limit)
    }

    /// Whether the connection that was asked for has shown up nowhere.
    pub(crate) fn is_connection_unknown(&self) -> bool {
        self.filter.is_open() && self.totals.exported == 0
    }

    /// Why no record at all could be read, if that is so.
    pub(crate) fn why_none_was_read(&self) -> Option<Error> {
        let Totals {
            exported,
            left_out,
            other_connections,
            ..
        } = self.totals;
        let first = self.first_left_out.as_ref()?;
        (exported + other_connections == 0).then(|| {
            let why = &first.message;
            let message = match left_out {
                1 => format!("the only record could not be read: {why}"),
                _ => format!("none of {left_out} records could be read: {why}"),
            };
            Error {
                code: ErrorCode::BadRecord,
                message,
                ..first.clone().into()
            }
        })
    }

    /// What was counted, but for the records read.
    pub(crate) fn totals(&mut self) -> Totals {
        let notices = self.encoder.take_notices();
        self.totals += Totals {
            replaced_surrogates: notices.replaced_surrogates,
            long_cells: notices.long_cells,
            long_numbers: notices.long_numbers,
            converted_texts: notices.converted_texts,
            found: notices.found,
            ..Totals::default()
        };
        self.totals.clone()
    }

    /// Goes on with what another writer has written, counted and reported.
    pub(crate) fn add(&mut self, lines: &[u8], totals: Totals, left_out: Vec<LeftOut>) {
        self.lines.extend_from_slice(lines);
        self.totals += totals;
        for one in left_out {
            self.keep(one);
        }
    }

    #[inline]
    fn keep(&mut self, left_out: LeftOut) {
        if self.first_left_out.is_none() {
            self.first_left_out = Some(left_out.clone());
        }
        self.left_out.push(left_out);
    }

    /// The counts so far, without those known only at the end.
    pub(crate) fn counts(&self) -> &Totals {
        &self.totals
    }

    pub(crate) fn take_left_out(&mut self) -> Vec<LeftOut> {
        mem::take(&mut self.left_out)
    }

    /// Takes all counts and reports, as if nothing had been read.
    pub(crate) fn take(&mut self) -> (Totals, Vec<LeftOut>) {
        let totals = self.totals();
        self.totals = Totals::default();
        self.first_left_out = None;
        (totals, self.take_left_out())
    }

    /// Goes on until the limit is reached, or a bound.
    #[inline]
    fn flow(&self) -> Flow {
        let is_over = self.lines.len() > self.bounds.bytes;
        match self.is_done() || is_over || self.left_out.len() > self.bounds.left_out {
            true => Ok(ControlFlow::Break(())),
            false => GO_ON,
        }
    }
}

impl Rows for RowWriter {
    fn row(&mut self, row: &Row<'_>) -> Flow {
        if self.filter.keeps(row) {
            if self.wants_first_user() {
                self.meet_first_user(row);
            }
            let has_twins = self.encoder.row(&Protected::new(row), &mut self.lines);
            self.totals.duplicate_keys += u64::from(has_twins);
            self.totals.exported += 1;
        } else {
            self.totals.other_connections += 1;
        }
        self.flow()
    }

    fn left_out(&mut self, left_out: LeftOut) -> Flow {
        self.totals.left_out += 1;
        if self.is_strict {
            return Err(Fatal::new(left_out.into()));
        }
        self.keep(left_out);
        self.flow()
    }
}
