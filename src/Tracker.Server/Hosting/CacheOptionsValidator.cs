using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Tracker.Cache.Redis;

namespace Tracker.Server.Hosting;

/// <summary>Before anything is opened. What is wrong with the address is told without it, because it may hold a password.</summary>
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    private const string Redis = $"{CacheOptions.Section}:{nameof(CacheOptions.Redis)}";

    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        List<string> failures = [];
        var redis = options.Redis;
        Require(!redis.IsChosen || RedisProfileCache.IsConnectionString(redis.ConnectionString), nameof(redis.ConnectionString), "is not an address of a Redis: host[:port][,...][,password=...][,ssl=true]");
        Require(Prefix().IsMatch(redis.Prefix), nameof(redis.Prefix), "must be 1 to 32 letters, digits, '_' and '-'");
        Require(redis.Lifetime >= TimeSpan.FromSeconds(1) && redis.Lifetime <= TimeSpan.FromDays(1), nameof(redis.Lifetime), "must be from a second to a day");
        Require(redis.Timeout >= TimeSpan.FromMilliseconds(10) && redis.Timeout <= TimeSpan.FromSeconds(5), nameof(redis.Timeout), "must be from 10 milliseconds to 5 seconds");
        Require(redis.Retries is >= 0 and <= 5, nameof(redis.Retries), "must be from 0 to 5");
        Require(redis.BreakFor >= TimeSpan.FromMilliseconds(500) && redis.BreakFor <= TimeSpan.FromHours(1), nameof(redis.BreakFor), "must be from half a second to an hour");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool isMet, string setting, string what)
        {
            if (!isMet)
            {
                failures.Add($"{Redis}:{setting} {what}.");
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex Prefix();
}
