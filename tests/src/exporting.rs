//! Runs an export in memory, with the input cut into chunks of any size.

use std::ops::ControlFlow;

use crate::Outcome;
use rollcall_core::{
    Connection, Error, ExportOptions, ExportRequest, ExportedSlice, Exporter, Findings,
    InspectedSlice, Inspector, LeftOut, Pass, Plan, Reading, SliceExporter, SliceInspector,
    Unpacker,
};
use serde_json::{Value, to_value};

/// An export with all that it needs.
#[derive(Clone, Debug, Default)]
pub struct Export<'a> {
    /// The request body.
    pub request: &'a [u8],
    /// What stands beside the body.
    pub options: ExportOptions,
    /// All connections there are, where that is known.
    pub connections: Option<Vec<Connection>>,
    /// The files, one after another.
    pub inputs: Vec<&'a [u8]>,
}

impl<'a> Export<'a> {
    /// One input and no options.
    pub fn of(request: &'a str, input: &'a [u8]) -> Self {
        Self {
            request: request.as_bytes(),
            inputs: vec![input],
            ..Self::default()
        }
    }

    /// Runs with chunks of at most `size` bytes.
    pub fn in_chunks_of(&self, size: usize) -> Outcome {
        self.run(|_| size)
    }

    /// Runs with every file as one chunk.
    pub fn whole(&self) -> Outcome {
        self.run(|rest| rest)
    }

    /// Runs with chunks of the sizes that `next` gives, told how many bytes are left of the file.
    pub fn run(&self, next: impl FnMut(usize) -> usize) -> Outcome {
        self.outcome(next, &mut None)
    }

    /// Runs with the input cut into slices of the sizes that `next` gives, which two workers export
    /// by turns before anybody knows whether they are lines.
    pub fn in_slices(&self, next: impl FnMut(usize) -> usize) -> Outcome {
        self.outcome(next, &mut Some(Vec::new()))
    }

    /// Runs whole, and again cut into chunks and into slices of the sizes that `next` gives.
    ///
    /// # Panics
    /// If not the same comes of all three.
    pub fn however_cut(&self, mut next: impl FnMut(usize) -> usize) -> Outcome {
        let whole = self.whole();
        let inputs = || {
            self.inputs
                .iter()
                .map(|input| input.escape_ascii().to_string())
        };
        for other in [self.run(&mut next), self.in_slices(&mut next)] {
            assert_eq!(
                other.result,
                whole.result,
                "{:?}",
                inputs().collect::<Vec<_>>()
            );
            assert_eq!(
                other.left_out,
                whole.left_out,
                "{:?}",
                inputs().collect::<Vec<_>>()
            );
            // How gzip packs depends on the chunks.
            if whole.result.is_ok() && !self.options.gzip {
                assert_eq!(
                    other.output.escape_ascii().to_string(),
                    whole.output.escape_ascii().to_string(),
                    "{:?}",
                    inputs().collect::<Vec<_>>()
                );
            }
        }
        whole
    }

    fn outcome(
        &self,
        next: impl FnMut(usize) -> usize,
        workers: &mut Option<Vec<SliceExporter>>,
    ) -> Outcome {
        let mut outcome = Outcome {
            output: Vec::new(),
            left_out: Vec::new(),
            result: Ok(None),
        };
        outcome.result = self
            .drive(next, workers, &mut outcome.output, &mut outcome.left_out)
            .map(Some)
            .map_err(report);
        outcome
    }

    fn drive(
        &self,
        mut next: impl FnMut(usize) -> usize,
        workers: &mut Option<Vec<SliceExporter>>,
        output: &mut Vec<u8>,
        left_out: &mut Vec<Value>,
    ) -> Result<Value, Error> {
        let request = ExportRequest::from_json(self.request)?;
        let mut plan = Plan::new(&request, &self.options)?;
        if let Some(connections) = &self.connections {
            plan = plan.among(connections)?;
        }
        if let Some(workers) = workers {
            *workers = vec![
                SliceExporter::new(plan.clone()),
                SliceExporter::new(plan.clone()),
            ];
        }
        let mut exporter = Exporter::new(plan);
        let mut feed = || -> Result<(), Error> {
            for (index, input) in self.inputs.iter().enumerate() {
                let in_this = |error| Error {
                    input: index,
                    ..error
                };
                let mut unpacker = workers.as_ref().and_then(|_| Unpacker::of(input));
                let mut from = 0;
                let mut rest = *input;
                while !rest.is_empty() {
                    let size = next(rest.len()).clamp(1, rest.len());
                    let (mut chunk, behind) = rest.split_at(size);
                    rest = behind;
                    let Some(workers) = workers.as_mut() else {
                        if exporter.push(chunk, output)?.is_break() {
                            return Ok(());
                        }
                        continue;
                    };
                    let mut result = Ok(());
                    // Text that found no room waits when the chunk is used up.
                    let mut is_full = true;
                    while result.is_ok() && is_full {
                        let mut text = chunk.to_vec();
                        match &mut unpacker {
                            None => is_full = false,
                            Some(unpacker) => {
                                text = Vec::with_capacity(size);
                                let before = chunk.len();
                                result = unpacker.unpack(&mut chunk, &mut text).map_err(in_this);
                                exporter.unpacked((before - chunk.len()) as u64);
                                is_full = text.len() == text.capacity();
                            }
                        }
                        workers.reverse();
                        let worker = &mut workers[0];
                        if push_slice(&mut exporter, worker, &text, from, output)?.is_break() {
                            return Ok(());
                        }
                        from += text.len() as u64;
                    }
                    if result.is_err() && exporter.flush_input(output)?.is_break() {
                        return Ok(());
                    }
                    result?;
                }
                if let Some(unpacker) = unpacker
                    && let Err(error) = unpacker.end()
                {
                    return match exporter.flush_input(output)? {
                        ControlFlow::Break(()) => Ok(()),
                        ControlFlow::Continue(()) => Err(in_this(error)),
                    };
                }
                if exporter.end_input(output)? == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
            Ok(())
        };
        let fed = feed();
        left_out.extend(exporter.take_left_out().iter().map(left_out_report));
        fed?;
        let totals = exporter.finish(output);
        left_out.extend(exporter.take_left_out().iter().map(left_out_report));
        Ok(to_value(totals?).expect("counts are JSON"))
    }

    /// The connections found in the inputs, each file cut into chunks of at most `size` bytes.
    pub fn list_connections(&self, size: usize) -> Result<Vec<Value>, Value> {
        self.inspect(|_| size, false).map(connections_found)
    }

    /// The same, in slices.
    pub fn list_connections_in_slices(&self, size: usize) -> Result<Vec<Value>, Value> {
        self.inspect(|_| size, true).map(connections_found)
    }

    /// What is found in the inputs, cut into chunks or slices.
    pub fn inspect(
        &self,
        mut next: impl FnMut(usize) -> usize,
        in_slices: bool,
    ) -> Result<Findings, Value> {
        let reading = Reading::new(&self.options).map_err(|error| report(error.into()))?;
        let mut worker = SliceInspector::new(&reading);
        let mut inspector = Inspector::new(reading);
        for input in &self.inputs {
            let mut rest = *input;
            while !rest.is_empty() {
                let from = input.len() - rest.len();
                let (chunk, behind) = rest.split_at(next(rest.len()).clamp(1, rest.len()));
                rest = behind;
                if !in_slices {
                    inspector.push(chunk).map_err(report)?;
                    continue;
                }
                let slice = worker.inspect(chunk, from as u64).to_bytes();
                let slice = InspectedSlice::from_bytes(&slice).expect("it was one");
                let push = |inspector: &mut Inspector, text: &[u8], _: &mut Vec<u8>| {
                    inspector.push(text).map(ControlFlow::Continue)
                };
                let _ = inspector
                    .merge(chunk, Some((slice, &[])), &mut Vec::new(), push)
                    .map_err(report)?;
            }
            inspector.end_input().map_err(report)?;
        }
        Ok(inspector.findings())
    }
}

fn push_slice(
    exporter: &mut Exporter,
    worker: &mut SliceExporter,
    text: &[u8],
    from: u64,
    output: &mut Vec<u8>,
) -> Result<ControlFlow<()>, Error> {
    let mut rows = Vec::new();
    let slice = worker.export(text, from, &mut rows).to_bytes();
    let slice = ExportedSlice::from_bytes(&slice).expect("it was one");
    exporter.merge(text, Some((slice, &rows)), output, Exporter::push)
}

fn connections_found(findings: Findings) -> Vec<Value> {
    findings
        .connections
        .iter()
        .map(|one| to_value(one).expect("a connection is JSON"))
        .collect()
}

fn report(error: Error) -> Value {
    to_value(error).expect("a report is JSON")
}

fn left_out_report(left_out: &LeftOut) -> Value {
    to_value(left_out).expect("a report is JSON")
}
