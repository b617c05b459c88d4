//! Two machines on one network, as namespaces joined by a virtual cable: the hub is found, gets another address from
//! the router, and is found again. Needs root and iproute2: `cargo test -p lobi-hub --test network -- --ignored`.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// What a network may take to tell of a change.
const PATIENCE: Duration = Duration::from_secs(60);

/// Two hosts and the cable between them; gone when dropped.
struct Network {
    hub: String,
    client: String,
}

fn ip(arguments: &str) {
    let status =
        Command::new("ip").args(arguments.split_whitespace()).status().expect("iproute2 is installed");
    assert!(status.success(), "ip {arguments}");
}

impl Network {
    fn new() -> Network {
        let id = std::process::id();
        let (hub, client) = (format!("lobi-hub-{id}"), format!("lobi-client-{id}"));
        let (a, b) = (format!("lh{id}"), format!("lc{id}"));
        ip(&format!("netns add {hub}"));
        ip(&format!("netns add {client}"));
        ip(&format!("link add {a} netns {hub} type veth peer name {b} netns {client}"));
        for (host, link, address, ip6) in [
            (&hub, &a, "192.168.77.5/24", "fd00:77::5/64"),
            (&client, &b, "192.168.77.9/24", "fd00:77::9/64"),
        ] {
            ip(&format!("-n {host} link set lo up"));
            ip(&format!("-n {host} link set {link} name lan0"));
            ip(&format!("-n {host} addr add {address} dev lan0"));
            ip(&format!("-n {host} addr add {ip6} dev lan0 nodad"));
            ip(&format!("-n {host} link set lan0 up"));
        }
        Network { hub, client }
    }

    /// Starts the hub's program on one of the hosts; gives its lines.
    fn start(&self, host: &str, arguments: &[&str]) -> (Running, Receiver<String>) {
        let mut child = Command::new("ip")
            .args(["netns", "exec", host, env!("CARGO_BIN_EXE_lobi-hub")])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (send, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        (Running(child), lines)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for host in [&self.hub, &self.client] {
            let _ = Command::new("ip").args(["netns", "del", host]).status();
        }
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The next hub in the list that fits.
fn hub_where(lines: &Receiver<String>, fits: impl Fn(&Value) -> bool) -> Value {
    loop {
        let line = lines.recv_timeout(PATIENCE).expect("the hub is found in time");
        let hub: Value = serde_json::from_str(&line).unwrap();
        if fits(&hub) {
            return hub;
        }
    }
}

fn has(hub: &Value, address: &str) -> bool {
    hub["addresses"].as_array().is_some_and(|all| all.iter().any(|one| one == address))
}

#[test]
#[ignore = "needs root and iproute2; ./test network runs it"]
fn a_hub_is_found_and_found_again_when_its_address_changes() {
    let network = Network::new();
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    let (_hub, ready) = network.start(&network.hub, &["--data", data, "--listen", "0.0.0.0:4040", "--demo"]);
    ready.recv_timeout(PATIENCE).expect("the hub starts");
    let (_finder, lines) = network.start(&network.client, &["--find"]);

    let found = hub_where(&lines, |hub| has(hub, "http://192.168.77.5:4040"));
    assert!(found["id"].as_str().is_some_and(|id| id.len() == 10));
    assert_eq!(found["version"], env!("CARGO_PKG_VERSION"));
    let both = hub_where_or(&lines, found.clone(), |hub| has(hub, "http://[fd00:77::5]:4040"));
    assert_eq!(both["addresses"][0], "http://192.168.77.5:4040", "IPv4 first, IPv6 too");

    ip(&format!("-n {} addr del 192.168.77.5/24 dev lan0", network.hub));
    ip(&format!("-n {} addr add 192.168.77.66/24 dev lan0", network.hub));
    let again = hub_where(&lines, |hub| has(hub, "http://192.168.77.66:4040"));
    assert_eq!(again["id"], found["id"], "the same hub by its id");
    let health = Command::new("ip")
        .args(["netns", "exec", &network.client, "curl", "-sf", "http://192.168.77.66:4040/health"])
        .output()
        .unwrap();
    assert!(health.status.success(), "it answers at its new address");
}

/// What was found already, if it fits, else the next one that does.
fn hub_where_or(lines: &Receiver<String>, found: Value, fits: impl Fn(&Value) -> bool) -> Value {
    if fits(&found) { found } else { hub_where(lines, fits) }
}
