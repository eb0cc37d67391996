//! The beginning of a long file, cut into blocks that are read at the same time.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use cnic_text::{Position, to_u32};

use crate::failure::Failure;
use crate::input::Source;
use crate::kept::Packed;
use crate::stream::{Convert, Outcome, Summary, Target};

/// How long a block is, if a value ends there.
const BLOCK: usize = 1 << 20;

/// How long a block becomes while no value ends. A longer value is not read as a block.
const LONGEST: usize = 1 << 25;

/// How many threads read blocks at most. Each block that is read is held in memory, with its output.
const MOST_THREADS: usize = 8;

/// What was not read as blocks: the end of the stream, and what precedes it in memory.
pub(crate) struct Rest {
    pub(crate) bytes: Vec<u8>,
    /// Where the bytes begin in the stream.
    pub(crate) base: Position,
    /// Whether there was no value before them.
    pub(crate) is_empty: bool,
}

/// A part of a stream in which each value is whole.
struct Block {
    bytes: Vec<u8>,
    /// Where it begins in the stream.
    base: Position,
    is_only_checked: bool,
}

/// A block that was read.
struct Done {
    bytes: Vec<u8>,
    base: Position,
    /// Its values, [packed](Packed).
    out: Vec<u8>,
    problems: Vec<String>,
    has_failures: bool,
    /// Whether it can't be told from the rest of the stream.
    is_open: bool,
    written: io::Result<()>,
}

/// Reads blocks off the front of a long file, as many at a time as there are processors, and writes their values in order.
///
/// Other input is left as it is: a file is there already, but from a pipe what came first has to be told and written before
/// there is more. So is what follows a value that is [too long](LONGEST), and the end.
pub(crate) fn read<C: Convert>(
    summary: &mut Summary,
    source: &mut Source,
    new: &(impl Fn(Position) -> C + Sync),
    target: &mut impl Target,
) -> Result<Rest, Failure> {
    let mut cutter = Cutter { rest: Vec::new(), base: Position::START };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let is_long = source.length().is_some_and(|length| length >= 2 * BLOCK as u64);
    let mut is_empty = true;
    if threads > 1 && is_long && C::last_cut(b"").is_some() {
        let (blocks, queue) = mpsc::channel::<(Block, SyncSender<Done>)>();
        let queue = Mutex::new(queue);
        thread::scope(|scope| {
            // The threads end with the queue.
            let blocks = blocks;
            let begun = (0..threads).filter(|_| {
                let work = || work(&queue, new);
                thread::Builder::new().spawn_scoped(scope, work).is_ok()
            });
            let threads = begun.count();
            let mut open = VecDeque::new();
            let mut has_more = threads > 0;
            while has_more || !open.is_empty() {
                if has_more && open.len() <= threads {
                    match cutter.next::<C>(source) {
                        Some((bytes, base)) => {
                            let (sender, done) = mpsc::sync_channel(1);
                            let is_only_checked = target.out().is_none();
                            let block = Block { bytes, base, is_only_checked };
                            blocks.send((block, sender)).expect("the threads wait for blocks");
                            open.push_back(done);
                        }
                        None => has_more = false,
                    }
                } else if let Some(done) = open.pop_front().map(finished) {
                    if done.is_open {
                        cutter.take_back(done, open);
                        break;
                    }
                    is_empty = false;
                    summary.take(done, source, target)?;
                }
            }
            Ok::<_, Failure>(())
        })?;
    }
    Ok(Rest { bytes: cutter.rest, base: cutter.base, is_empty })
}

fn finished(done: Receiver<Done>) -> Done {
    done.recv().expect("a thread finishes its block")
}

/// Reads blocks until there are no more.
fn work<C: Convert>(
    queue: &Mutex<Receiver<(Block, SyncSender<Done>)>>,
    new: &impl Fn(Position) -> C,
) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((block, done)) = next else { return };
        // If nobody waits for it, the program ends.
        let values = new(block.base);
        let _ = done.send(block.read(values));
    }
}

impl Block {
    fn read(self, mut values: impl Convert) -> Done {
        let mut out = Packed::new(Vec::with_capacity(self.bytes.len() / 2));
        let (mut problems, mut has_failures) = (Vec::new(), false);
        let mut read = || {
            let mut rest = &self.bytes[..];
            for is_end in [false, true] {
                loop {
                    let chunk = (!is_end).then_some(&mut rest);
                    let out = (!self.is_only_checked).then_some(&mut out);
                    match values.next(chunk, out)? {
                        None | Some(Outcome::Noted(_)) => break,
                        Some(Outcome::Good) => {}
                        Some(Outcome::Unsuccessful) => has_failures = true,
                        Some(Outcome::Bad(more)) => problems.extend(more),
                    }
                }
            }
            Ok(())
        };
        let written = read();
        let (out, is_open) = (out.into_inner(), values.is_open());
        Done { bytes: self.bytes, base: self.base, out, problems, has_failures, is_open, written }
    }
}

impl Summary {
    /// Writes the values of a block.
    fn take(
        &mut self,
        mut done: Done,
        source: &Source,
        target: &mut impl Target,
    ) -> Result<(), Failure> {
        let written = done.written.and_then(|()| target.packed(&done.out));
        written.map_err(|error| target.failure(source, &error))?;
        self.has_failures |= done.has_failures;
        self.problems(&mut done.problems, source, target);
        Ok(())
    }
}

/// Cuts a stream.
struct Cutter {
    /// What was read and is in no block.
    rest: Vec<u8>,
    /// Where it begins in the stream.
    base: Position,
}

impl Cutter {
    /// Returns the next block, and where it begins; `None` at the end of the stream, where it can't be read, or where a value
    /// is too long.
    fn next<C: Convert>(&mut self, source: &mut Source) -> Option<(Vec<u8>, Position)> {
        let mut wanted = BLOCK;
        loop {
            let more = wanted.saturating_sub(self.rest.len());
            let read = source.by_ref().take(more as u64).read_to_end(&mut self.rest);
            // What is before an error is read first, and then meets it again.
            if read.is_err() || self.rest.len() < wanted {
                return None;
            }
            let cut = C::last_cut(&self.rest).filter(|&cut| cut > 0);
            if let Some(cut) = cut {
                let rest = self.rest.split_off(cut);
                let block = std::mem::replace(&mut self.rest, rest);
                let lines = memchr::memchr_iter(b'\n', &block).count();
                let base = self.base;
                self.base = Position::new(to_u32(cut), to_u32(lines)).offset_by(base);
                return Some((block, base));
            }
            if wanted == LONGEST {
                return None;
            }
            wanted = LONGEST.min(wanted * 2);
        }
    }

    /// Puts a block that is open back in front of what was read after it.
    fn take_back(&mut self, done: Done, later: VecDeque<Receiver<Done>>) {
        self.base = done.base;
        let mut bytes = done.bytes;
        later.into_iter().map(finished).for_each(|done| bytes.extend_from_slice(&done.bytes));
        bytes.append(&mut self.rest);
        self.rest = bytes;
    }
}
