namespace Tracker.Storage.Mongo.Opening;

/// <summary>The database cannot be used as it is; the message says why and what to do.</summary>
public sealed class StoreOpenException : Exception
{
    private StoreOpenException(string message)
        : base(message)
    {
    }

    internal static StoreOpenException OfRefusedLogin(string database) =>
        new($"MongoDB answers and does not let the service into the database '{database}': check user, password, authSource and the role (readWrite, and dbAdmin for indexes and validators) in Tracker:Storage:Mongo:ConnectionString.");

    internal static StoreOpenException OfNewerVersion(string database, int format, int known) =>
        new($"The database '{database}' was written in format {format} by a newer version; this one knows formats up to {known}. Start the newer version.");
}
