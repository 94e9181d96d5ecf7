namespace Tracker.Storage.Mongo.Opening;

/// <summary>The database cannot be used as it is; the message says why and what to do.</summary>
public sealed class StoreOpenException : Exception
{
    private StoreOpenException(string message)
        : base(message)
    {
    }

    internal static StoreOpenException OfNewerVersion(string database, int format, int known) =>
        new($"The database '{database}' was written in format {format} by a newer version; this one knows formats up to {known}. Start the newer version.");
}
