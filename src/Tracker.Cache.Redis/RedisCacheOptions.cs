namespace Tracker.Cache.Redis;

/// <summary>What the nodes of one installation share beside the store. Without a connection string there is no cache.</summary>
public sealed class RedisCacheOptions
{
    /// <summary>As StackExchange.Redis reads it: "host:port,password=...,ssl=true"; several hosts are those of one cluster or of one sentinel.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What every key begins with, 1 to 32 letters, digits, "_" and "-": two installations on one Redis have two.</summary>
    public string Prefix { get; set; } = "tracker";

    /// <summary>How long anything is remembered at most; never longer than the data.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A question that is not answered by then is taken for "not remembered".</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a question that failed at once, as when a connection breaks, is asked again within the time-out.</summary>
    public int Retries { get; set; } = 1;

    /// <summary>For how long nothing is asked, where half of three questions and more have failed within that time.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(5);

    public bool IsChosen => ConnectionString.Length > 0;
}
