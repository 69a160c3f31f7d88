//! `rollcall export`.

use std::path::{Path, PathBuf};

use rollcall_core::{Error, ExportOptions, Exporter, Format, Progress, TenantName, Totals};

use crate::args::ExportArgs;
use crate::failure::Failure;
use crate::input::{Inputs, Piece, is_dash};
use crate::output::Output;
use crate::overlap::refuse_overlap;
use crate::progress::ProgressLine;
use crate::remarks::remarks;
use crate::{report, request};

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let (request, options) = request::resolve(args)?;
    let plan = request::plan(&request, &options, args.connections.as_deref())?;
    let format = plan.format();
    let inputs = Inputs::new(&args.input)?;
    let target = target(args, format, &options)?;
    let files = [&args.request, &args.connections];
    refuse_overlap(
        inputs
            .paths()
            .chain(files.into_iter().flatten().map(PathBuf::as_path)),
        [target.as_deref().unwrap_or(Path::new("/dev/stdout"))]
            .into_iter()
            .chain(args.rejects.as_deref()),
    )?;
    let output = target.map_or_else(|| Ok(Output::stdout()), |path| Output::create(&path))?;
    let export = Export {
        exporter: Exporter::new(plan),
        out: Vec::new(),
        rejects: args.rejects.as_deref().map(Output::create).transpose()?,
        progress_line: ProgressLine::new(inputs.bytes_total(), request.limit, output.is_terminal()),
        output,
        inputs: &inputs,
    };
    export.run(format, &options)
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
                "{} is a folder: name a file in it, or the tenant",
                path.display()
            ))),
        },
        (Some(path), _) => Ok(Some(path.clone())),
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// A run under way.
struct Export<'a> {
    exporter: Exporter,
    /// What the exporter has written since the last delivery.
    out: Vec<u8>,
    output: Output,
    rejects: Option<Output>,
    progress_line: ProgressLine,
    inputs: &'a Inputs,
}

impl Export<'_> {
    fn run(mut self, format: Format, options: &ExportOptions) -> Result<(), Failure> {
        let result = self.export();
        // After a failure too: the file may tell why.
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

    fn export(&mut self) -> Result<Totals, Failure> {
        let inputs = self.inputs;
        inputs.read(|piece| {
            let flow = match piece {
                Piece::Chunk(chunk) => self.exporter.push(chunk, &mut self.out),
                Piece::End => self.exporter.end_input(&mut self.out),
            };
            self.deliver(flow)
        })?;
        let totals = self.exporter.finish(&mut self.out);
        self.deliver(totals)
    }

    /// Passes on what a call to the exporter has brought, then its result.
    fn deliver<T>(&mut self, result: Result<T, Error>) -> Result<T, Failure> {
        self.report_left_out()?;
        let result = result.map_err(|error| self.inputs.name(error))?;
        self.output.write(&self.out)?;
        self.out.clear();
        let Progress { exported, .. } = self.exporter.progress();
        self.progress_line.show(&self.exporter.progress(), exported);
        Ok(result)
    }

    fn report_left_out(&mut self) -> Result<(), Failure> {
        let left_out = self.exporter.take_left_out();
        if left_out.is_empty() {
            return Ok(());
        }
        let lines: String = left_out
            .into_iter()
            .map(|left_out| report::line(&self.inputs.name(left_out.into())))
            .collect();
        self.progress_line.aside(|| report::print(&lines));
        match &mut self.rejects {
            Some(rejects) => rejects.write(lines.as_bytes()),
            None => Ok(()),
        }
    }
}
