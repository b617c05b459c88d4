//! Which addresses phones came by outlives a restart; else every morning would begin with a warning.

use std::sync::Arc;

use super::store;
use crate::act::Caller;
use crate::db::DbError;
use crate::error::Result;
use crate::hub::Hub;

/// Brings what is on disk back, at a start.
///
/// # Errors
/// [`DbError`] when it cannot be read.
pub async fn remember(hub: &Arc<Hub>) -> Result<(), DbError> {
    hub.reached.remember(hub.db.read(store::all).await?);
    Ok(())
}

/// Writes down what is new: once for every address there ever was.
///
/// # Errors
/// A database error.
pub async fn keep(hub: &Arc<Hub>, caller: Caller) -> Result<()> {
    let news = hub.reached.news();
    if news.is_empty() {
        return Ok(());
    }
    let written = news.clone();
    hub.act(caller, move |act| {
        written.iter().try_for_each(|(authority, at)| Ok(store::insert(act.sql(), authority, *at)?))
    })
    .await?;
    news.iter().for_each(|(authority, _)| hub.reached.kept(authority));
    Ok(())
}
