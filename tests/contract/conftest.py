"""The stores of these tests, on each database: their tables are made once for all of them."""

from __future__ import annotations

from . import stores

migrated_sqlite, migrated_postgres = stores.migrated_sqlite, stores.migrated_postgres
empty_url, url, store = stores.empty_url, stores.url, stores.store
