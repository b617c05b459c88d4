//! Where a printer is plugged in, as one readable address: in `lobi.toml`, in the hub's settings, on the screen.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::PrintFault;

/// The port on which network printers take raw bytes.
pub const RAW_PORT: u16 = 9100;
/// The usual speed of printers behind a serial line, in baud.
pub const USUAL_BAUD: u32 = 9600;

/// How to reach a printer. Written as an address: `tcp://192.168.1.50:9100`, `usb://04b8:0e15`,
/// `serial:///dev/ttyUSB0?baud=9600`, `serial://COM3?baud=9600`, `queue://EPSON TM-T82`, `file:///dev/usb/lp0`.
/// A bare host or `host:port` is read as a network printer, because that is what people type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Connection {
    /// A printer on the network.
    Tcp {
        /// Name or address, without brackets.
        host: String,
        /// Nearly always [`RAW_PORT`].
        port: u16,
    },
    /// A USB printer, by its two identification numbers.
    Usb {
        /// The maker's number.
        vendor: u16,
        /// The model's number.
        product: u16,
    },
    /// A serial line.
    Serial {
        /// `/dev/ttyUSB0` or `COM3`.
        path: String,
        /// Speed in baud.
        baud: u32,
    },
    /// A print queue of Windows, used raw.
    Queue {
        /// As Windows shows it.
        name: String,
    },
    /// A device file such as `/dev/usb/lp0`, or an ordinary file to which tickets are appended.
    File {
        /// Where it is.
        path: PathBuf,
    },
}

impl FromStr for Connection {
    type Err = PrintFault;

    fn from_str(address: &str) -> Result<Connection, PrintFault> {
        let address = address.trim();
        if address.chars().any(char::is_control) {
            return Err(PrintFault::WrongAddress);
        }
        let read = match address.split_once("://") {
            Some(("tcp", rest)) => tcp(rest),
            Some(("usb", rest)) => usb(rest),
            Some(("serial", rest)) => serial(rest),
            Some(("queue", name)) if !name.is_empty() => Some(Connection::Queue { name: name.to_owned() }),
            Some(("file", path)) => file(path),
            Some(_) => None,
            None => tcp(address),
        };
        read.ok_or(PrintFault::WrongAddress)
    }
}

fn tcp(rest: &str) -> Option<Connection> {
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = if let Some(inner) = rest.strip_prefix('[') {
        let (host, after) = inner.split_once(']')?;
        (host, if after.is_empty() { None } else { Some(after.strip_prefix(':')?) })
    } else if rest.parse::<Ipv6Addr>().is_ok() {
        (rest, None)
    } else {
        rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)))
    };
    let port = match port {
        Some(digits) => digits.parse().ok().filter(|port| *port != 0)?,
        None => RAW_PORT,
    };
    is_host(host).then(|| Connection::Tcp { host: host.to_owned(), port })
}

/// Whether it can be a machine's name or address. Digits and dots alone must be a whole address: `192.168.1.500` is a
/// slip of the finger, not a name to look up.
fn is_host(host: &str) -> bool {
    if host.contains(':') {
        // An interface may be named behind the address: fe80::1%eth0.
        return host.split('%').next().is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    if host.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'))
}

fn usb(rest: &str) -> Option<Connection> {
    let number = |digits: &str| match digits.len() {
        1..=4 => u16::from_str_radix(digits, 16).ok(),
        _ => None,
    };
    let (vendor, product) = rest.split_once(':')?;
    Some(Connection::Usb { vendor: number(vendor)?, product: number(product)? })
}

fn serial(rest: &str) -> Option<Connection> {
    let (path, baud) = match rest.split_once('?') {
        Some((path, query)) => (path, query.strip_prefix("baud=")?.parse().ok().filter(|baud| *baud > 0)?),
        None => (rest, USUAL_BAUD),
    };
    (!path.is_empty()).then(|| Connection::Serial { path: path.to_owned(), baud })
}

fn file(path: &str) -> Option<Connection> {
    // file:///C:/paper.bin names C:/paper.bin.
    let without = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    let path = PathBuf::from(without.unwrap_or(path));
    (without.is_some() || path.has_root()).then_some(Connection::File { path })
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Connection::Tcp { host, port } if host.contains(':') => write!(f, "tcp://[{host}]:{port}"),
            Connection::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            Connection::Usb { vendor, product } => write!(f, "usb://{vendor:04x}:{product:04x}"),
            Connection::Serial { path, baud } => write!(f, "serial://{path}?baud={baud}"),
            Connection::Queue { name } => write!(f, "queue://{name}"),
            Connection::File { path } => {
                let path = path.display().to_string();
                let slash = if path.as_bytes().get(1) == Some(&b':') { "/" } else { "" };
                write!(f, "file://{slash}{path}")
            }
        }
    }
}

impl TryFrom<String> for Connection {
    type Error = PrintFault;

    fn try_from(address: String) -> Result<Connection, PrintFault> {
        address.parse()
    }
}

impl From<Connection> for String {
    fn from(connection: Connection) -> String {
        connection.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_the_same() {
        for address in [
            "tcp://192.168.1.50:9100",
            "tcp://printer-lobi.local:9101",
            "tcp://[fe80::1]:9100",
            "usb://04b8:0e15",
            "serial:///dev/ttyUSB0?baud=19200",
            "serial://COM3?baud=9600",
            "queue://EPSON TM-T82",
            r"queue://\\kasir\Struk",
            "file:///dev/usb/lp0",
            "file:///C:/paper.bin",
        ] {
            let connection: Connection = address.parse().unwrap();
            assert_eq!(connection.to_string(), address);
        }
    }

    #[test]
    fn what_people_leave_out_has_a_usual_value() {
        let usual = |typed: &str| typed.parse::<Connection>().unwrap().to_string();
        assert_eq!(usual("tcp://192.168.1.50"), "tcp://192.168.1.50:9100");
        assert_eq!(usual(" 192.168.1.50 "), "tcp://192.168.1.50:9100");
        assert_eq!(usual("printer.local:9101"), "tcp://printer.local:9101");
        assert_eq!(usual("fe80::1"), "tcp://[fe80::1]:9100");
        assert_eq!(usual("serial:///dev/ttyS0"), "serial:///dev/ttyS0?baud=9600");
        assert_eq!(usual("usb://4b8:e15"), "usb://04b8:0e15");
    }

    #[test]
    fn what_cannot_be_an_address_is_a_wrong_address() {
        for address in [
            "",
            "tcp://",
            "tcp://192.168.1.500",
            "192.168.1",
            "tcp://printer:0",
            "tcp://printer:99999",
            "tcp://dua kata",
            "tcp://[fe80::1",
            "usb://04b8",
            "usb://04b8:0e15x",
            "serial://",
            "serial://COM3?baud=cepat",
            "queue://",
            "file://relative.bin",
            "http://192.168.1.50",
            "tcp://192.168.1.50\u{1b}",
        ] {
            assert_eq!(address.parse::<Connection>(), Err(PrintFault::WrongAddress), "{address:?}");
        }
    }
}
