//! How much is looked at: tests see that it grows with the input and no faster.
//!
//! Loops over bytes, tokens or fields tell of their work. Outside of unit tests that is nothing.

#[cfg(test)]
thread_local! {
    static SPENT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// So many things are looked at.
#[inline(always)]
pub(crate) fn spend(count: usize) {
    #[cfg(test)]
    SPENT.set(SPENT.get() + count as u64);
    #[cfg(not(test))]
    let _ = count;
}

#[cfg(test)]
mod tests;
