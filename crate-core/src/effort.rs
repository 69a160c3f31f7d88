//! Counts work, so that tests can check that it grows no faster than the input.
//!
//! Loops over bytes, tokens or fields count their steps. Outside unit tests this does nothing.

#[cfg(test)]
thread_local! {
    static SPENT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts this many steps.
#[inline(always)]
pub(crate) fn spend(count: usize) {
    #[cfg(test)]
    SPENT.set(SPENT.get() + count as u64);
    #[cfg(not(test))]
    let _ = count;
}

#[cfg(test)]
mod tests;
