//! A waiting room full of phones: how long after the button does the last of them know?

use std::sync::Arc;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};

use crate::client::{Kiosk, find};
use crate::hub::Bench;

/// What came of it. Times in microseconds from pressing the button to the message in a listener's hands.
pub struct Crowd {
    pub latency: Histogram<u64>,
    pub memory_mb: f64,
}

/// Calls so many times, at about two calls a second, as a large hospital does.
const CALLS: usize = 12;

/// Connects `listeners` phones to the display channel and calls.
pub async fn listen(hub: &Bench, listeners: usize) -> Crowd {
    let (heard, mut hearing) = mpsc::unbounded_channel::<(u64, Instant)>();
    let connecting = Arc::new(Semaphore::new(64));
    let mut phones = Vec::with_capacity(listeners);
    for _ in 0..listeners {
        let place = Arc::clone(&connecting).acquire_owned().await.unwrap();
        let (address, heard) = (hub.address.clone(), heard.clone());
        phones.push(tokio::spawn(async move {
            let phone = Phone::connect(&address).await;
            drop(place);
            phone.listen(heard).await;
        }));
    }
    // Everybody has the first snapshot: sequence number 0 stands for it.
    for _ in 0..listeners {
        hearing.recv().await.unwrap();
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let memory_mb = hub.memory_mb();

    let mut counter = Kiosk::connect(&hub.address).await;
    let signed_in = counter.sign_in().await;
    for _ in 0..CALLS {
        for _ in 0..4 {
            counter.take().await;
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    while hearing.try_recv().is_ok() {}

    let mut latency = Histogram::new(3).unwrap();
    for _ in 0..CALLS {
        let pressed = Instant::now();
        let answer = counter.post("/api/queue/call-next", &signed_in, r#"{"loket":4}"#).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let mut called = 0;
        while called < listeners {
            let (kind, at) =
                tokio::time::timeout(Duration::from_secs(30), hearing.recv()).await.unwrap().unwrap();
            if kind == 1 {
                called += 1;
                latency.record((at - pressed).as_micros() as u64).unwrap();
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    phones.iter().for_each(tokio::task::JoinHandle::abort);
    Crowd { latency, memory_mb }
}

/// A WebSocket reduced to what is needed: shake hands, subscribe, read text frames.
struct Phone {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Phone {
    async fn connect(address: &str) -> Self {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let hello = "GET /ws HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                     Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(hello.as_bytes()).await.unwrap();
        let mut buffer = Vec::with_capacity(1024);
        let head = loop {
            assert!(stream.read_buf(&mut buffer).await.unwrap() > 0);
            if let Some(head) = find(&buffer, b"\r\n\r\n") {
                break head + 4;
            }
        };
        assert!(buffer.starts_with(b"HTTP/1.1 101"));
        buffer.drain(..head);
        // A masked text frame; a mask of zeros leaves the text as it is.
        let wish = br#"{"subscribe":["display"]}"#;
        let mut frame = vec![0x81, 0x80 | wish.len() as u8, 0, 0, 0, 0];
        frame.extend_from_slice(wish);
        stream.write_all(&frame).await.unwrap();
        Phone { stream, buffer }
    }

    /// Tells of every message: kind 0 snapshot, 1 call, 2 anything else.
    async fn listen(mut self, heard: mpsc::UnboundedSender<(u64, Instant)>) {
        loop {
            while let Some((text, rest)) = first_frame(&self.buffer) {
                let kind = match text {
                    text if find(text, b"\"Snapshot\"").is_some() => 0,
                    text if find(text, b"\"QueueCalled\"").is_some() => 1,
                    _ => 2,
                };
                let _ = heard.send((kind, Instant::now()));
                self.buffer.drain(..rest);
            }
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}

/// The payload of the first whole frame and where the next begins.
fn first_frame(buffer: &[u8]) -> Option<(&[u8], usize)> {
    let (start, length) = match *buffer.get(1)? & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes([*buffer.get(2)?, *buffer.get(3)?]))),
        127 => (10, usize::try_from(u64::from_be_bytes(buffer.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, usize::from(short)),
    };
    Some((buffer.get(start..start + length)?, start + length))
}
