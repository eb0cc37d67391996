//! How far reading has come, for people who wait.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// What takes less time is not shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts bytes, and draws a bar on standard error if they take long and that is a terminal.
///
/// The bar is gone when the value is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    patience: Duration,
    /// Where the bar is going to be drawn, unless that is nowhere or it is there already.
    target: Option<ProgressDrawTarget>,
}

impl Progress {
    /// Starts the clock. `total`: how many bytes there will be, if that is known.
    pub(crate) fn new(total: Option<u64>) -> Self {
        // Draws nothing where standard error is no terminal, or one that can't move its cursor.
        Self::on(Some(ProgressDrawTarget::stderr()), PATIENCE, total)
    }

    /// Counts, and never draws.
    pub(crate) fn hidden() -> Self {
        Self::on(None, PATIENCE, None)
    }

    fn on(target: Option<ProgressDrawTarget>, patience: Duration, total: Option<u64>) -> Self {
        let template = match total {
            Some(_) => "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes}, {bytes_per_sec}",
        };
        let style =
            ProgressStyle::with_template(template).expect("a template in indicatif's syntax");
        // It is there from the beginning, unseen, or it would take what was read by then for the speed of a moment.
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden())
            .with_style(style)
            .with_finish(ProgressFinish::AndClear);
        Self { bar, patience, target }
    }

    /// Counts bytes that were read.
    pub(crate) fn advance(&mut self, bytes: usize) {
        if let Some(target) = self.target.take_if(|_| self.bar.elapsed() >= self.patience) {
            self.bar.set_draw_target(target);
        }
        self.bar.inc(bytes as u64);
    }

    /// Does something that writes to standard error; the bar makes room for it.
    pub(crate) fn make_room(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    /// A terminal of 80 columns, and progress on it.
    fn progress(patience: Duration, total: Option<u64>) -> (InMemoryTerm, Progress) {
        let terminal = InMemoryTerm::new(10, 80);
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        (terminal, Progress::on(Some(target), patience, total))
    }

    #[test]
    fn nothing_is_drawn_before_patience_ends() {
        let (terminal, mut progress) = progress(Duration::from_secs(3600), Some(2048));
        for _ in 0..100 {
            progress.advance(10);
        }
        drop(progress);
        assert_eq!(terminal.moves_since_last_check(), "");
    }

    #[test]
    fn nothing_is_drawn_where_there_is_no_terminal() {
        for target in [None, Some(ProgressDrawTarget::hidden())] {
            let mut progress = Progress::on(target, Duration::ZERO, Some(2048));
            progress.advance(1024);
            assert!(progress.bar.is_hidden());
        }
    }

    #[test]
    fn the_bar_tells_how_much_of_how_much_and_is_gone_at_the_end() {
        let (terminal, mut progress) = progress(Duration::ZERO, Some(2048));
        progress.advance(512);
        progress.advance(512);
        progress.bar.force_draw();
        let shown = terminal.contents();
        assert!(shown.contains(" 1.00 KiB of 2.00 KiB, "), "{shown}");
        drop(progress);
        assert_eq!(terminal.contents(), "");
    }

    #[test]
    fn without_a_total_the_bytes_are_told() {
        let (terminal, mut progress) = progress(Duration::ZERO, None);
        progress.advance(3072);
        progress.bar.force_draw();
        let shown = terminal.contents();
        assert!(shown.contains("3.00 KiB, ") && !shown.contains(" of "), "{shown}");
        drop(progress);
        assert_eq!(terminal.contents(), "");
    }
}
