using SQLitePCL;

namespace Tracker.Bench.Others;

/// <summary>
/// One plainly indexed table: unique key, profile and time, expiry; one writer, prepared statement, WAL, synchronous=FULL, 256 MB of
/// cache, a checkpoint every 10,000 pages. Its rows are records as the embedded store has them, each under a random key of its own.
/// </summary>
internal sealed class SqliteTable : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracker-bench-sqlite-").FullName;
    private readonly StoredRecord[] _records;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private int _count;

    public SqliteTable(StoredRecord[] records)
    {
        Batteries_V2.Init();
        _records = records;
        Check(raw.sqlite3_open(Path.Combine(_folder, "records.db"), out _database));
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144; PRAGMA wal_autocheckpoint=10000;");
        Execute("CREATE TABLE records (message_key BLOB NOT NULL, profile BLOB NOT NULL, occurred_at INTEGER NOT NULL, expire_at INTEGER NOT NULL, body BLOB NOT NULL)");
        Execute("CREATE UNIQUE INDEX by_message ON records (message_key); CREATE INDEX by_profile ON records (profile, occurred_at); CREATE INDEX by_expiry ON records (expire_at)");
        Check(raw.sqlite3_prepare_v2(_database, "INSERT INTO records VALUES (?, ?, ?, ?, ?)", out _insert));
    }

    /// <summary>Until it has so many rows.</summary>
    public void GrowTo(int count)
    {
        const int Many = 20_000;
        while (_count < count)
        {
            Insert(Math.Min(Many, count - _count));
        }

        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>One durable transaction.</summary>
    public void Insert(int count)
    {
        Span<byte> key = stackalloc byte[17];
        Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < count; i++)
        {
            var record = _records[_count++ % _records.Length];
            Scattered.Write(key, _count);
            key[^1] = record.Class;
            raw.sqlite3_bind_blob(_insert, 1, key);
            raw.sqlite3_bind_blob(_insert, 2, record.Profile);
            raw.sqlite3_bind_int64(_insert, 3, record.OccurredAt + _count);
            raw.sqlite3_bind_int64(_insert, 4, record.ExpireAt);
            raw.sqlite3_bind_blob(_insert, 5, record.Body);
            Check(raw.sqlite3_step(_insert));
            Check(raw.sqlite3_reset(_insert));
        }

        Execute("COMMIT");
    }

    public void Dispose()
    {
        _insert.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private static void Check(int answer)
    {
        if (answer is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new InvalidOperationException($"SQLite answered {answer}.");
        }
    }
}
