//! Requests of the hub to other machines. Where they go is looked at after the name was resolved and before anything is
//! connected, so that no name leads into the own network; they follow no redirect, wait not long and read not much.

use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use lobi_core::webhooks::{Place, place};
use rustls::crypto::ring;
use rustls::pki_types::InvalidDnsNameError;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;
use tower::Service;

/// How long a connection may take to be made, and all of a request.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next request.
const KEPT: Duration = Duration::from_secs(20);
/// How many bytes of an answer are read.
const READ: usize = 16 * 1024;

/// What another machine answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its status.
    pub status: u16,
    /// The beginning of what it said; empty where that is no text.
    pub text: String,
}

/// Why nothing was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Its name is not known.
    #[error("unknown_host")]
    UnknownHost,
    /// Its address is none that may be asked.
    #[error("refused_address")]
    RefusedAddress,
    /// Nobody is there.
    #[error("unreachable")]
    Unreachable,
    /// It does not show that it is who it should be.
    #[error("tls")]
    Tls,
    /// It took too long.
    #[error("slow")]
    Slow,
}

type Asks = Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>;

/// Which machines a request may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// Those of the internet, with TLS.
    Internet,
    /// Those and the own network's, with TLS.
    Anywhere,
    /// Those of the own network, without TLS.
    Lan,
}

impl To {
    fn of(lan: bool, uri: &Uri) -> Self {
        match (lan, uri.scheme_str() == Some("https")) {
            (false, _) => To::Internet,
            (true, true) => To::Anywhere,
            (true, false) => To::Lan,
        }
    }

    fn may_reach(self, ip: IpAddr) -> bool {
        match self {
            To::Internet => place(ip) == Place::Internet,
            To::Anywhere => place(ip) != Place::Nowhere,
            To::Lan => place(ip) == Place::Lan,
        }
    }
}

/// The door to other machines; what it needs is made when it is first used.
#[derive(Default)]
pub struct Outgoing([OnceLock<Asks>; 3]);

impl Outgoing {
    /// Asks a machine, on the own network only where `lan` says so, and on the internet only with TLS.
    ///
    /// # Errors
    /// Why it did not answer.
    pub async fn ask(&self, request: Request<Full<Bytes>>, lan: bool) -> Result<Answered, Fault> {
        let to = To::of(lan, request.uri());
        // A host that is an address is never resolved.
        if request.uri().host().and_then(literal).is_some_and(|ip| !to.may_reach(ip)) {
            return Err(Fault::RefusedAddress);
        }
        let client = self.0[to as usize].get_or_init(|| client(to));
        let answer = async {
            let answer = client.request(request).await.map_err(|error| why(&error))?;
            let status = answer.status().as_u16();
            // Whoever says more than is read has answered all the same.
            let read = Limited::new(answer.into_body(), READ).collect().await;
            let bytes = read.map(|read| read.to_bytes()).unwrap_or_default();
            let text = String::from_utf8(bytes.into()).unwrap_or_default();
            Ok(Answered { status, text })
        };
        tokio::time::timeout(WHOLE, answer).await.unwrap_or(Err(Fault::Slow))
    }
}

/// The address that stands in place of a host's name.
pub fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn client(to: To) -> Asks {
    let mut http = HttpConnector::new_with_resolver(Resolver(to));
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT));
    http.set_nodelay(true);
    let https = HttpsConnectorBuilder::new().with_tls_config(trusts());
    let https = if to == To::Lan { https.https_or_http() } else { https.https_only() };
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(KEPT)
        .build(https.enable_http1().wrap_connector(http))
}

/// Whom the system trusts; nobody where its certificates cannot be read.
fn trusts() -> ClientConfig {
    let provider = Arc::new(ring::default_provider());
    let begun = || {
        // Its own versions of TLS are those that the provider knows.
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()
    };
    let system = begun().and_then(ConfigBuilderExt::try_with_platform_verifier);
    match system {
        Ok(builder) => builder.with_no_client_auth(),
        Err(error) => {
            tracing::error!(%error, "the system's certificates cannot be read; nobody on the internet is trusted");
            let builder = begun().expect("ring knows the versions of TLS that are the default");
            builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
        }
    }
}

/// Resolves names to addresses that may be asked.
#[derive(Clone, Copy)]
struct Resolver(To);

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Fault>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let to = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Fault::UnknownHost)?;
            let found: Vec<SocketAddr> = found.collect();
            // One that must not be asked spoils the name: nobody means both.
            match found.iter().all(|address| to.may_reach(address.ip())) {
                _ if found.is_empty() => Err(Fault::UnknownHost),
                true => Ok(found.into_iter()),
                false => Err(Fault::RefusedAddress),
            }
        })
    }
}

/// What lies behind an error of the connection.
fn why(error: &(dyn StdError + 'static)) -> Fault {
    let mut at = Some(error);
    while let Some(error) = at {
        if let Some(fault) = error.downcast_ref::<Fault>() {
            return *fault;
        }
        if error.is::<rustls::Error>() {
            return Fault::Tls;
        }
        // No certificate can be for such a name.
        if error.is::<InvalidDnsNameError>() {
            return Fault::UnknownHost;
        }
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            if io.kind() == std::io::ErrorKind::TimedOut {
                return Fault::Slow;
            }
            // What an I/O error carries is not among its sources.
            if let Some(inner) = io.get_ref() {
                let found = why(inner);
                if found != Fault::Unreachable {
                    return found;
                }
            }
        }
        at = error.source();
    }
    Fault::Unreachable
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(uri: &str, lan: bool) -> Result<Answered, Fault> {
        let request = Request::post(uri).body(Full::default()).unwrap();
        Outgoing::default().ask(request, lan).await
    }

    #[tokio::test]
    async fn neither_an_address_nor_a_name_leads_into_the_own_network_unasked() {
        for uri in
            ["https://127.0.0.1:9/", "https://localhost:9/", "https://[::1]:9/", "https://[::ffff:10.0.0.1]/"]
        {
            assert_eq!(asked(uri, false).await, Err(Fault::RefusedAddress), "{uri}");
        }
        assert_eq!(asked("http://8.8.8.8/", true).await, Err(Fault::RefusedAddress), "without TLS only near");
        assert_eq!(asked("https://169.254.169.254/", true).await, Err(Fault::RefusedAddress));
        // Other ways to write 127.0.0.1, as some resolvers read them
        for uri in ["https://127.1:9/", "https://0x7f.1:9/", "https://2130706433:9/"] {
            let asked = asked(uri, false).await;
            assert!(matches!(asked, Err(Fault::RefusedAddress | Fault::UnknownHost)), "{uri}: {asked:?}");
        }
    }

    #[tokio::test]
    async fn who_is_not_there_is_told_from_who_is_not_known() {
        assert_eq!(asked("http://127.0.0.1:1/", true).await, Err(Fault::Unreachable));
        assert_eq!(asked("https://tidak-ada.invalid/", true).await, Err(Fault::UnknownHost));
    }
}
