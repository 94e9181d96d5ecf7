namespace Tracker.TestServers;

/// <summary>The processes that make up the stand-in for MongoDB.</summary>
[Flags]
public enum MongoParts
{
    None = 0,

    /// <summary>PostgreSQL with all its processes: what is stored.</summary>
    Storage = 1,

    /// <summary>What speaks MongoDB's protocol, and holds its sessions and cursors.</summary>
    Gateway = 2,

    All = Storage | Gateway,
}
