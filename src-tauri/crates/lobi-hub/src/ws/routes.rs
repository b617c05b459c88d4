//! `GET /ws` and `GET /ws/loket/{n}`: the door to the live feed.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::session::Session;
use crate::error::Code;
use crate::http::auth::Peer;
use crate::http::body::Path;
use crate::http::proxy::is_own_page;
use crate::http::{ApiError, App};

/// A request to speak WebSocket, or the reason why it is none.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// The live feed. Send `{"subscribe":["queue.umum","display"],"since":4711}`.
#[utoipa::path(get, path = "/ws", tag = "live",
    responses((status = 101, description = "WebSocket: see the README, section “Live”")))]
pub async fn listen(
    State(hub): State<App>,
    peer: Peer,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    open(hub, peer, &headers, upgrade, vec![])
}

/// The live feed, already subscribed to a counter (seed 1).
#[utoipa::path(get, path = "/ws/loket/{n}", tag = "live", params(("n" = u32, Path, description = "Counter number")),
    responses((status = 101, description = "WebSocket, subscribed to loket.{n}")))]
pub async fn listen_at_counter(
    State(hub): State<App>,
    Path(counter): Path<u32>,
    peer: Peer,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    open(hub, peer, &headers, upgrade, vec![format!("loket.{counter}")])
}

fn open(
    hub: App,
    Peer(from): Peer,
    headers: &HeaderMap,
    upgrade: Upgrade,
    channels: Vec<String>,
) -> Result<Response, ApiError> {
    if !is_own_page(headers, from, &hub.site().public_address) {
        let page = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or("?");
        tracing::warn!(
            page,
            "a page of another name may not listen; behind a proxy, write the address that phones use into the settings"
        );
        return Err(Code::ForeignPage.into());
    }
    let token = crate::http::auth::bearer(headers).map(str::to_owned);
    let upgrade = upgrade.map_err(|_| ApiError::from(Code::UpgradeRequired))?;
    // Refused before the upgrade: who listens leaves room for who asks.
    let place = hub.limits.listen(from)?;
    // Small buffers: ten thousand phones listen and say almost nothing.
    let upgrade = upgrade
        .read_buffer_size(1024)
        .write_buffer_size(0)
        .max_write_buffer_size(256 * 1024)
        .max_message_size(16 * 1024)
        .max_frame_size(16 * 1024);
    Ok(upgrade
        .on_upgrade(move |socket| async move { Session::new(hub, socket, place).run(channels, token).await }))
}
