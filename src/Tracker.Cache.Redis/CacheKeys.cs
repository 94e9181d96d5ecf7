using System.Globalization;
using StackExchange.Redis;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Cache.Redis;

/// <summary>
/// The names of what is remembered. What stands in braces is the hash tag of a cluster: few enough that a micro-batch asks few
/// slots, enough that one tenant does not live on one node.
/// </summary>
internal sealed class CacheKeys(string prefix)
{
    private const int Slots = 64;

    public RedisKey Link(TenantId tenant, IdentifierHash identifier) => $"{Tag(tenant, (byte)identifier.Low)}:i:{identifier}";

    public RedisKey Ledger(TenantId tenant, LedgerVersion version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Tag(tenant, version.Profile.Value.ToByteArray()[^1])}:l:{version.Profile}:{version.Epoch}:{LedgerJson.Shape}");

    private string Tag(TenantId tenant, byte random) => string.Create(CultureInfo.InvariantCulture, $"{{{prefix}:{tenant}.{random % Slots}}}");
}
