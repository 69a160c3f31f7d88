//! `rollcall export`.

use std::iter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rollcall_core::{
    Error, ExportOptions, ExportedSlice, Exporter, Format, SliceExporter, TenantName, Totals,
};

use crate::args::ExportArgs;
use crate::dash::{DASH, is_dash};
use crate::disk::Disk;
use crate::failure::Failure;
use crate::feed::{Feed, Piece};
use crate::input::{CHUNK, Inputs};
use crate::output::Output;
use crate::overlap::refuse_overlap;
use crate::pool::{self, Merge};
use crate::progress::ProgressLine;
use crate::remarks::remarks;
use crate::{report, request};

/// Runs the command.
pub fn run(args: &ExportArgs, disk: &Arc<dyn Disk>) -> Result<(), Failure> {
    let (request, options) = request::resolve(args, &**disk)?;
    let plan = request::plan(&request, &options, args.connections.as_deref(), &**disk)?;
    let format = plan.format();
    let inputs = Inputs::new(&args.input)?;
    let target = target(args, format, &options)?;
    let files = [&args.request, &args.connections];
    let written = target.as_deref().unwrap_or(Path::new(DASH));
    refuse_overlap(
        inputs
            .paths()
            .chain(files.into_iter().flatten().map(PathBuf::as_path)),
        iter::once(written).chain(args.rejects.as_deref()),
    )?;
    let create = |path: &Path| Output::create(path, &**disk);
    let output = create(written)?;
    let workers = (0..inputs.threads())
        .map(|_| SliceExporter::new(plan.clone()))
        .collect();
    let export = Export {
        exporter: Exporter::new(plan),
        out: Vec::new(),
        rejects: args.rejects.as_deref().map(create).transpose()?,
        progress_line: ProgressLine::new(inputs.bytes_total(), request.limit, output.is_terminal()),
        has_no_room_for_reports: !output.is_hidden()
            && !output.is_terminal()
            && disk.shares_standard_error(written),
        output,
        inputs: &inputs,
    };
    export.run(inputs.feed(disk), workers, format, &options)
}

/// The file to write; `None` is standard output.
fn target(
    args: &ExportArgs,
    format: Format,
    options: &ExportOptions,
) -> Result<Option<PathBuf>, Failure> {
    let file_name = |tenant: &TenantName| tenant.file_name(format, options);
    match (&args.output, &args.tenant) {
        (None, tenant) => Ok(tenant.as_ref().map(|tenant| file_name(tenant).into())),
        (Some(path), _) if is_dash(path) => Ok(None),
        (Some(path), tenant) if is_folder(path) => match tenant {
            Some(tenant) => Ok(Some(path.join(file_name(tenant)))),
            None => Err(Failure::request(format!(
                "{} is a folder: name a file in it, or add --tenant",
                path.display()
            ))),
        },
        (Some(path), _) => Ok(Some(path.clone())),
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// The run in progress.
struct Export<'a> {
    exporter: Exporter,
    /// Output not yet delivered.
    out: Vec<u8>,
    output: Output,
    rejects: Option<Output>,
    /// Whether reports would end up between the rows.
    has_no_room_for_reports: bool,
    progress_line: ProgressLine,
    inputs: &'a Inputs,
}

impl Export<'_> {
    fn run(
        mut self,
        feed: Feed,
        workers: Vec<SliceExporter>,
        format: Format,
        options: &ExportOptions,
    ) -> Result<(), Failure> {
        let result = self.export(feed, workers);
        // After a failure too: the file may explain it.
        let rejects = self.rejects.take().map_or(Ok(()), Output::complete);
        let totals = result?;
        rejects?;
        self.output.complete()?;
        self.progress_line.close(
            &self.exporter.progress(),
            totals.exported,
            &remarks(&totals, format, options),
        );
        Ok(())
    }

    fn export(&mut self, feed: Feed, workers: Vec<SliceExporter>) -> Result<Totals, Failure> {
        pool::run(feed, self.inputs.chunk(), workers, self)?;
        let totals = self.exporter.finish(&mut self.out);
        let totals = self.check(totals)?;
        self.deliver()?;
        Ok(totals)
    }

    /// Pushes text in small chunks, so that little output and few reports pile up.
    fn push(&mut self, text: &[u8]) -> Result<ControlFlow<()>, Failure> {
        for chunk in text.chunks(CHUNK) {
            let flow = self.exporter.push(chunk, &mut self.out);
            let flow = self.check(flow)?;
            if self.out.len() >= CHUNK {
                self.deliver()?;
            }
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Passes on the reports of a call to the exporter, then its result.
    fn check<T>(&mut self, result: Result<T, Error>) -> Result<T, Failure> {
        self.report_left_out()?;
        result.map_err(|error| self.inputs.name(error).into())
    }

    fn deliver(&mut self) -> Result<(), Failure> {
        self.output.write(&self.out)?;
        self.out.clear();
        Ok(())
    }

    fn report_left_out(&mut self) -> Result<(), Failure> {
        let left_out = self.exporter.take_left_out();
        if left_out.is_empty() {
            return Ok(());
        }
        if self.has_no_room_for_reports {
            return Err(Failure::request(
                "a record was left out, and its report would end up in the middle of the export: \
                 redirect standard error, or name a file with --output"
                    .to_owned(),
            ));
        }
        let lines: String = left_out
            .into_iter()
            .map(|left_out| report::line(&self.inputs.name(left_out.into())))
            .collect();
        self.progress_line.aside(|| report::print(&lines));
        if let Some(mut rejects) = self.rejects.take() {
            // A file with a partial report would be invalid, so it is not kept.
            rejects.write(lines.as_bytes())?;
            self.rejects = Some(rejects);
        }
        Ok(())
    }

    fn merge_text(
        &mut self,
        text: &[u8],
        slice: Option<ExportedSlice>,
        rows: &[u8],
    ) -> Result<ControlFlow<()>, Failure> {
        let Some(slice) = slice else {
            return self.push(text);
        };
        let (head, lines, tail) = slice.split(text);
        if self.push(head)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        if self.exporter.take_slice(slice, rows, &mut self.out) {
            self.report_left_out()?;
        } else if self.push(lines)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.push(tail)
    }
}

impl Merge<ExportedSlice> for Export<'_> {
    fn merge(
        &mut self,
        piece: &Piece,
        slice: Option<ExportedSlice>,
        rows: &[u8],
    ) -> Result<ControlFlow<()>, Failure> {
        if let Some(bytes) = piece.packed {
            self.exporter.unpacked(bytes);
        }
        let mut flow = self.merge_text(&piece.text, slice, rows)?;
        if flow.is_continue() && piece.failure.is_some() {
            let flushed = self.exporter.flush_input(&mut self.out);
            flow = self.check(flushed)?;
        } else if flow.is_continue() && piece.is_last {
            let ended = self.exporter.end_input(&mut self.out);
            flow = self.check(ended)?;
        }
        // A file is invisible until it is complete, and fewer, larger writes are cheaper.
        if self.out.len() >= CHUNK || !self.output.is_hidden() {
            self.deliver()?;
        }
        let progress = self.exporter.progress();
        self.progress_line.show(&progress, progress.exported);
        Ok(flow)
    }

    fn reads_lines(&self) -> bool {
        self.exporter.reads_lines()
    }
}
