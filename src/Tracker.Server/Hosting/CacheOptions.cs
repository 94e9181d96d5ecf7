using Tracker.Cache.Redis;

namespace Tracker.Server.Hosting;

/// <summary>What nodes remember of the store for each other; without it every micro-batch reads the store.</summary>
public sealed class CacheOptions
{
    public const string Section = "Tracker:Cache";

    public RedisCacheOptions Redis { get; set; } = new();
}
