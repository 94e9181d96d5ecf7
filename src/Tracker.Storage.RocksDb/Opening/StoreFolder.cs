using RocksDbSharp;
using Tracker.Storage.RocksDb.Engine;
using Database = RocksDbSharp.RocksDb;

namespace Tracker.Storage.RocksDb.Opening;

/// <summary>Opens the folder of a store, creates it, and brings it to the format of this version.</summary>
internal sealed class StoreFolder(string path, TimeProvider time, IReadOnlyList<IFormatMigration> migrations)
{
    private const ulong BlockCacheSize = 256UL * 1024 * 1024;

    // While another process compacts the folder, a file may be gone between its listing and its opening.
    private const int ReadOnlyAttempts = 3;

    private readonly Cache _cache = Cache.CreateLru(BlockCacheSize);

    private int Known => StoreFormat.First + migrations.Count;

    public StoreEngine Open()
    {
        Create();
        var database = OpenDatabase();
        try
        {
            var format = StoreFormat.Read(database);
            if (format > Known)
            {
                throw StoreOpenException.TooNew(path, format.Value, Known);
            }

            AddMissingFamilies(database);
            var engine = new StoreEngine(database, time);
            Migrate(engine, format);
            return engine;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public StoreEngine OpenReadOnly()
    {
        for (var attempt = 1; ; attempt++)
        {
            var families = StoredFamilies() ?? throw StoreOpenException.Absent(path);
            try
            {
                return Readable(Database.OpenReadOnly(EngineSettings.Database(), path, families, errIfLogFileExists: false));
            }
            catch (RocksDbException) when (attempt < ReadOnlyAttempts)
            {
            }
            catch (RocksDbException exception)
            {
                throw StoreOpenException.Damaged(path, exception);
            }
        }
    }

    private void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Database OpenDatabase()
    {
        try
        {
            // What is there may be of a newer version, and is not added to before that is known.
            return StoredFamilies() is { } stored
                ? Database.Open(EngineSettings.Database(), path, stored)
                : Database.Open(EngineSettings.Database().SetCreateMissingColumnFamilies(true), path, Families(StoreParts.Names));
        }
        catch (RocksDbException exception) when (IsLock(exception))
        {
            throw StoreOpenException.InUse(path, exception);
        }
    }

    private static bool IsLock(RocksDbException exception) =>
        exception.Message.Contains("lock hold by current process", StringComparison.Ordinal) ||
        exception.Message.Contains("While lock file", StringComparison.Ordinal);

    // All families of the folder must be opened, also those of another version.
    private ColumnFamilies? StoredFamilies() =>
        Database.TryListColumnFamilies(EngineSettings.Database(), path, out var names) ? Families(names) : null;

    private ColumnFamilies Families(IEnumerable<string> names)
    {
        var options = EngineSettings.Family(_cache);
        var families = new ColumnFamilies(options);
        foreach (var name in names.Where(name => name != StoreParts.Names[0]))
        {
            families.Add(name, options);
        }

        return families;
    }

    private void AddMissingFamilies(Database database)
    {
        foreach (var name in StoreParts.Names)
        {
            if (!database.TryGetColumnFamily(name, out _))
            {
                database.CreateColumnFamily(EngineSettings.Family(_cache), name);
            }
        }
    }

    private void Migrate(StoreEngine engine, int? format)
    {
        if (format is null)
        {
            engine.WriteAtOnce(session =>
            {
                StoreFormat.Write(session, Known);
                StoreFormat.WriteCreation(session, engine.Now);
            });
            return;
        }

        for (var next = format.Value + 1; next <= Known; next++)
        {
            engine.WriteAtOnce(session =>
            {
                migrations[next - StoreFormat.First - 1].Apply(engine, session);
                StoreFormat.Write(session, next);
            });
        }
    }

    private StoreEngine Readable(Database database)
    {
        var format = StoreFormat.Read(database);
        var isWhole = StoreParts.Names.All(name => database.TryGetColumnFamily(name, out _));
        if (format == Known && isWhole)
        {
            return new StoreEngine(database, time, isReadOnly: true);
        }

        database.Dispose();
        throw format switch
        {
            _ when format == Known => StoreOpenException.Earlier(path),
            null => StoreOpenException.Incomplete(path),
            _ when format > Known => StoreOpenException.TooNew(path, format.Value, Known),
            _ => StoreOpenException.TooOld(path, format.Value, Known),
        };
    }
}
