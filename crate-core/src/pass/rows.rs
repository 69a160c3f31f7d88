//! From records to rows.

use std::mem;
use std::ops::ControlFlow;

use crate::encode::Encoder;
use crate::error::LeftOut;
use crate::input::Records;
use crate::input::record::{Broken, Fatal, Flow, GO_ON, Item, Offer, Position, Refusal};
use crate::keep::connection::ConnectionFilter;
use crate::pass::totals::Totals;
use crate::plan::Plan;
use crate::projection::{Projection, Row};

/// Everything between a record and the output.
#[derive(Debug)]
pub(crate) struct Rows {
    limit: Option<u64>,
    is_strict: bool,
    filter: ConnectionFilter,
    projection: Projection,
    encoder: Encoder,
    /// All but the number of records read.
    totals: Totals,
    left_out: Vec<LeftOut>,
}

impl Rows {
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            limit: plan.limit,
            is_strict: plan.options.strict,
            projection: match &plan.fields {
                Some(fields) => Projection::new(fields),
                None => Projection::of_records(),
            },
            encoder: Encoder::new(&plan),
            filter: ConnectionFilter::new(plan.connection),
            totals: Totals::default(),
            left_out: Vec::new(),
        }
    }

    pub(crate) fn start(&mut self, is_start: bool, out: &mut Vec<u8>) {
        if is_start {
            self.encoder.heading(out);
        }
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

    /// What was counted, but for the records read.
    pub(crate) fn totals(&mut self) -> Totals {
        let notices = self.encoder.take_notices();
        self.totals.replaced_surrogates += notices.replaced_surrogates;
        self.totals.long_cells += notices.long_cells;
        self.totals
    }

    /// Counts what others have exported and left out.
    pub(crate) fn add(&mut self, totals: Totals, left_out: impl Iterator<Item = LeftOut>) {
        self.totals += totals;
        self.left_out.extend(left_out);
    }

    /// The counts so far, without those that only the end tells.
    pub(crate) fn counts(&self) -> &Totals {
        &self.totals
    }

    /// How many reports nobody has taken yet.
    pub(crate) fn untold(&self) -> usize {
        self.left_out.len()
    }

    pub(crate) fn take_left_out(&mut self) -> Vec<LeftOut> {
        mem::take(&mut self.left_out)
    }

    /// Takes all counts and reports, as if nothing had been read.
    pub(crate) fn take(&mut self) -> (Totals, Vec<LeftOut>) {
        let totals = self.totals();
        self.totals = Totals::default();
        (totals, self.take_left_out())
    }

    /// Appends a row, unless it belongs to another connection.
    fn export(
        encoder: &mut Encoder,
        filter: &mut ConnectionFilter,
        totals: &mut Totals,
        row: &Row<'_>,
        out: &mut Vec<u8>,
    ) {
        if !filter.keeps(row.identities()) {
            totals.other_connections += 1;
            return;
        }
        totals.duplicate_keys += u64::from(encoder.row(row, out));
        totals.exported += 1;
    }

    /// Goes on until the limit is reached.
    fn flow(&self) -> Flow {
        if self.is_done() {
            Ok(ControlFlow::Break(()))
        } else {
            GO_ON
        }
    }

    fn leave_out(&mut self, position: Position, broken: Broken) -> Flow {
        let left_out = broken.at_position(position);
        self.totals.left_out += 1;
        if self.is_strict {
            return Err(Fatal::new(left_out.into()));
        }
        self.left_out.push(left_out);
        GO_ON
    }
}

/// Rows on their way into an output.
pub(crate) struct Into<'a> {
    pub rows: &'a mut Rows,
    pub out: &'a mut Vec<u8>,
}

impl Records for Into<'_> {
    fn take(&mut self, position: Position, item: Item<'_>) -> Flow {
        let rows = &mut *self.rows;
        match item {
            Item::Broken(broken) => return rows.leave_out(position, broken),
            Item::Record(record) => {
                let row = rows.projection.row(record);
                Rows::export(
                    &mut rows.encoder,
                    &mut rows.filter,
                    &mut rows.totals,
                    &row,
                    self.out,
                );
            }
        }
        rows.flow()
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        let rows = &mut *self.rows;
        let (row, tokens) = rows.projection.scan(offer)?;
        Rows::export(
            &mut rows.encoder,
            &mut rows.filter,
            &mut rows.totals,
            &row,
            self.out,
        );
        Ok((tokens, rows.flow()))
    }
}
