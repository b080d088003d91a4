//! Progress on standard error, for whatever takes longer than a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const QUIET: Duration = Duration::from_secs(1);

/// One step of a command: silent for its first second, then a bar.
pub struct Step {
    bar: ProgressBar,
    started: Instant,
    shown: std::cell::Cell<bool>,
}

impl Step {
    /// A step of `total` units; 0 when nobody knows.
    pub fn new(name: &str, total: u64) -> Step {
        let bar =
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let template = if total > 0 {
            "{msg:28} {bar:30} {percent:>3} %  {eta}"
        } else {
            "{msg:28} {spinner} {elapsed}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Step {
            bar,
            started: Instant::now(),
            shown: std::cell::Cell::new(false),
        }
    }

    /// A step of which nobody knows how far it is.
    pub fn spinner(name: &str) -> Step {
        let step = Step::new(name, 0);
        step.bar.set_draw_target(ProgressDrawTarget::stderr());
        step.bar.enable_steady_tick(QUIET);
        step
    }

    /// Says how much is done.
    pub fn at(&self, done: u64) {
        if !self.shown.get() && self.started.elapsed() > QUIET {
            self.shown.set(true);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
