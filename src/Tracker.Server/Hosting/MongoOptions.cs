namespace Tracker.Server.Hosting;

/// <summary>The store of several nodes. The embedded one is used where no connection string is set.</summary>
public sealed class MongoOptions
{
    public const string Section = $"{StorageOptions.Section}:Mongo";

    /// <summary>A mongodb:// or mongodb+srv:// address of a replica set or a sharded cluster; empty: the embedded store.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Name of the database, 1 to 38 letters, digits, "_" and "-"; every node of one installation has the same.</summary>
    public string Database { get; set; } = "tracker";

    public bool IsChosen => ConnectionString.Length > 0;
}
