//! Reading QR codes in frames.
