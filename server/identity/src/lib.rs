//! Who people are, asked of an OpenID Connect provider: authorization code with PKCE, state and
//! nonce; keys found by discovery and found again when they change; user information as JSON or
//! signed, as ProConnect sends it.

mod claims;
mod http;
mod keys;
mod provider;

pub use self::{
    http::SetUpError,
    provider::{OpenId, Settings},
};
