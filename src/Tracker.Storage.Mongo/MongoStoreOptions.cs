namespace Tracker.Storage.Mongo;

/// <summary>The store of several nodes. The embedded one is used where no connection string is set.</summary>
public sealed class MongoStoreOptions
{
    /// <summary>A mongodb:// or mongodb+srv:// address of a replica set or a sharded cluster; empty: the embedded store. Time-outs in it do not count.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Name of the database, 1 to 38 letters, digits, "_" and "-"; every node of one installation has the same.</summary>
    public string Database { get; set; } = "tracker";

    /// <summary>How long a start waits for a MongoDB that does not answer before it is refused.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits for a primary, so that it outlives an election.</summary>
    public TimeSpan ServerSelectionTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one read, write or commit may take, with the driver's own repeats.</summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a transaction may take with all its repeats before it is committed; with the commit less than the write deadline of interactions.</summary>
    public TimeSpan TransactionBudget { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a transaction that met another write begins again, within the budget.</summary>
    public int TransactionRetries { get; set; } = 200;

    /// <summary>Into how many transactions a large micro-batch is parted, each of other persons, which are decided and written at the same time.</summary>
    public int Transactions { get; set; } = 4;

    /// <summary>For how long nothing is asked, where half of two calls and more were not answered in twice the time of an operation.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(2);

    public bool IsChosen => ConnectionString.Length > 0;
}
