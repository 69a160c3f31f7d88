//! `rollcall export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rollcall_core::remarks::{remarks, sum};
use rollcall_core::{ExportOptions, Exporter, Format, LeftOut, SliceExporter, TenantName, Totals};

use crate::args::ExportArgs;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::feed::Feed;
use crate::input::{CHUNK, Inputs};
use crate::output::Output;
use crate::overlap::{Role, refuse_overlap};
use crate::path::{DASH, is_dash};
use crate::pool;
use crate::progress::ProgressLine;
use crate::run::{Delivery, Run};
use crate::summary::{Asked, Complete, Summary};
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
        [
            Some((Role::Export, written)),
            args.rejects.as_deref().map(|path| (Role::Reports, path)),
            args.summary.as_deref().map(|path| (Role::Summary, path)),
        ]
        .into_iter()
        .flatten(),
    )?;
    let create = |path: &Path| Output::create(path, &**disk);
    let mut output = create(written)?;
    if args.summary.is_some() {
        output = output.measured();
    }
    let workers = (0..inputs.threads())
        .map(|_| SliceExporter::new(plan.clone()))
        .collect();
    let delivery = ToFiles {
        rejects: args.rejects.as_deref().map(create).transpose()?,
        progress_line: ProgressLine::new(inputs.bytes_total(), request.limit, output.is_terminal()),
        has_no_room_for_reports: !output.is_hidden()
            && !output.is_terminal()
            && disk.shares_standard_error(written),
        output,
        inputs: &inputs,
    };
    let summary = args.summary.as_deref().map(|path| {
        let asked = Asked {
            request: &request,
            options: &options,
            inputs: inputs.names(),
        };
        Summary::create(path, asked, &**disk)
    });
    let summary = summary.transpose()?;
    let mut run = Run::new(Exporter::new(plan), delivery, &inputs);
    let result = export(&mut run, inputs.feed(disk), workers);
    let Run { pass, delivery, .. } = run;
    let ToFiles {
        output,
        rejects,
        progress_line,
        ..
    } = delivery;
    // After a failure too: the file may explain it.
    let rejects = rejects.map_or(Ok(()), Output::complete);
    let ended = result.and_then(|totals| {
        rejects?;
        let remarks = remarks(&totals, &request, &options);
        Ok(Complete { totals, remarks })
    });
    let Complete { totals, remarks } = match summary {
        Some(summary) => summary.conclude(ended, output, &**disk)?,
        None => {
            let complete = ended?;
            output.complete()?;
            complete
        }
    };
    let counts = (totals.left_out + totals.other_connections > 0).then(|| sum(&totals));
    let said: Vec<String> = counts.into_iter().chain(remarks).collect();
    progress_line.close(&pass.progress(), totals.exported, &said);
    Ok(())
}

fn export(
    run: &mut Run<'_, ToFiles<'_>>,
    feed: Feed,
    workers: Vec<SliceExporter>,
) -> Result<Totals, Failure> {
    pool::run(feed, run.delivery.inputs.chunk(), workers, run)?;
    let totals = run.finish(Exporter::finish)?;
    run.delivery.write(&mut run.out)?;
    Ok(totals)
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

/// Where an export goes: rows to the output, reports to a file and the terminal.
struct ToFiles<'a> {
    output: Output,
    rejects: Option<Output>,
    /// Whether reports would end up between the rows.
    has_no_room_for_reports: bool,
    progress_line: ProgressLine,
    inputs: &'a Inputs,
}

impl ToFiles<'_> {
    fn write(&mut self, out: &mut Vec<u8>) -> Result<(), Failure> {
        self.output.write(out)?;
        out.clear();
        Ok(())
    }

    fn report(&mut self, left_out: Vec<LeftOut>) -> Result<(), Failure> {
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
}

impl Delivery for ToFiles<'_> {
    type Pass = Exporter;

    fn after_push(&mut self, exporter: &mut Exporter, out: &mut Vec<u8>) -> Result<(), Failure> {
        self.report(exporter.take_left_out())?;
        match out.len() >= CHUNK {
            true => self.write(out),
            false => Ok(()),
        }
    }

    fn after_piece(&mut self, exporter: &mut Exporter, out: &mut Vec<u8>) -> Result<(), Failure> {
        self.after_push(exporter, out)?;
        // A file is invisible until it is complete, and fewer, larger writes are cheaper.
        if !self.output.is_hidden() {
            self.write(out)?;
        }
        let progress = exporter.progress();
        self.progress_line.show(&progress, progress.exported);
        Ok(())
    }
}
