//! Tickets on thermal paper: a printout in, bytes and an honest outcome out.
