//! Lists in pages: which one is asked for, and whether there is another.

use crate::error::Refusal;

/// The most rows on one page.
pub const MOST_PER_PAGE: usize = 1_000;

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Which page, from 1.
    pub page: usize,
    /// Rows per page.
    pub per_page: usize,
}

impl Paging {
    /// The page that was asked for: the first, and 200 rows, unless told.
    ///
    /// # Errors
    /// There is no page 0, and none of more than [`MOST_PER_PAGE`] rows.
    pub fn of(page: Option<usize>, per_page: Option<usize>) -> Result<Self, Refusal> {
        let (page, per_page) = (page.unwrap_or(1), per_page.unwrap_or(200));
        if page == 0 || !(1..=MOST_PER_PAGE).contains(&per_page) {
            return Err(Refusal::invalid([(if page == 0 { "page" } else { "per_page" }, "page")]));
        }
        Ok(Paging { page, per_page })
    }

    /// The rows of this page.
    pub fn page_of<T>(self, rows: &[T]) -> impl Iterator<Item = &T> {
        rows.iter().skip((self.page - 1).saturating_mul(self.per_page)).take(self.per_page)
    }

    /// The next page of a list of so many rows, if there is one.
    pub fn next(self, total: usize) -> Option<usize> {
        (self.page.saturating_mul(self.per_page) < total).then(|| self.page + 1)
    }
}
