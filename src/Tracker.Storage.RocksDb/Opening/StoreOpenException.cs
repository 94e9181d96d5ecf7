namespace Tracker.Storage.RocksDb.Opening;

/// <summary>The folder cannot be opened, and the message says what to do about it.</summary>
public sealed class StoreOpenException : Exception
{
    private StoreOpenException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    public static StoreOpenException InUse(string path, Exception cause) =>
        new($"The store at '{path}' is already open in another process; stop it or choose another folder with Tracker:Storage:Path.", cause);

    public static StoreOpenException TooNew(string path, int format, int known) =>
        new($"The store at '{path}' has format {format}; this version of Tracker reads up to {known}. Start the version that wrote it, or a newer one.");

    public static StoreOpenException TooOld(string path, int format, int known) =>
        new($"The store at '{path}' has format {format}; start Tracker on it once to bring it to format {known}, then read it.");

    public static StoreOpenException Earlier(string path) =>
        new($"The store at '{path}' was written by an earlier version of Tracker; start this one on it once, then read it.");

    public static StoreOpenException Absent(string path) =>
        new($"There is no store at '{path}' that this user may read; Tracker:Storage:Path names the folder that it is in.");

    public static StoreOpenException Incomplete(string path) =>
        new($"The store at '{path}' is not whole: its creation was interrupted, or files of it are missing. Start Tracker on it, or restore it from a backup.");

    public static StoreOpenException Damaged(string path, Exception cause) =>
        new($"The store at '{path}' cannot be read; restore it from a backup if starting Tracker on it fails too. {cause.Message}", cause);
}
