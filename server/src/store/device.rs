//! What devices announced, on SQLite.

use shared::id::{DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::message::Unsent;
use shared::sync::server::DeviceRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, query};

use super::Error;
use super::sqlite::{Sqlite, sql};
use super::sync::{named, number, signed};

pub(super) async fn read(
    store: &Sqlite,
    device: DeviceId,
    person: PersonId,
) -> Result<Option<DeviceRow>, Error> {
    let row = query(sql!("device"))
        .bind(store.company())
        .bind(device.to_string())
        .bind(person.to_string())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref().map(device_row).transpose()
}

pub(super) async fn put(store: &Sqlite, row: &DeviceRow) -> Result<(), Error> {
    // A power cut may take back an announcement; the device's next request makes it again.
    let mut writing = store.begin_relaxed().await?;
    let Unsent {
        count,
        newest,
        newest_place,
        oldest_place,
        newest_at,
    } = row.unsent;
    query(sql!("put_device"))
        .bind(store.company())
        .bind(row.device.to_string())
        .bind(row.person.to_string())
        .bind(&row.build)
        .bind(row.seen.0)
        .bind(count)
        .bind(newest.map(|id| id.to_string()).unwrap_or_default())
        .bind(signed(newest_place))
        .bind(signed(oldest_place))
        .bind(newest_at.0)
        .bind(row.lost)
        .bind(row.lost_at.0)
        .execute(writing.connection())
        .await?;
    writing.commit().await
}

pub(super) async fn all(store: &Sqlite) -> Result<Vec<DeviceRow>, Error> {
    let rows = query(sql!("devices")).bind(store.company());
    let rows = rows.fetch_all(store.readers()).await?;
    rows.iter().map(device_row).collect()
}

pub(super) fn device_row(row: &SqliteRow) -> Result<DeviceRow, Error> {
    let newest: &str = row.try_get("newest")?;
    let newest = (!newest.is_empty()).then(|| named(row, "newest", "newest command"));
    let time = |column| Ok::<_, Error>(UtcMillis(row.try_get(column)?));
    Ok(DeviceRow {
        device: named(row, "device", "device")?,
        person: named(row, "person", "person")?,
        build: row.try_get("build")?,
        seen: time("seen_at")?,
        unsent: Unsent {
            count: row.try_get("unsent")?,
            newest: newest.transpose()?,
            newest_place: number(row, "newest_place")?,
            oldest_place: number(row, "oldest_place")?,
            newest_at: time("newest_at")?,
        },
        lost: row.try_get("lost")?,
        lost_at: time("lost_at")?,
    })
}
