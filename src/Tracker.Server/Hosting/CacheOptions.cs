using Tracker.Cache.Redis;

namespace Tracker.Server.Hosting;

/// <summary>What nodes remember of the store: for each other in Redis, or each for itself.</summary>
public sealed class CacheOptions
{
    public const string Section = "Tracker:Cache";

    public RedisCacheOptions Redis { get; set; } = new();

    /// <summary>Where no Redis is chosen.</summary>
    public LocalCacheOptions Local { get; set; } = new();
}
