//! Lists in pages: which one is asked for, and whether there is another.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::{Uri, header, request::Parts};

use super::App;
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

    /// How many rows stand before this page.
    pub fn skipped(self) -> usize {
        (self.page - 1).saturating_mul(self.per_page)
    }

    /// The rows of this page.
    pub fn page_of<T>(self, rows: &[T]) -> impl Iterator<Item = &T> {
        rows.iter().skip(self.skipped()).take(self.per_page)
    }

    /// The next page of a list of so many rows, if there is one.
    pub fn next(self, total: usize) -> Option<usize> {
        (self.page.saturating_mul(self.per_page) < total).then(|| self.page + 1)
    }
}

/// The address by which a list was asked for.
pub struct Here {
    /// `http://192.168.1.5:4040`; nothing where the asker named no host.
    origin: String,
    uri: Uri,
}

impl FromRequestParts<App> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let text = |name: header::HeaderName| parts.headers.get(name)?.to_str().ok();
        // Whoever names another scheme or host than it came by gets an address of its own making, and nobody else does.
        let scheme =
            text(header::HeaderName::from_static("x-forwarded-proto")).filter(|scheme| *scheme == "https");
        let origin = text(header::HOST).map(|host| format!("{}://{host}", scheme.unwrap_or("http")));
        Ok(Here { origin: origin.unwrap_or_default(), uri: parts.uri.clone() })
    }
}

impl Here {
    /// The address of the next page of a list of so many rows, if there is one.
    pub fn next(&self, paging: Paging, total: usize) -> Option<String> {
        let next = paging.next(total)?;
        let asked = self.uri.query().unwrap_or_default().split('&');
        let others = asked.filter(|part| !part.is_empty() && !part.starts_with("page="));
        let query: Vec<String> = others.map(str::to_owned).chain([format!("page={next}")]).collect();
        Some(format!("{}{}?{}", self.origin, self.uri.path(), query.join("&")))
    }
}
