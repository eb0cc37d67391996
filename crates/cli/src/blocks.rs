//! The beginning of a long file, cut into blocks that are read at the same time.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use cnic_text::{Position, to_u32};

use crate::convert::{Convert, Outcome};
use crate::failure::Failure;
use crate::input::Source;
use crate::kept::Packed;
use crate::target::{Summary, Target};
use crate::unsuccessful::Unsuccessful;

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
    memory: Memory,
    /// How many bytes it has.
    len: usize,
    /// Where it begins in the stream.
    base: Position,
    is_only_checked: bool,
}

/// The memory of a block, which is used again for another one: the system takes longer to give so much of it than the values
/// take to be read.
#[derive(Default)]
struct Memory {
    /// The bytes of the block, and others behind them.
    bytes: Vec<u8>,
    /// Its values, [packed](Packed).
    out: Vec<u8>,
}

/// A block that was read.
struct Done {
    memory: Memory,
    len: usize,
    base: Position,
    problems: Vec<String>,
    unsuccessful: Unsuccessful,
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
    new: &(impl Fn() -> C + Sync),
    target: &mut impl Target,
) -> Result<Rest, Failure> {
    let mut cutter = Cutter::default();
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
                    let is_only_checked = target.out().is_none();
                    match cutter.next::<C>(source, is_only_checked) {
                        Some(block) => {
                            let (sender, done) = mpsc::sync_channel(1);
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
                    cutter.spare.push(summary.take(done, source, target)?);
                }
            }
            Ok::<_, Failure>(())
        })?;
    }
    cutter.bytes.truncate(cutter.len);
    Ok(Rest { bytes: cutter.bytes, base: cutter.base, is_empty })
}

fn finished(done: Receiver<Done>) -> Done {
    done.recv().expect("a thread finishes its block")
}

/// Reads blocks until there are no more.
fn work<C: Convert>(queue: &Mutex<Receiver<(Block, SyncSender<Done>)>>, new: &impl Fn() -> C) {
    let mut values = new();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((block, done)) = next else { return };
        // If nobody waits for it, the program ends.
        let _ = done.send(block.read(&mut values));
    }
}

impl Block {
    fn read(self, values: &mut impl Convert) -> Done {
        let Self { memory: Memory { bytes, mut out }, len, base, .. } = self;
        values.begin(base, true);
        out.clear();
        let mut out = Packed::new(out);
        let (mut problems, mut unsuccessful) = (Vec::new(), Unsuccessful::default());
        let mut read = || {
            let mut rest = &bytes[..len];
            for is_end in [false, true] {
                loop {
                    let chunk = (!is_end).then_some(&mut rest);
                    let out = (!self.is_only_checked).then_some(&mut out);
                    match values.next(chunk, out)? {
                        None | Some(Outcome::Noted(_)) => break,
                        Some(Outcome::Good) => {}
                        Some(Outcome::Unsuccessful(code)) => unsuccessful.add(code),
                        Some(Outcome::Bad(more)) => problems.extend(more),
                    }
                }
            }
            Ok(())
        };
        let written = read();
        let memory = Memory { bytes, out: out.into_inner() };
        Done { memory, len, base, problems, unsuccessful, is_open: values.is_open(), written }
    }
}

impl Summary {
    /// Writes the values of a block, and returns its memory.
    fn take(
        &mut self,
        mut done: Done,
        source: &Source,
        target: &mut impl Target,
    ) -> Result<Memory, Failure> {
        let written = done.written.and_then(|()| target.packed(&done.memory.out));
        written.map_err(|error| target.failure(source, &error))?;
        self.unsuccessful.extend(done.unsuccessful);
        self.problems(&mut done.problems, source, target);
        Ok(done.memory)
    }
}

/// Cuts a stream.
#[derive(Default)]
struct Cutter {
    /// What was read and is in no block, and room behind it.
    bytes: Vec<u8>,
    /// How much was read.
    len: usize,
    /// Where it begins in the stream.
    base: Position,
    spare: Vec<Memory>,
}

impl Cutter {
    /// Returns the next block; `None` at the end of the stream, where it can't be read, or where a value is too long.
    fn next<C: Convert>(&mut self, source: &mut Source, is_only_checked: bool) -> Option<Block> {
        let mut wanted = BLOCK.max(self.len);
        loop {
            self.fill(source, wanted)?;
            let cut = C::last_cut(&self.bytes[..self.len]).filter(|&cut| cut > 0);
            if let Some(cut) = cut {
                return Some(self.block(cut, is_only_checked));
            }
            if wanted >= LONGEST {
                return None;
            }
            wanted = LONGEST.min(wanted * 2);
        }
    }

    /// Reads as many bytes as are wanted in all.
    fn fill(&mut self, source: &mut Source, wanted: usize) -> Option<()> {
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
        while self.len < wanted {
            match source.read(&mut self.bytes[self.len..wanted]) {
                Ok(0) => return None,
                Ok(more) => self.len += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Who reads what was before the error meets it again.
                Err(_) => return None,
            }
        }
        Some(())
    }

    /// Takes a block off the front of what was read.
    fn block(&mut self, len: usize, is_only_checked: bool) -> Block {
        let mut memory = self.spare.pop().unwrap_or_default();
        let rest = &self.bytes[len..self.len];
        if memory.bytes.len() < rest.len() {
            memory.bytes.resize(rest.len(), 0);
        }
        memory.bytes[..rest.len()].copy_from_slice(rest);
        self.len = rest.len();
        std::mem::swap(&mut self.bytes, &mut memory.bytes);
        let lines = memchr::memchr_iter(b'\n', &memory.bytes[..len]).count();
        let base = self.base;
        self.base = Position::new(to_u32(len), to_u32(lines)).offset_by(base);
        Block { memory, len, base, is_only_checked }
    }

    /// Puts a block that is open back in front of what was read after it.
    fn take_back(&mut self, done: Done, later: VecDeque<Receiver<Done>>) {
        self.base = done.base;
        let mut bytes = done.memory.bytes;
        bytes.truncate(done.len);
        for done in later.into_iter().map(finished) {
            bytes.extend_from_slice(&done.memory.bytes[..done.len]);
        }
        bytes.extend_from_slice(&self.bytes[..self.len]);
        (self.len, self.bytes) = (bytes.len(), bytes);
    }
}
