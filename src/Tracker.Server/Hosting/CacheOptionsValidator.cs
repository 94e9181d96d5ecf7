using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Tracker.Cache.Redis;

namespace Tracker.Server.Hosting;

/// <summary>Before anything is opened. What is wrong with the address is told without it, because it may hold a password.</summary>
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    private const string Local = $"{CacheOptions.Section}:{nameof(CacheOptions.Local)}";
    private const string Redis = $"{CacheOptions.Section}:{nameof(CacheOptions.Redis)}";

    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        List<string> failures = [];
        var redis = options.Redis;
        Require(!redis.IsChosen || RedisProfileCache.IsConnectionString(redis.ConnectionString), Redis, nameof(redis.ConnectionString), "is not an address of a Redis: host[:port][,...][,password=...][,ssl=true]");
        Require(Prefix().IsMatch(redis.Prefix), Redis, nameof(redis.Prefix), "must be 1 to 32 letters, digits, '_' and '-'");
        Require(redis.Lifetime >= TimeSpan.FromSeconds(1) && redis.Lifetime <= TimeSpan.FromDays(1), Redis, nameof(redis.Lifetime), "must be from a second to a day");
        Require(redis.Timeout >= TimeSpan.FromMilliseconds(10) && redis.Timeout <= TimeSpan.FromSeconds(5), Redis, nameof(redis.Timeout), "must be from 10 milliseconds to 5 seconds");
        Require(redis.Retries is >= 0 and <= 5, Redis, nameof(redis.Retries), "must be from 0 to 5");
        Require(redis.BreakFor >= TimeSpan.FromMilliseconds(500) && redis.BreakFor <= TimeSpan.FromHours(1), Redis, nameof(redis.BreakFor), "must be from half a second to an hour");
        Require(options.Local.Entries is 0 or (>= 100 and <= 1_000_000), Local, nameof(options.Local.Entries), "must be 0 or from 100 to 1,000,000");
        Require(options.Local.Lifetime >= TimeSpan.FromSeconds(1) && options.Local.Lifetime <= TimeSpan.FromDays(1), Local, nameof(options.Local.Lifetime), "must be from a second to a day");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string section, string setting, string what)
        {
            if (!isMet)
            {
                failures.Add($"{section}:{setting} {what}.");
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex Prefix();
}
