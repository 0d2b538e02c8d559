//! Passwords: Argon2id with the parameters that OWASP names first (19 MiB, two passes, one lane).
//!
//! An unknown login takes as long as a wrong password, because both do the same work; and no more
//! hashes run at once than the machine has memory for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::chance;
use crate::error::ApiError;

/// The fewest characters of a password.
pub const LEAST_CHARACTERS: usize = 8;
/// The most characters of a password.
pub const MOST_CHARACTERS: usize = 128;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const AT_ONCE: usize = 2;

/// Makes and checks password hashes, off the threads that answer requests.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    nobody: Arc<str>,
    hashed: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash_now("nobody").into(),
            hashed: Arc::default(),
        }
    }
}

impl Passwords {
    /// Hashes a new password; the answer names parameters and salt beside the digest.
    pub async fn hash(&self, password: String) -> Result<String, ApiError> {
        let characters = password.chars().count();
        if !(LEAST_CHARACTERS..=MOST_CHARACTERS).contains(&characters) {
            let (least, most) = (LEAST_CHARACTERS, MOST_CHARACTERS);
            return Err(ApiError::PasswordUnfit { least, most });
        }
        Ok(self.in_turn(move || hash_now(&password)).await)
    }

    /// Checks a password against a hash; without a hash it does the same work and says no.
    pub async fn check(&self, password: String, hash: Option<String>) -> bool {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.as_ref().to_owned());
        let right = self.in_turn(move || {
            let too_long = password.chars().count() > MOST_CHARACTERS;
            let password = if too_long { String::new() } else { password };
            PasswordHash::new(&hash)
                .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
        });
        right.await && known
    }

    /// How many passwords were hashed since the start, each at the same cost.
    pub fn hashed(&self) -> u64 {
        self.hashed.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let place = self
            .places
            .clone()
            .acquire_owned()
            .await
            .expect("the places are never closed");
        let hashed = Arc::clone(&self.hashed);
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            hashed.fetch_add(1, Ordering::Relaxed);
            drop(place);
            result
        });
        done.await.expect("hashing neither panics nor is aborted")
    }
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> String {
    let salt: [u8; 16] = chance::bytes();
    let hash: PasswordHash = hasher()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("a salt of 16 bytes is in range");
    hash.to_string()
}
