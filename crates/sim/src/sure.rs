//! What cannot fail unless we made a mistake. Such a failure says in words what was assumed and shows no error's fields: code that
//! shows fields is long, and every visitor of the page would load it. Nothing that a person can type comes here.

/// The number as a place or a length in memory. On a page memory is counted in 32 bits.
///
/// # Panics
/// If memory cannot be that large.
pub(crate) fn size(number: u64) -> usize {
    sure(usize::try_from(number), "it fits into memory")
}

/// The value of something that went well.
///
/// # Panics
/// With `why` it was sure to, if it did not.
#[track_caller]
pub(crate) fn sure<T, E>(result: Result<T, E>, why: &str) -> T {
    match result {
        Ok(value) => value,
        Err(_) => not_so(why),
    }
}

#[track_caller]
#[inline(never)]
fn not_so(why: &str) -> ! {
    panic!("{why}")
}
