//! A disk of which one step fails.

use std::fs::Permissions;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::super::{Disk, RealDisk, Temporary};

/// What the command asks of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Open,
    Read,
    Create,
    Write,
    Sync,
    Rename,
}

/// What the system answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An error by its number.
    Os(i32),
    /// A signal came: to be tried again.
    Interrupted,
    /// Only the half is read or written: to be gone on with.
    Short,
    /// Nothing is written, without an error.
    Nothing,
}

impl Fault {
    /// Whether the command is to go on.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::Interrupted | Self::Short)
    }

    /// What a report must say.
    pub fn cause(self) -> String {
        match self {
            Self::Os(number) => io::Error::from_raw_os_error(number).to_string(),
            Self::Nothing => "failed to write whole buffer".to_owned(),
            Self::Interrupted | Self::Short => unreachable!("it goes on"),
        }
    }

    /// How many bytes of `length` are moved, or why none is.
    fn of(self, length: usize) -> io::Result<usize> {
        match self {
            Self::Os(number) => Err(io::Error::from_raw_os_error(number)),
            Self::Interrupted => Err(io::ErrorKind::Interrupted.into()),
            Self::Short => Ok(length.div_ceil(2)),
            Self::Nothing => Ok(0),
        }
    }
}

/// Counts down to the fault, in whichever thread the step is taken.
struct Fuse {
    step: Step,
    fault: Fault,
    left: AtomicU64,
}

/// `left` of a fuse that has burnt; one that never burns begins higher than any run gets.
const BURNT: u64 = 0;

impl Fuse {
    /// The fault, if it is the turn of this step.
    fn burn(&self, step: Step) -> Option<Fault> {
        if step != self.step {
            return None;
        }
        let left = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        (left == Ok(BURNT + 1)).then_some(self.fault)
    }

    fn check(&self, step: Step) -> io::Result<()> {
        self.burn(step)
            .map_or(Ok(()), |fault| fault.of(0).map(drop))
    }
}

/// The real disk, but for one step; standard input and output are in memory.
pub struct FaultyDisk {
    fuse: Arc<Fuse>,
    stdin: Vec<u8>,
    stdout: Arc<Mutex<Vec<u8>>>,
}

impl FaultyDisk {
    /// The step of this number, from 1, has the fault.
    pub fn new(stdin: Vec<u8>, step: Step, fault: Fault, number: u64) -> Arc<Self> {
        let left = AtomicU64::new(BURNT + number);
        Arc::new(Self {
            fuse: Arc::new(Fuse { step, fault, left }),
            stdin,
            stdout: Arc::default(),
        })
    }

    pub fn without_fault(stdin: Vec<u8>) -> Arc<Self> {
        Self::new(stdin, Step::Rename, Fault::Nothing, u64::MAX)
    }

    /// As the command takes it.
    pub fn shared(self: &Arc<Self>) -> Arc<dyn Disk> {
        Arc::clone(self) as Arc<dyn Disk>
    }

    /// Whether there were as many steps.
    pub fn has_fired(&self) -> bool {
        self.fuse.left.load(Ordering::SeqCst) == BURNT
    }

    pub fn stdout(&self) -> Vec<u8> {
        self.stdout.lock().unwrap().clone()
    }

    fn faulty<T>(&self, inner: T) -> Faulty<T> {
        Faulty {
            fuse: Arc::clone(&self.fuse),
            inner,
        }
    }
}

impl Disk for FaultyDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        self.fuse.check(Step::Open)?;
        Ok(Box::new(self.faulty(RealDisk.open(path)?)))
    }

    fn stdin(&self) -> Box<dyn Read + Send> {
        Box::new(self.faulty(Cursor::new(self.stdin.clone())))
    }

    fn stdout(&self) -> Box<dyn Write> {
        Box::new(self.faulty(Memory(Arc::clone(&self.stdout))))
    }

    /// This one goes nowhere.
    fn shares_standard_error(&self, _: &Path) -> bool {
        false
    }

    fn device(&self, path: &Path) -> io::Result<(Box<dyn Write>, bool)> {
        RealDisk.device(path)
    }

    fn temporary(
        &self,
        folder: &Path,
        permissions: Option<Permissions>,
    ) -> io::Result<Box<dyn Temporary>> {
        self.fuse.check(Step::Create)?;
        Ok(Box::new(
            self.faulty(RealDisk.temporary(folder, permissions)?),
        ))
    }
}

struct Faulty<T> {
    fuse: Arc<Fuse>,
    inner: T,
}

impl<T: Read> Read for Faulty<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.fuse.burn(Step::Read) {
            Some(fault) => {
                let length = fault.of(buffer.len())?;
                self.inner.read(&mut buffer[..length])
            }
            None => self.inner.read(buffer),
        }
    }
}

impl<T: Write> Write for Faulty<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.fuse.burn(Step::Write) {
            // What is moved before an error is on the disk, as with a real one that fills up.
            Some(Fault::Os(number)) => {
                self.inner.write_all(&bytes[..bytes.len() / 2])?;
                Err(io::Error::from_raw_os_error(number))
            }
            Some(fault) => match fault.of(bytes.len())? {
                0 => Ok(0),
                length => self.inner.write(&bytes[..length]),
            },
            None => self.inner.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.fuse.check(Step::Sync)?;
        self.inner.flush()
    }
}

impl Temporary for Faulty<Box<dyn Temporary>> {
    fn sync(&mut self) -> io::Result<()> {
        self.fuse.check(Step::Sync)?;
        self.inner.sync()
    }

    fn persist(self: Box<Self>, target: &Path) -> io::Result<()> {
        self.fuse.check(Step::Rename)?;
        self.inner.persist(target)
    }
}

/// Standard output.
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
