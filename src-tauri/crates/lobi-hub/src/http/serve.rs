//! The listening socket: accepts, limits, shuts down. `axum::serve` has no time-out for headers and no cap on
//! connections; both matter on a network where anybody may connect.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::config::HttpConfig;
use crate::limits::Places;

/// Newcomers that the system holds until they are accepted; the usual 1,024 overflows when a whole waiting room
/// reconnects at once, and who falls out then waits for seconds.
const BACKLOG: u32 = 4_096;

/// Listens on an address; port 0 picks a free one.
///
/// # Errors
/// What the system says: in use, not ours, not allowed.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    if address.ip() == IpAddr::V4(Ipv4Addr::UNSPECIFIED) {
        // Every address of this machine, IPv6 too where the system has it.
        return listen_on_both(address.port()).or_else(|_| listen_on(address));
    }
    listen_on(address)
}

/// One socket for IPv6 and IPv4; Windows has to be told, Linux may have been told otherwise.
fn listen_on_both(port: u16) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_only_v6(false)?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, port)).into())?;
    socket.listen(BACKLOG.cast_signed())?;
    TcpListener::from_std(socket.into())
}

fn listen_on(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A restarted hub takes its port back at once (on Windows this would let a second program share it).
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `shutdown` ends, then lets requests under way finish. `arrived` hears who connects to which own address.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: HttpConfig,
    arrived: impl Fn(IpAddr, IpAddr),
    shutdown: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    // However many connections one address opens and leaves idle, a part stays for the others.
    let by_address = Places::new((limits.connections / 4 * 3).max(1), limits.connections);
    let (stop, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        // With every place taken, newcomers wait in the system's backlog: nobody inside suffers.
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            () = &mut shutdown => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let Some(own) = by_address.take(peer.ip()) else { continue };
                if let Ok(at) = stream.local_addr() {
                    arrived(peer.ip(), at.ip());
                }
                let connection = connection(stream, router.clone(), limits, stopping.clone());
                connections.spawn(async move {
                    connection.await;
                    drop((place, own));
                });
            }
            // Out of file descriptors, most likely: wait for some to come back.
            Err(error) => {
                tracing::warn!(%error, "accepting a connection failed");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    stop.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(limits.stop_within(), all).await;
}

async fn connection(
    stream: TcpStream,
    router: Router,
    limits: HttpConfig,
    mut stopping: watch::Receiver<bool>,
) {
    let Ok(peer) = stream.peer_addr() else { return };
    // Answers are small and complete: waiting to fill a packet only adds delay.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request.map(Body::new));
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.takes_within()));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers_within())
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
        .with_upgrades();
    tokio::pin!(serving);
    tokio::select! {
        // Errors here are clients that went away.
        _ = serving.as_mut() => {}
        () = until_true(&mut stopping) => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}

/// Waits for a flag; a flag whose owner is gone counts as raised.
pub async fn until_true(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|raised| *raised).await;
}
