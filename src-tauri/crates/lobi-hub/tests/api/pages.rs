//! The screens as a browser gets them: packed, and not twice.

use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::harness::{TestHub, a_hub};

async fn asked(hub: &TestHub, path: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, Vec<u8>) {
    let mut request = hub.visitor.request(Method::GET, path).await;
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_page_is_sent_packed_where_the_browser_takes_it_and_once_while_it_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("assets")).unwrap();
    for (name, text) in [("index.html", "page"), ("index.html.br", "br-page"), ("index.html.gz", "gz-page")] {
        write(name, text);
    }
    write("assets/a-1234.js", "script");
    write("assets/a-1234.js.gz", "gz-script");
    let hub = a_hub().ui(folder.path().to_owned()).open().await;

    let any = [("accept-encoding", "gzip, deflate, br")];
    let (status, headers, body) = asked(&hub, "/kiosk", &any).await;
    assert_eq!(
        (status, &headers["content-encoding"], &body[..]),
        (200, &"br".parse().unwrap(), &b"br-page"[..])
    );
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(
        (&headers["cache-control"], &headers["vary"]),
        (&"no-cache".parse().unwrap(), &"accept-encoding".parse().unwrap())
    );
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let (status, _, body) = asked(&hub, "/kiosk", &[any[0], ("if-none-match", &tag)]).await;
    assert_eq!((status, body.len()), (304, 0), "nothing changed");

    // An old television takes only what it always took.
    let (_, headers, body) = asked(&hub, "/tv", &[]).await;
    assert_eq!((headers.get("content-encoding"), &body[..]), (None, &b"page"[..]));
    assert_ne!(headers["etag"].to_str().unwrap(), tag, "other bytes have another name");
    let (_, headers, body) = asked(&hub, "/assets/a-1234.js", &any).await;
    assert_eq!((&headers["content-encoding"], &body[..]), (&"gzip".parse().unwrap(), &b"gz-script"[..]));
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(asked(&hub, "/assets/gone.js", &any).await.0, 404);

    // A new build is noticed.
    write("index.html.br", "br-page 2");
    let (status, _, body) = asked(&hub, "/kiosk", &[any[0], ("if-none-match", &tag)]).await;
    assert_eq!((status, &body[..]), (200, &b"br-page 2"[..]));
}
